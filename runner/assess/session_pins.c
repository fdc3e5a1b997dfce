// SPDX-License-Identifier: MIT
/*
 * What a session was pinned to, and loading exactly that. The commit says where to look; the digests say that what is
 * found there is what was planned, even if somebody laid hands on the cache.
 */
#include "assess/change.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "repo/clone.h"
#include "task/catalog.h"

#include <fcntl.h>
#include <string.h>

/* --- reading ---------------------------------------------------------------------------------------------------- */

static const struct json_key pins_keys[] = {
	{ .name = "position_digest", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "plan_digest", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "rubric", .kind = JSON_ID_KIND, .required = true },
	{ .name = "rubric_version", .kind = JSON_INTEGER_KIND, .required = true },
	{ .name = "rubric_digest", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "allow_sampled", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "tasks", .kind = JSON_ARRAY_KIND, .required = true },
};

static const struct json_key task_keys[] = {
	{ .name = "task", .kind = JSON_ID_KIND, .required = true },
	{ .name = "path", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "digest", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "base", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "head", .kind = JSON_STRING_KIND, .nullable = true },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static int copy_optional(const struct json_at *at, const char *key, char **out, struct err *e)
{
	const char *text = json_get_string(at, key, NULL);

	if (text && !(*out = mem_copy(text, e)))
		return -1;
	return 0;
}

static int read_task(struct session_pin_task *out, const struct json_at *at, struct err *e)
{
	if (json_check(at, task_keys, COUNT(task_keys), e) < 0 ||
		json_copy_string(at, "task", &out->task, e) < 0 ||
		json_copy_string(at, "path", &out->path, e) < 0 ||
		json_copy_string(at, "digest", &out->digest, e) < 0)
		return -1;
	return copy_optional(at, "base", &out->base, e) < 0 ||
			copy_optional(at, "head", &out->head, e) < 0
		? -1
		: 0;
}

static int read_tasks(struct session_pins *pins, const struct json_at *root, struct err *e)
{
	struct json_at list = json_member(root, "tasks");

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at at = json_element(&list, i);
		struct session_pin_task *task =
			mem_push(&pins->tasks, pins->task_count, sizeof(*task), e);

		if (!task)
			return -1;
		pins->task_count++;
		if (read_task(task, &at, e) < 0)
			return -1;
	}
	return 0;
}

int session_pins(struct session_pins *out, const struct store_session *session, struct err *e)
{
	AUTO_SESSION_PINS struct session_pins pins = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct json_at root;

	if (json_doc_parse(&doc, session->id, session->pins, strlen(session->pins), e) < 0)
		return -1;
	root = json_root(doc);
	if (json_check(&root, pins_keys, COUNT(pins_keys), e) < 0 ||
		json_copy_string(&root, "position_digest", &pins.position_digest, e) < 0 ||
		json_copy_string(&root, "plan_digest", &pins.plan_digest, e) < 0 ||
		json_copy_string(&root, "rubric", &pins.rubric, e) < 0 ||
		json_copy_string(&root, "rubric_digest", &pins.rubric_digest, e) < 0 ||
		read_tasks(&pins, &root, e) < 0)
		return -1;
	pins.rubric_version = (int)json_get_integer(&root, "rubric_version", 0);
	pins.allow_sampled = json_get_bool(&root, "allow_sampled", false);
	*out = pins;
	pins = (struct session_pins){ 0 };
	return 0;
}

void session_pins_done(struct session_pins *pins)
{
	for (size_t i = 0; i < pins->task_count; i++) {
		free(pins->tasks[i].task);
		free(pins->tasks[i].path);
		free(pins->tasks[i].digest);
		free(pins->tasks[i].base);
		free(pins->tasks[i].head);
	}
	free(pins->tasks);
	free(pins->position_digest);
	free(pins->plan_digest);
	free(pins->rubric);
	free(pins->rubric_digest);
	*pins = (struct session_pins){ 0 };
}

/* --- making ----------------------------------------------------------------------------------------------------- */

static struct json *task_json(const struct session_pin_task *task)
{
	return json_pack_new("{s:s, s:s, s:s, s:s?, s:s?}", "task", task->task, "path", task->path,
		"digest", task->digest, "base", task->base, "head", task->head);
}

int session_pins_render(const struct session_pins *pins, char **out, struct err *e)
{
	struct json *tasks = json_new_array();
	AUTO_JSON struct json *all = NULL;

	for (size_t i = 0; i < pins->task_count; i++)
		json_append_take(&tasks, task_json(&pins->tasks[i]));
	all = json_pack_new("{s:s, s:s, s:s, s:I, s:s, s:b, s:o}", "position_digest",
		pins->position_digest, "plan_digest", pins->plan_digest, "rubric", pins->rubric,
		"rubric_version", (long long)pins->rubric_version, "rubric_digest",
		pins->rubric_digest, "allow_sampled", (int)pins->allow_sampled, "tasks", tasks);
	return json_render(all, JSON_STYLE_COMPACT, out, e);
}

int session_digest_plan(char digest[65], const char *dir, const char *plan, struct err *e)
{
	AUTO_CLOSE int dir_fd = -1;
	AUTO_FREE char *path = catalog_plan_path(plan, e);
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (!path || fs_open_dir(&dir_fd, AT_FDCWD, dir, e) < 0 ||
		json_doc_load(&doc, dir_fd, path, path, e) < 0)
		return -1;
	return workspace_digest_json(digest, doc, e);
}

