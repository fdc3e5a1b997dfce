// SPDX-License-Identifier: MIT
/*
 * A session at the table: planned with its pins, started, led from part to part, ended.
 *
 * Pins. Planning fixes the repository's commit, the digests of position, plan, rubric and task packages, and the
 * settings that hold; an update of the repository afterwards changes nothing for this session.
 *
 * Kits. For a part with a task the candidate gets a directory with the statement, the starter, the visible suites
 * and kit.json, and nothing else: for a review the trees before and after, change.diff and an empty comments.json.
 * Nothing hidden is ever in it. The same directory serves part after part; it must be empty or hold this
 * session's kit, and what is not taken in is listed before it goes.
 *
 * Handing in. What lies in the kit is taken in (submission/intake.h) and committed to the candidate's own repository
 * before anything else happens; from then on it survives kill -9. It is graded after the next kit was laid, by the same
 * program or, so that nobody waits, by another (workspace->grade_later). A grade that was cut off is repeated by the
 * next session_next, session_end or session_grade, at most three times in all, and its result stands once. Two programs
 * never lead one session at the same time (ERR_CONFLICT), nor do two grade one; one may grade while another leads.
 */
#ifndef ASSESS_SESSION_H
#define ASSESS_SESSION_H

#include "assess/workspace.h"
#include "score/result.h"
#include "store/store_session.h"
#include "store/store_submission.h"

#include <stdint.h>

/* What a session is planned from. All borrowed. */
struct session_order {
	const char *candidate; /* pseudonym */
	const char *position;  /* NULL: the only one this candidate applies for */
	const char *
		stage; /* NULL: the application's, if it has a plan, else the only stage with one, else the next with one */
	const char *plan; /* NULL: the stage's */
	const char *repo; /* NULL: the only one that has the plan */
	const struct strings
		*interviewers; /* persons whose cards are due, at least as many as the stage says; none: the stage's */
	int64_t at_ms;         /* when it is to be held; 0: not said */
	int64_t minutes;       /* of the whole slot; 0: the plan's */
	const char *place;     /* NULL: not said */
};

/* ERR_CONFLICT: this candidate has a session of that stage already; fewer interviewers than cards are due; somebody has
 * another session then (assess/session_date.h). */
int session_plan(char id[ID_PSEUDONYM], struct workspace *workspace, const char *actor,
	const struct session_order *order, struct err *e);

/*
 * The clock begins, and with it the first part when that has no task. `acknowledged` is the notice that the candidate
 * was shown and acknowledged (assess/session_clock.h), which is kept; NULL where nobody was shown any. ERR_CONFLICT: it
 * is not planned any more.
 */
int session_start(
	struct workspace *workspace, const char *actor, const char *id, const char *acknowledged, struct err *e);

/* After so many grades that were cut off a person has to ask for the next one. */
enum { GRADE_ATTEMPTS = 3 };

/* One submission that was graded on the way. */
struct session_graded {
	int64_t submission;
	char *task;
	bool gradable;
	bool forgeable; /* its tests ran in one process with the candidate's code */
	int points, max_points;
	enum result_verdict verdict;
	char *reason;  /* why it isn't gradable; NULL */
	char *problem; /* NULL, or why there is no result: it stays due */
};

/* What a step did. */
struct session_step {
	char *collected;        /* the kind of the part whose kit was collected; NULL: none */
	char *commit;           /* what was handed in */
	struct strings dropped; /* "name: why" */
	struct strings never_held; /* at the end: the kinds of the parts that were not entered */
	char *answer_problem;   /* a review's comments.json that couldn't be taken: why; NULL */
	char *kit_doubt;        /* why it can't be told whose kit that was; NULL */
	char *entered;          /* the kind of the part that is running now; NULL: none */
	char *task;             /* its task; NULL: none */
	char *kit;              /* where its kit lies, absolute; NULL: none */
	int64_t minutes;
	bool last; /* whether no part comes behind it */
	struct session_graded *graded;
	size_t graded_count;
	size_t due;             /* how many were left to a session_grade (workspace->grade_later) */
	struct err failed; /* what stopped the step behind a hand-in that stands; kind 0: nothing */
	bool again;        /* it was done before and cut off before it could be told: nothing was done twice */
	char *mark;        /* private: what says so until the step is released */
};

