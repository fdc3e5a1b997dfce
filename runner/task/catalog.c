// SPDX-License-Identifier: MIT
/*
 * Finding packages by their task.json. To find one by its id, only the ids are read: a package that somebody is just
 * breaking must not hide all others.
 */
#include "task/catalog.h"

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 4, MAX_PACKAGES = 1000, MAX_ENTRIES = 100000, NAMED_MAX = 20 };

/* --- all packages ----------------------------------------------------------------------------------------------- */

static int depth_of(const char *path)
{
	int depth = 1;

	for (; *path; path++)
		depth += *path == '/';
	return depth;
}

static int visit(const struct fs_entry *entry, void *context, struct err *e)
{
	struct strings *found = context;
	AUTO_FREE char *file = NULL;

	if (!S_ISDIR(entry->st->st_mode))
		return FS_GO_ON;
	if (entry->name[0] == '.')
		return FS_SKIP;
	file = fs_join(entry->name, "task.json", e);
	if (!file)
		return -1;
	if (!fs_is_file(entry->dir_fd, file))
		return depth_of(entry->path) >= MAX_DEPTH ? FS_SKIP : FS_GO_ON;
	if (found->count >= MAX_PACKAGES)
		return err_set(e, ERR_LIMIT, "more than %d task packages", MAX_PACKAGES);
	return strings_add(found, entry->path, e) < 0 ? -1 : FS_SKIP;
}

int catalog_tasks(struct strings *out, const char *dir, struct err *e)
{
	AUTO_STRINGS struct strings found = { 0 };
	AUTO_FREE char *visible = text_visible_line(dir, e);
	AUTO_CLOSE int dir_fd = -1;

	if (!visible || fs_open_dir(&dir_fd, AT_FDCWD, dir, e) < 0)
		return -1;
	if (fs_is_file(dir_fd, "task.json")) {
		if (strings_add(&found, ".", e) < 0)
			return -1;
	} else if (fs_walk(dir_fd, ".", MAX_ENTRIES, visit, &found, e) < 0) {
		return err_wrap(e, "cannot look for tasks in %s", visible);
	}
	if (!found.count)
		return err_set(e, ERR_NOT_FOUND, "%s has no task: no task.json at most %d levels deep", visible, MAX_DEPTH);
	strings_sort(&found);
	*out = found;
	found = (struct strings){ 0 };
	return 0;
}

/* --- one package ------------------------------------------------------------------------------------------------ */

/* The id that a package's task.json gives it, NULL when it can't be read; -1 only for want of memory. */
static int id_of(char **id, int dir_fd, const char *package, struct err *why)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *path = fs_join(package, "task.json", why);
	struct json_at root;

	*id = NULL;
	if (!path)
		return -1;
	if (json_doc_load(&doc, dir_fd, path, path, why) < 0)
		return why->kind == ERR_SYSTEM ? -1 : 0;
	root = json_root(doc);
	*id = mem_copy(json_get_string(&root, "id", ""), why);
	return *id ? 0 : -1;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

struct search {
	const char *id;
	const char *found;  /* the package with that id */
	struct err broken;  /* why the package whose directory is called so can't be read */
	struct strings ids; /* that are there */
};

static int look(struct search *search, int dir_fd, const char *package, struct err *e)
{
	AUTO_FREE char *id = NULL;
	struct err why = { 0 };

	if (id_of(&id, dir_fd, package, &why) < 0)
		return err_set(e, why.kind, "%s", why.text);
	if (!id) {
		if (strcmp(last_part(package), search->id) == 0)
			search->broken = why;
		return 0;
	}
	if (strcmp(id, search->id) == 0 && search->found)
		return err_set(e, ERR_INVALID, "two packages have the id %s: %s and %s", search->id, search->found, package);
	if (strcmp(id, search->id) == 0)
		search->found = package;
	return strings_take(&search->ids, take_ptr(&id), e);
}