/* --- loading ---------------------------------------------------------------------------------------------------- */

static int not_as_pinned(const struct store_session *session, const char *what, struct err *e)
{
	return err_set(e, ERR_INVALID, _("session %s: %s is not what the session was pinned to"),
		session->id, what);
}

int session_check_position(
	struct workspace *workspace, const struct store_session *session, struct err *e)
{
	AUTO_SESSION_PINS struct session_pins pins = { 0 };
	AUTO_STORE_VERSIONS struct store_versions versions = { 0 };
	char digest[65];

	if (session_pins(&pins, session, e) < 0 ||
		store_version_list(&versions, workspace->store, session->position, e) < 0)
		return -1;
	/* The position may have been edited since; what it was then must be there, and be what it was. */
	for (size_t i = 0; i < versions.count; i++) {
		const struct store_version *version = &versions.item[i];
		AUTO_JSON_DOC struct json_doc *doc = NULL;

		if (json_doc_parse(&doc, version->position, version->json, strlen(version->json), e) < 0 ||
			workspace_digest_json(digest, doc, e) < 0)
			return -1;
		if (strcmp(digest, pins.position_digest) == 0)
			return 0;
	}
	return not_as_pinned(session, session->position, e);
}

int session_load_plan(struct plan **out, struct workspace *workspace,
	const struct store_session *session, struct err *e)
{
	AUTO_SESSION_PINS struct session_pins pins = { 0 };
	AUTO_FREE char *dir = NULL;
	AUTO_CLOSE int dir_fd = -1;
	char digest[65];

	if (session_pins(&pins, session, e) < 0 ||
		workspace_checkout(&dir, workspace, session->repo, session->commit, e) < 0 ||
		session_digest_plan(digest, dir, session->plan, e) < 0)
		return -1;
	if (strcmp(digest, pins.plan_digest) != 0)
		return not_as_pinned(session, session->plan, e);
	if (fs_open_dir(&dir_fd, AT_FDCWD, dir, e) < 0)
		return -1;
	return catalog_plan(out, dir_fd, session->plan, e);
}

int session_load_rubric(struct rubric **out, struct workspace *workspace,
	const struct store_session *session, struct err *e)
{
	AUTO_SESSION_PINS struct session_pins pins = { 0 };
	AUTO_RUBRIC struct rubric *rubric = NULL;

	if (session_pins(&pins, session, e) < 0 ||
		workspace_rubric(
			&rubric, workspace, session->repo, session->commit, pins.rubric, e) < 0)
		return -1;
	if (strcmp(rubric->digest, pins.rubric_digest) != 0)
		return not_as_pinned(session, pins.rubric, e);
	*out = take_ptr(&rubric);
	return 0;
}

const struct session_pin_task *session_pins_task(const struct session_pins *pins, const char *task)
{
	for (size_t i = 0; i < pins->task_count; i++)
		if (strcmp(pins->tasks[i].task, task) == 0)
			return &pins->tasks[i];
	return NULL;
}

int session_load_task(struct task **out, struct workspace *workspace,
	const struct store_session *session, const char *task, struct err *e)
{
	AUTO_SESSION_PINS struct session_pins pins = { 0 };
	const struct session_pin_task *pin;
	AUTO_FREE char *dir = NULL;
	AUTO_FREE char *package = NULL;
	char digest[DIGEST_HEX];

	if (session_pins(&pins, session, e) < 0 ||
		workspace_checkout(&dir, workspace, session->repo, session->commit, e) < 0)
		return -1;
	pin = session_pins_task(&pins, task);
	if (!pin)
		return err_set(e, ERR_NOT_FOUND, _("session %s has no task %s"), session->id, task);
	package = fs_join(dir, pin->path, e);
	if (!package || digest_of_tree(AT_FDCWD, package, digest, e) < 0)
		return -1;
	if (strcmp(digest, pin->digest) != 0)
		return not_as_pinned(session, task, e);
	return task_load(out, package, false, e) < 0 ? err_wrap(e, _("cannot load the task %s"), task) : 0;
}

/* Asked again here, whatever planned the session: nothing is shown that wasn't looked at. */
static int check_out_shown(char **dir, struct workspace *workspace,
	const struct store_session *session, const char *commit, struct err *e)
{
	AUTO_FREE char *git = workspace_path(workspace, e, "repos/%s.git", session->repo);

	if (!git || change_check_commit(git, commit, e) < 0)
		return -1;
	return workspace_checkout(dir, workspace, session->repo, commit, e);
}

int session_change_dirs(char **base, char **head, struct workspace *workspace,
	const struct store_session *session, const struct task *task, struct err *e)
{
	AUTO_SESSION_PINS struct session_pins pins = { 0 };
	AUTO_FREE char *before = NULL;
	AUTO_FREE char *after = NULL;
	const struct session_pin_task *pin;

	if (session_pins(&pins, session, e) < 0)
		return -1;
	pin = session_pins_task(&pins, task->id);
	if (pin && pin->base && pin->head) {
		if (check_out_shown(&before, workspace, session, pin->base, e) < 0 ||
			check_out_shown(&after, workspace, session, pin->head, e) < 0)
			return -1;
	} else if (!(before = fs_join(task->dir, "review/base", e)) ||
		!(after = fs_join(task->dir, "review/head", e))) {
		return -1;
	}
	*base = take_ptr(&before);
	*head = take_ptr(&after);
	return 0;
}