/*
 * Collects the running part's kit, enters the next part, lays its kit in `kit` and grades what is due (or leaves it). kit may be
 * NULL when the next part has none: only coding, design and review have one (else ERR_USAGE). ERR_CONFLICT: not
 * running; no part left; the directory holds something else; the running part's kit is gone, or what lies in its place
 * is the kit of another session or part: then nothing has changed. A grade that fails for reasons of ours is in
 * step->graded and fails nothing. What fails after a kit was collected is in step->failed: the hand-in stands and is
 * told, the step went no further, and the next call goes on from there and collects nothing twice; so is what fails
 * behind the entry into the next part (step->entered), which stands as well.
 *
 * Who was cut off in between, or before the step was told, calls once more and gets there: a part that was entered
 * isn't left again by the repetition (step->again). A step counts as told when it is released by
 * session_step_done; who couldn't tell it releases it by session_step_untold.
 */
int session_next(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, const char *kit, struct err *e);

/* Collects the last kit, ends the clock and grades what is due. The kit's directory is left as it is. What fails after
 * the kit was collected is in step->failed, and what was cut off is repeated, both as above. */
int session_end(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, struct err *e);

/* The same when the running part's kit is lost: an empty hand-in stands for it, which is not graded. ERR_CONFLICT: the
 * kit is there. */
int session_next_without_kit(struct session_step *step, struct workspace *workspace,
	const char *actor, const char *id, const char *kit, struct err *e);
int session_end_without_kit(struct session_step *step, struct workspace *workspace,
	const char *actor, const char *id, struct err *e);

/* Grades what is due in this session, or in all (NULL), also what was given up after three attempts when `again`.
 * ERR_CONFLICT: another program does that (or it is waited for: workspace->wait_for_grades). */
int session_grade(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, bool again, struct err *e);

/* Whether a program is grading this session right now. */
bool session_is_graded_now(const struct workspace *workspace, const char *id);

void session_step_done(struct session_step *step);
void session_step_untold(struct session_step *step);

#define AUTO_SESSION_STEP AUTO(session_step_done)

/* Everything about a session but marks. */
struct session_view {
	struct store_session session;
	struct store_seats seats;
	struct store_parts parts;
	struct store_submissions submissions;
	struct result **results; /* beside submissions; NULL where there is none yet */
	bool grading;            /* a program is at it right now (session_look) */
};

/* For everybody who may see where it stands (ERR_DENIED; assess/session_access.h). */
int session_look(struct session_view *out, struct workspace *workspace, const char *actor,
	const char *id, struct err *e);

/* For our own work, nobody looking. */
int session_view(
	struct session_view *out, struct workspace *workspace, const char *id, struct err *e);
void session_view_done(struct session_view *view);

#define AUTO_SESSION_VIEW AUTO(session_view_done)

/* What a session was pinned to. */
struct session_pins {
	char *position_digest, *plan_digest;
	char *rubric, *rubric_digest;
	int rubric_version;
	bool allow_sampled;
	struct session_pin_task {
		char *task, *path, *digest;
		char *base, *head; /* commits of a change that is no pair of directories; NULL */
	} * tasks;
	size_t task_count;
};

int session_pins(struct session_pins *out, const struct store_session *session, struct err *e);
void session_pins_done(struct session_pins *pins);

#define AUTO_SESSION_PINS AUTO(session_pins_done)

/* For people, translated: "running". */
const char *session_state_title(enum session_state state);

/* What was pinned, loaded; ERR_INVALID when a digest is not the pinned one any more. */
int session_load_plan(struct plan **out, struct workspace *workspace,
	const struct store_session *session, struct err *e);
int session_load_rubric(struct rubric **out, struct workspace *workspace,
	const struct store_session *session, struct err *e);
int session_load_task(struct task **out, struct workspace *workspace,
	const struct store_session *session, const char *task, struct err *e);

/* The directories with the trees before and after of a review task that session_load_task loaded. */
int session_change_dirs(char **base, char **head, struct workspace *workspace,
	const struct store_session *session, const struct task *task, struct err *e);

#endif
