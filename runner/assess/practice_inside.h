// SPDX-License-Identifier: MIT
/*
 * What the files of practice share. Not for other rooms, nor for the rest of this one.
 */
#ifndef ASSESS_PRACTICE_INSIDE_H
#define ASSESS_PRACTICE_INSIDE_H

#include "assess/practice.h"
#include "base/text.h"
#include "report/practice.h"
#include "task/probe.h"
#include "task/question.h"
#include "task/resolve.h"
#include "task/rubric.h"
#include "task/task.h"

enum { PRACTICE_ANSWER_MAX = 64 << 10, PRACTICE_SHORT_MAX = 200, PRACTICE_ADDITION_MAX = 2000 }; /* bytes */

/* --- what is practised ------------------------------------------------------------------------------------------ */

struct practice_item {
	const char *word; /* "conversation" */
	struct plan *plan;
	struct resolved resolved; /* owns rubric and task */
	const struct task *task;
	const struct rubric *rubric;
	enum part_kind part;
	struct questions questions; /* of a conversation */
	struct probes probes;       /* of a design */
};

/* By its word or its task's id. ERR_NOT_FOUND lists the words. */
int practice_item_load(struct practice_item *out, const char *root, const char *what, struct err *e);
void practice_item_done(struct practice_item *item);

/* --- how far it has come ---------------------------------------------------------------------------------------- */

/* In the order in which they are gone through; an item without one passes it. */
enum practice_phase {
	PHASE_WORK,      /* in the kit */
	PHASE_QUESTIONS, /* questions or probes, turn by turn */
	PHASE_FINDINGS,  /* a review's matches, one by one */
	PHASE_MARKS,     /* criterion by criterion */
	PHASE_ADDITIONS, /* what the answers lacked, for the mail */
	PHASE_MAIL,      /* whom it goes to */
	PHASE_DONE
};

/* What became of a flaw. */
enum practice_flaw { FLAW_OPEN, FLAW_FOUND, FLAW_MISSED };

struct practice_state {
	enum practice_phase phase;
	bool laid; /* whether the kit is */
	int64_t work_ms;
	int turn; /* the next one */
	int turns;
	char **answers;    /* turns of them; NULL: not yet */
	int64_t *spent_ms; /* likewise */
	int criteria;
	int *marks;       /* of every criterion of the rubric */
	char **additions; /* likewise; NULL: not asked yet */
	int flaws;
	enum practice_flaw *flaw; /* of every planted flaw */
	int points, max_points; /* of the tests on what was handed in; max_points 0: they did not run */
	int *shares; /* of every criterion: what the evidence would give of its points, in thousandths; -1: nothing to tell */
	char *to, *position, *company; /* NULL: not asked yet */
};

/* A practice at its beginning. */
int practice_state_new(struct practice_state *out, const struct practice_item *item, int flaws, struct err *e);

/* Reads one into a state that is new; whatever happens, it can be read, written and released. ERR_CONFLICT when it is of
 * other questions, criteria or flaws. */
int practice_state_parse(struct practice_state *state, const struct practice_item *item, const struct json_doc *doc,
	struct err *e);
struct json *practice_state_json(const struct practice_state *state, const struct practice_item *item);

/* The same from and to state.json below dir_fd. */
int practice_state_load(struct practice_state *state, const struct practice_item *item, int dir_fd, struct err *e);
int practice_state_save(const struct practice_state *state, const struct practice_item *item, int dir_fd, struct err *e);
void practice_state_done(struct practice_state *state);

/* Reads the phase alone, for a list; false when there is none to read. */
bool practice_state_peek(int dir_fd, const char *task, enum practice_phase *phase);

const char *practice_phase_name(enum practice_phase phase);

/* --- where it is kept ------------------------------------------------------------------------------------------- */

struct practice_place {
	int fd;      /* of DIR, locked */
	int task_fd; /* of DIR/TASK */
	char *path;  /* DIR/TASK as it was named */
};

#define PRACTICE_PLACE_NONE { .fd = -1, .task_fd = -1 }

/* Opens or makes them. `again` moves an earlier practice of the task aside. */
int practice_place_open(struct practice_place *out, const char *dir, const char *task, bool again, struct err *e);
void practice_place_done(struct practice_place *place);

/* --- one practice under way ------------------------------------------------------------------------------------- */

struct practising {
	const struct practice_order *order;
	struct practice_item item;
	struct practice_place place;
	struct practice_state state;
	struct report_style style;
	struct practice_page page; /* borrows from the others; see practising_page */
	struct flaws flaws;        /* of a review */
	struct diff change;
	bool git_started;
};

/* What a step says: go on, or the input has ended. Errors are -1, as everywhere. */
enum { STEP_GO_ON = 0, STEP_STOP = 1 };

/* Brings the page up to date with the state. */
const struct practice_page *practising_page(struct practising *p);
int practising_save(struct practising *p, struct err *e);

/* Shows a text and empties it. */
int practising_say(struct practising *p, struct text *t, struct err *e);

/* Shows a sentence, wrapped, with an empty line before it. */
int practising_sentence(struct practising *p, const char *sentence, struct err *e);

/* The lines of an answer up to a dot alone or the end of the input, kept in a draft meanwhile; *spent_ms grows, and what
 * was spent before counts towards `minutes` (0: no clock). STEP_STOP: the input ended with nothing answered. */
int practising_answer(struct practising *p, char **answer, int64_t *spent_ms, int minutes, struct err *e);

/* Removes the drafts of answers that are in the state by now. */
int practising_forget_drafts(struct practising *p, struct err *e);

/* One line of at most so many bytes, without spaces around it. */
int practising_line(struct practising *p, char **line, const char *prompt, size_t most, struct err *e);

/* Each goes on from where the state stands, and leaves it at the next phase unless it stops. */
int practise_work(struct practising *p, struct err *e);
int practise_questions(struct practising *p, struct err *e);
int practise_findings(struct practising *p, struct err *e);
int practise_marks(struct practising *p, struct err *e);
int practise_additions(struct practising *p, struct err *e);
int practise_mail(struct practising *p, struct err *e);

/* Loads the change and flaws of a review. */
int practising_load_review(struct practising *p, struct err *e);

/* Reads the kit's comments.json. ERR_INVALID says where it is wrong. */
struct comments;
int practising_comments(struct practising *p, struct comments *out, struct err *e);

/* Adds "FILE:LINE[-LINE] TEXT" to comments.json, or drops the comment of that id. ERR_USAGE says what is wrong. */
int practising_add_comment(struct practising *p, const char *line, struct err *e);
int practising_drop_comment(struct practising *p, const char *id, struct err *e);

/* Runs the tests on what is in the kit and shows what may be shown; `closed`: all of it, and the points are kept. */
int practising_run(struct practising *p, bool closed, struct err *e);

/* Shows an accepted solution and lays it beside the kit. */
int practising_show_solution(struct practising *p, struct err *e);

#endif
