// SPDX-License-Identifier: MIT
/*
 * Handing in.
 *
 * The order is what makes a hand-in survive: the tree is built, committed to the candidate's own repository and
 * synced (repo/snapshot.h), and then the database says in one change that the part has ended with this commit. What
 * was cut off before that never was, and the next call begins again with the kit as it lies there.
 */
#include "assess/kit.h"
#include "assess/kit_take.h"
#include "assess/review_inside.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "repo/snapshot.h"
#include "review/annotation.h"
#include "submission/scratch.h"

#include <fcntl.h>
#include <string.h>

/* What came out of a kit. */
struct handed_in {
	struct strings dropped;
	char commit[REPO_COMMIT];
	bool lost;     /* nothing, since the kit is gone */
	char *answer;  /* a review's comments, as JSON; NULL */
	char *problem; /* why there is no answer; NULL */
};

static void handed_in_done(struct handed_in *in)
{
	strings_done(&in->dropped);
	free(in->answer);
	free(in->problem);
}

/* --- taking in -------------------------------------------------------------------------------------------------- */

/* The change of the kit, if comments were written into it; it is kept beside comments.json then. One that can't be read
 * holds none. */
static int take_annotations(char **out, size_t *size, const char *tree, int kit_fd, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_FREE char *path = fs_join(tree, "change.diff", e);
	struct err none = { 0 };

	if (!path)
		return -1;
	if (fs_read(&bytes, size, kit_fd, "change.diff", ANNOTATION_MAX_BYTES, &none) < 0 ||
		!annotation_has_any(bytes, *size))
		return 0;
	if (fs_write(AT_FDCWD, path, bytes, *size, 0644, e) < 0)
		return -1;
	*out = take_ptr(&bytes);
	return 0;
}

/* Of a review only the comments come back. A file that can't be read as comments is kept as it is, and told; one that
 * is too large for that stays where it is. */
static int take_comments(struct handed_in *in, const char *tree, int kit_fd, struct err *e)
{
	AUTO_FREE char *path = fs_join(tree, "comments.json", e);
	AUTO_FREE char *bytes = NULL;
	AUTO_FREE char *change = NULL;
	struct err said = { 0 };
	size_t size, change_size = 0;

	if (!path || fs_make_dirs(AT_FDCWD, tree, e) < 0)
		return -1;
	if (fs_read(&bytes, &size, kit_fd, "comments.json", KIT_MAX_COMMENTS, &said) == 0) {
		if (fs_write(AT_FDCWD, path, bytes, size, 0644, e) < 0 ||
			take_annotations(&change, &change_size, tree, kit_fd, e) < 0)
			return -1;
		if ((change ? review_answer_join(&in->answer, bytes, size, change, change_size, &said)
			    : review_answer_parse(&in->answer, "comments.json", bytes, size, &said)) == 0)
			return 0;
	}
	if (said.kind == ERR_LIMIT && !fs_exists(AT_FDCWD, path))
		in->problem = mem_format(
			e, _("%s; it stays in the kit, as .assay-old-1 or so once the next is laid"), said.text);
	else
		in->problem = mem_copy(said.text, e);
	return in->problem ? 0 : -1;
}

static int take_nothing(struct handed_in *in, const char *tree, struct err *e)
{
	in->lost = true;
	return fs_make_dirs(AT_FDCWD, tree, e) < 0
		? -1
		: strings_add(&in->dropped, _("the kit was lost: nothing was handed in"), e);
}

static int take_in(struct handed_in *in, struct workspace *workspace,
	const struct store_session *session, const struct store_part *part, const struct task *task,
	int kit_fd, struct err *e)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;
	AUTO_FREE char *tree = NULL;
	AUTO_FREE char *git =
		workspace_path(workspace, e, "work/candidates/%s.git", session->candidate);
	AUTO_FREE char *branch =
		mem_format(e, "%s-%lld-%s", session->id, (long long)part->number, part->kind);

	if (!git || !branch || scratch_make(&scratch, e) < 0 ||
		!(tree = fs_join(scratch.path, "tree", e)))
		return -1;
	if (kit_fd < 0 && take_nothing(in, tree, e) < 0)
		return -1;
	if (kit_fd >= 0 &&
		(task->kind == TASK_REVIEW ? take_comments(in, tree, kit_fd, e)
				       : kit_take(&in->dropped, tree, task, kit_fd, e)) < 0)
		return -1;
	return repo_snapshot(git, tree, branch, part->kind, clock_now_ms(), in->commit, e);
}

/* --- acknowledging ---------------------------------------------------------------------------------------------- */

static int add_submission(struct workspace *workspace, const struct store_session *session,
	const struct store_part *part, const struct task *task, const struct handed_in *in,
	struct err *e)
{
	AUTO_JSON struct json *dropped = json_from_strings(&in->dropped);
	AUTO_FREE char *text = NULL;
	struct store_submission submission = {
		.session = session->id,
		.part = part->number,
		.task = task->id,
		.commit = in->commit,
		.at_ms = clock_now_ms(),
		.grade = task->kind == TASK_CODING && !in->lost ? GRADE_DUE : GRADE_NONE,
	};
	int64_t id;

	if (json_render(dropped, JSON_STYLE_COMPACT, &text, e) < 0)
		return -1;
	submission.dropped = text;
	return store_submission_add(&id, workspace->store, &submission, e);
}

/* An untouched kit is no answer where one came in by another way before. */
static int add_answer(struct workspace *workspace, const char *actor,
	const struct store_session *session, int64_t part, struct handed_in *in, struct err *e)
{
	struct err said = { 0 };

	if (!in->answer ||
		review_answer_keep(workspace, actor, session->id, part, in->answer, true, &said) ==
			0)
		return 0;
	if (said.kind != ERR_CONFLICT)
		return err_set(e, said.kind, "%s", said.text);
	in->problem = mem_copy(said.text, e);
	return in->problem ? 0 : -1;
}

static int acknowledge(struct workspace *workspace, const char *actor,
	const struct store_session *session, const struct store_part *part, const struct task *task,
	struct handed_in *in, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	struct store_part ended = *part;

	ended.ended_ms = clock_now_ms();
	if (store_change_begin(&change, workspace->store, e) < 0 ||
		add_submission(workspace, session, part, task, in, e) < 0 ||
		add_answer(workspace, actor, session, part->number, in, e) < 0 ||
		store_part_move(workspace->store, &ended, e) < 0 ||
		workspace_log(workspace, actor, "submission.add", session->id, in->commit, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int session_collect(struct session_step *step, struct workspace *workspace, const char *actor,
	const struct store_session *session, const struct store_part *part, int kit_fd,
	struct err *e)
{
	AUTO(handed_in_done) struct handed_in in = { 0 };
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *kind = mem_copy(part->kind, e);
	AUTO_FREE char *commit = NULL;

	if (!kind || session_load_task(&task, workspace, session, part->task, e) < 0 ||
		take_in(&in, workspace, session, part, task, kit_fd, e) < 0 ||
		!(commit = mem_copy(in.commit, e)) ||
		acknowledge(workspace, actor, session, part, task, &in, e) < 0)
		return err_wrap(e, _("cannot collect the kit of part %s"), part->kind);
	step->collected = take_ptr(&kind);
	step->commit = take_ptr(&commit);
	step->answer_problem = take_ptr(&in.problem);
	step->dropped = in.dropped;
	in.dropped = (struct strings){ 0 };
	return 0;
}