static int fail_not_found(const struct search *search, struct err *e)
{
	AUTO_FREE char *wanted = text_visible_line(search->id, e);
	AUTO_TEXT struct text ids = { 0 };
	AUTO_FREE char *visible = NULL;

	for (size_t i = 0; i < search->ids.count && i < NAMED_MAX; i++)
		text_addf(&ids, "%s%s", i ? ", " : "", search->ids.item[i]);
	if (search->ids.count > NAMED_MAX)
		text_add(&ids, ", …");
	visible = ids.failed ? NULL : text_visible_line(text_bytes(&ids), e);
	if (!wanted || !visible)
		return err_memory(e);
	if (search->broken.kind)
		return err_set(e, search->broken.kind, "cannot read the task %s: %s", wanted, search->broken.text);
	return err_set(e, ERR_NOT_FOUND, "no task is called %s; there are: %s", wanted, visible);
}

static void search_done(struct search *search)
{
	strings_done(&search->ids);
}

int catalog_find(char **path, const char *dir, const char *id, struct err *e)
{
	AUTO(search_done) struct search search = { .id = id };
	AUTO_STRINGS struct strings packages = { 0 };
	AUTO_CLOSE int dir_fd = -1;
	char *copy;

	if (catalog_tasks(&packages, dir, e) < 0 || fs_open_dir(&dir_fd, AT_FDCWD, dir, e) < 0)
		return -1;
	for (size_t i = 0; i < packages.count; i++)
		if (look(&search, dir_fd, packages.item[i], e) < 0)
			return -1;
	if (!search.found)
		return fail_not_found(&search, e);
	copy = mem_copy(search.found, e);
	if (!copy)
		return -1;
	*path = copy;
	return 0;
}

/* --- rubrics, plans, positions ---------------------------------------------------------------------------------- */

static char *path_in(const char *dir, const char *id, struct err *e)
{
	AUTO_FREE char *visible = text_visible_line(id, e);

	if (!visible)
		return NULL;
	if (!text_is_id(id)) {
		err_set(e, ERR_INVALID, "\"%.100s\" is no id: a–z, 0–9 and \"-\"", visible);
		return NULL;
	}
	return mem_format(e, "%s/%s.json", dir, id);
}

char *catalog_rubric_path(const char *id, struct err *e)
{
	return path_in("rubrics", id, e);
}

char *catalog_plan_path(const char *id, struct err *e)
{
	return path_in("rubrics/plans", id, e);
}

char *catalog_position_path(const char *id, struct err *e)
{
	return path_in("rubrics/positions", id, e);
}

static int check_there(int dir_fd, const char *path, const char *what, const char *id, struct err *e)
{
	if (!fs_exists(dir_fd, path))
		return err_set(e, ERR_NOT_FOUND, "no %s is called %s: there is no %s", what, id, path);
	return 0;
}

static int check_id(const char *path, const char *wanted, const char *id, struct err *e)
{
	if (strcmp(wanted, id) != 0)
		return err_set(e, ERR_INVALID, "%s has the id %s: a file is called as its id says", path, id);
	return 0;
}

int catalog_rubric(struct rubric **out, int dir_fd, const char *id, struct err *e)
{
	AUTO_FREE char *path = catalog_rubric_path(id, e);
	AUTO_RUBRIC struct rubric *rubric = NULL;

	if (!path || check_there(dir_fd, path, "rubric", id, e) < 0 || rubric_load(&rubric, dir_fd, path, e) < 0 ||
		check_id(path, id, rubric->id, e) < 0)
		return -1;
	*out = take_ptr(&rubric);
	return 0;
}

int catalog_plan(struct plan **out, int dir_fd, const char *id, struct err *e)
{
	AUTO_FREE char *path = catalog_plan_path(id, e);
	AUTO_PLAN struct plan *plan = NULL;

	if (!path || check_there(dir_fd, path, "plan", id, e) < 0 || plan_load(&plan, dir_fd, path, e) < 0 ||
		check_id(path, id, plan->id, e) < 0)
		return -1;
	*out = take_ptr(&plan);
	return 0;
}

int catalog_position(struct position **out, int dir_fd, const char *id, struct err *e)
{
	AUTO_FREE char *path = catalog_position_path(id, e);
	AUTO_POSITION struct position *position = NULL;

	if (!path || check_there(dir_fd, path, "position", id, e) < 0 || position_load(&position, dir_fd, path, e) < 0 ||
		check_id(path, id, position->id, e) < 0)
		return -1;
	*out = take_ptr(&position);
	return 0;
}
