// SPDX-License-Identifier: MIT
/*
 * Positions: taking them in, and reading them.
 */
#include "assess/workspace.h"

#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "store/store.h"
#include "task/resolve.h"

#include <fcntl.h>
#include <string.h>

/* --- positions -------------------------------------------------------------------------------------------------- */

static int check_people(struct workspace *workspace, const struct stage *stage, struct err *e)
{
	for (size_t i = 0; i < stage->people.count; i++) {
		bool may = false;

		if (workspace_has_role(&may, workspace, stage->people.item[i], "interviewer lead", e) < 0)
			return -1;
		if (!may)
			return err_set(e, ERR_INVALID, _("%s is neither interviewer nor lead"), stage->people.item[i]);
	}
	return 0;
}

/* A position is no use without its plans, and a plan none without its rubric and tasks. */
static int check_stage(struct workspace *workspace, const struct position *position, const struct stage *stage,
	struct err *e)
{
	AUTO_PLAN struct plan *plan = NULL;
	AUTO_FREE char *repo = NULL;
	AUTO_FREE char *dir = NULL;
	struct err said = { 0 };

	if (!stage->plan)
		return 0;
	if (workspace_plan(&plan, &repo, workspace, NULL, stage->plan, &said) < 0)
		/* Which of two is meant is said when a session is planned. */
		return said.kind == ERR_CONFLICT ? 0 : err_set(e, said.kind, "%s", said.text);
	if (workspace_checkout(&dir, workspace, repo, NULL, e) < 0)
		return -1;
	return resolve_stage(position, stage, plan, dir, e);
}

int workspace_check_position(struct workspace *workspace, const struct position *position, struct err *e)
{
	for (size_t i = 0; i < position->stage_count; i++)
		if (check_people(workspace, &position->stages[i], e) < 0 ||
			check_stage(workspace, position, &position->stages[i], e) < 0)
			return err_wrap(e, _("stage %s"), position->stages[i].id);
	return 0;
}

static int keep_position(struct workspace *workspace, const char *actor,
	const struct store_position *position, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	const struct store_version first = { .position = position->id, .json = position->json,
		.digest = position->digest, .actor = actor, .at_ms = position->added_ms };

	if (store_change_begin(&change, workspace->store, e) < 0 ||
		store_position_add(workspace->store, position, e) < 0 ||
		store_version_add(workspace->store, &first, e) < 0 ||
		workspace_log(workspace, actor, "position.add", position->id, position->digest, e) <
			0)
		return -1;
	return store_change_commit(&change, e);
}

int workspace_position_add(
	char **id, struct workspace *workspace, const char *actor, const char *what, struct err *e)
{
	AUTO_FREE char *path = NULL;
	AUTO_FREE char *json = NULL;
	AUTO_FREE char *copy = NULL;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_POSITION struct position *position = NULL;
	char digest[65];
	size_t size;

	if (workspace_may(workspace, actor, DO_POSITIONS, e) < 0)
		return -1;
	if (fs_exists(AT_FDCWD, what) ? !(path = mem_copy(what, e))
				      : workspace_position_file(&path, workspace, what, e) < 0)
		return -1;
	if (fs_read(&json, &size, AT_FDCWD, path, POSITION_MAX_BYTES, e) < 0 ||
		json_doc_parse(&doc, what, json, size, e) < 0 ||
		position_parse(&position, doc, e) < 0 || workspace_digest_json(digest, doc, e) < 0)
		return -1;
	copy = mem_copy(position->id, e);
	if (!copy || workspace_check_position(workspace, position, e) < 0)
		return copy ? err_wrap(e, _("cannot add position %s"), position->id) : -1;
	if (keep_position(workspace, actor,
		    &(struct store_position){ .id = copy,
			    .json = json,
			    .digest = digest,
			    .added_ms = clock_now_ms() },
		    e) < 0)
		return -1;
	*id = take_ptr(&copy);
	return 0;
}

int workspace_position(
	struct position **out, struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_STORE_POSITION struct store_position stored = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (store_position_get(&stored, workspace->store, id, e) < 0 ||
		json_doc_parse(&doc, id, stored.json, strlen(stored.json), e) < 0)
		return -1;
	return position_parse(out, doc, e);
}

int workspace_positions(struct store_positions *out, struct workspace *workspace, struct err *e)
{
	return store_position_list(out, workspace->store, e);
}
