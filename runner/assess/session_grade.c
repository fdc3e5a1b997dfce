// SPDX-License-Identifier: MIT
/*
 * Grading what was handed in. A grade reads the commit and not the kit, so it can be repeated at any time; that it is
 * graded and its result are one change. A grade that never came to an end is seen by its count of attempts: three of
 * them, and a person has to ask for the fourth.
 */
#include "assess/grade.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "repo/clone.h"
#include "submission/scratch.h"

#include <string.h>

/* One submission on its way. */
struct grading {
	struct workspace *workspace;
	const char *actor;
	const struct store_session *session;
	const struct store_submission *submission;
	int64_t previous; /* the result that is replaced; 0: none */
};

/* The commit's files, graded. */
static int grade_commit(
	struct result **out, const struct grading *g, bool allow_sampled, struct err *e)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *tree = NULL;
	AUTO_FREE char *git =
		workspace_path(g->workspace, e, "work/candidates/%s.git", g->session->candidate);
	struct grade_order order = {
		.allow_sampled = allow_sampled,
		.task_repo = g->session->repo,
		.task_commit = g->session->commit,
		.stop_fd = g->workspace->stop_fd,
		.progress = g->workspace->progress,
		.context = g->workspace->progress_context,
	};

	if (!git ||
		session_load_task(&task, g->workspace, g->session, g->submission->task, e) < 0 ||
		scratch_make(&scratch, e) < 0 || !(tree = fs_join(scratch.path, "handed-in", e)) ||
		repo_checkout(git, g->submission->commit, "", tree, NULL, e) < 0)
		return -1;
	order.task = task;
	order.submission = tree;
	return grade(out, &order, e);
}

static int keep_result(const struct grading *g, const struct result *result, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_JSON struct json *json = result_json(result, READER_INTERVIEWER, true, false);
	AUTO_FREE char *text = NULL;
	struct store_result row = {
		.submission = g->submission->id,
		.gradable = result->gradable,
		.at_ms = clock_now_ms(),
		.previous = g->previous,
	};

	if (json_render(json, JSON_STYLE_COMPACT, &text, e) < 0)
		return -1;
	row.json = text;
	if (store_change_begin(&change, g->workspace->store, e) < 0 ||
		store_result_add(g->workspace->store, &row, e) < 0 ||
		store_submission_attempts(g->workspace->store, g->submission->id, 0, e) < 0 ||
		workspace_log(g->workspace, g->actor, "submission.grade", g->session->id,
			g->submission->commit, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

static int grade_and_keep(struct session_graded *out, const struct grading *g, struct err *e)
{
	AUTO_SESSION_PINS struct session_pins pins = { 0 };
	AUTO_RESULT struct result *result = NULL;
	const struct store_submission *s = g->submission;

	if (session_pins(&pins, g->session, e) < 0 ||
		store_submission_attempts(g->workspace->store, s->id, s->attempts + 1, e) < 0)
		return -1;
	if (grade_commit(&result, g, pins.allow_sampled, e) < 0) {
		/* It came to an end, if to a bad one: only what is cut off counts. */
		store_submission_attempts(g->workspace->store, s->id, s->attempts, NULL);
		return -1;
	}
	if (keep_result(g, result, e) < 0)
		return -1;
	out->gradable = result->gradable;
	out->forgeable = result->forgeable;
	out->points = result->points;
	out->max_points = result->max_points;
	out->verdict = result->verdict;
	out->reason = take_ptr(&result->reason);
	return 0;
}

/* Whether it is to be graded now, and what it replaces. */
static int is_wanted(bool *wanted, struct grading *g, bool again, struct err *e)
{
	AUTO_STORE_RESULT struct store_result result = { 0 };

	*wanted = g->submission->grade == GRADE_DUE;
	if (g->submission->grade != GRADE_DONE || !again)
		return 0;
	if (store_result_get(&result, g->workspace->store, g->submission->id, e) < 0)
		return -1;
	*wanted = !result.gradable;
	g->previous = result.id;
	return 0;
}

static int grade_one(struct session_step *step, struct grading *g, bool again, struct err *e)
{
	struct session_graded *graded =
		mem_push(&step->graded, step->graded_count, sizeof(*graded), e);
	struct err said = { 0 };

	if (!graded)
		return -1;
	step->graded_count++;
	graded->submission = g->submission->id;
	graded->task = mem_copy(g->submission->task, e);
	if (!graded->task)
		return -1;
	if (g->submission->attempts >= GRADE_ATTEMPTS && !again)
		err_set(&said, ERR_LIMIT,
			_("its grade was cut off %d times: 'assay session grade %s --again' tries "
			  "once more"),
			GRADE_ATTEMPTS, g->session->id);
	else if (grade_and_keep(graded, g, &said) == 0)
		return 0;
	graded->problem = mem_copy(said.text, e);
	return graded->problem ? 0 : -1;
}

/* One grader at a time; the others find done what it did. */
static char *lock_name(const char *session, struct err *e)
{
	return mem_format(e, "grade-%s", session);
}

bool session_is_graded_now(const struct workspace *workspace, const char *session)
{
	AUTO_FREE char *name = lock_name(session, NULL);

	return name && workspace_is_locked(workspace, name);
}

int session_grade_after(struct session_step *step, struct workspace *workspace, const char *actor,
	const struct store_session *session, struct err *e)
{
	AUTO_STORE_SUBMISSIONS struct store_submissions all = { 0 };

	if (!workspace->grade_later)
		return session_grade_due(step, workspace, actor, session, false, true, e);
	if (store_submission_list(&all, workspace->store, session->id, e) < 0)
		return -1;
	for (size_t i = 0; i < all.count; i++)
		step->due += all.item[i].grade == GRADE_DUE && all.item[i].attempts < GRADE_ATTEMPTS;
	return 0;
}

int session_grade_due(struct session_step *step, struct workspace *workspace, const char *actor,
	const struct store_session *session, bool again, bool wait, struct err *e)
{
	AUTO_STORE_SUBMISSIONS struct store_submissions all = { 0 };
	AUTO_FREE char *name = lock_name(session->id, e);
	AUTO_CLOSE int lock = -1;

	if (!name ||
		(wait ? workspace_lock_wait : workspace_lock)(&lock, workspace, name, _("grading this session"), e) < 0)
		return -1;
	if (store_submission_list(&all, workspace->store, session->id, e) < 0)
		return -1;
	for (size_t i = 0; i < all.count; i++) {
		struct grading g = {
			.workspace = workspace,
			.actor = actor,
			.session = session,
			.submission = &all.item[i],
		};
		bool wanted = false;

		if (is_wanted(&wanted, &g, again, e) < 0 ||
			(wanted && grade_one(step, &g, again, e) < 0))
			return -1;
	}
	return 0;
}
