// SPDX-License-Identifier: MIT
/*
 * A workspace's task repositories: cloned once, pinned to a commit, checked out into the cache.
 *
 * The cache is what a stranger's repository becomes on this machine: plain files of ours, written by repo_checkout
 * whole or not at all, under the commit's name, so that nothing in it is ever out of date. A repository is checked
 * out before its pin is kept: what can't be checked out can't be pinned.
 */
#include "assess/workspace.h"

#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "repo/clone.h"
#include "task/catalog.h"

#include <fcntl.h>
#include <string.h>

enum { TASK_DEPTH = 4 };

/* --- adding ----------------------------------------------------------------------------------------------------- */

/* "/home/a/Our-Tasks.git/" is "our-tasks". */
static int name_from_url(char **out, const char *url, struct err *e)
{
	AUTO_FREE char *copy = mem_copy(url, e);
	char *last;

	if (!copy)
		return -1;
	while (text_ends_with(copy, "/"))
		copy[strlen(copy) - 1] = '\0';
	last = strrchr(copy, '/');
	last = last ? last + 1 : copy;
	if (text_ends_with(last, ".git"))
		last[strlen(last) - 4] = '\0';
	for (char *p = last; *p; p++)
		*p = *p >= 'A' && *p <= 'Z'      ? (char)(*p - 'A' + 'a')
			: *p == '_' || *p == '.' ? '-'
						 : *p;
	if (!text_is_id(last))
		return err_set(e, ERR_USAGE,
			_("no name can be made of this repository's path: give it one with "
			  "--name"));
	*out = mem_copy(last, e);
	return *out ? 0 : -1;
}

/* What is kept of a url: paths absolute, so that an update works from anywhere. */
static char *kept_url(const char *url, struct err *e)
{
	char *absolute = strstr(url, "://") ? NULL : realpath(url, NULL);

	return absolute ? absolute : mem_copy(url, e);
}

static char *git_dir(const struct workspace *workspace, const char *name, struct err *e)
{
	return workspace_path(workspace, e, "repos/%s.git", name);
}

/* The commit that is to be pinned, after everything was tried that a session will want of it. */
static int try_pin(char commit[REPO_COMMIT], struct workspace *workspace, const char *name,
	const char *ref, struct err *e)
{
	AUTO_FREE char *git = git_dir(workspace, name, e);
	AUTO_FREE char *dir = NULL;
	AUTO_STRINGS struct strings found = { 0 };

	if (!git || repo_resolve(git, ref, commit, e) < 0 ||
		repo_find(&found, git, commit, "task.json", TASK_DEPTH, e) < 0)
		return -1;
	if (found.count == 0)
		return err_set(e, ERR_INVALID,
			_("there is no task in it: a task is a directory with a task.json, at most "
			  "%d levels deep"),
			TASK_DEPTH);
	return workspace_checkout(&dir, workspace, name, commit, e);
}

static int clone_and_pin(struct store_repo *repo, char commit[REPO_COMMIT],
	struct workspace *workspace, const char *url, struct err *e)
{
	AUTO_FREE char *git = git_dir(workspace, repo->name, e);

	if (!git)
		return -1;
	/* Left by an add that was killed: the store doesn't know it. */
	if (fs_remove_tree(AT_FDCWD, git, e) < 0 || repo_clone(url, git, e) < 0)
		return -1;
	if (try_pin(commit, workspace, repo->name, repo->ref, e) == 0)
		return 0;
	fs_remove_tree(AT_FDCWD, git, NULL);
	return -1;
}

static int keep_repo(struct workspace *workspace, const char *actor, const struct store_repo *repo,
	struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };

	if (store_change_begin(&change, workspace->store, e) < 0 ||
		store_repo_add(workspace->store, repo, e) < 0 ||
		workspace_log(workspace, actor, "repo.add", repo->name, repo->commit, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

/* ERR_CONFLICT when the name is taken; another failure as it is. */
static int check_free(struct workspace *workspace, const char *name, struct err *e)
{
	AUTO_STORE_REPO struct store_repo there = { 0 };
	struct err said = { 0 };

	if (store_repo_get(&there, workspace->store, name, &said) == 0)
		return err_set(e, ERR_CONFLICT,
			_("repository %s is there already: 'assay repo update %s' fetches it"),
			name, name);
	return said.kind == ERR_NOT_FOUND ? 0 : err_set(e, said.kind, "%s", said.text);
}

int workspace_repo_add(struct store_repo *out, struct workspace *workspace, const char *actor,
	const char *url, const char *name, const char *ref, struct err *e)
{
	AUTO_FREE char *own_name = NULL;
	AUTO_FREE char *kept = kept_url(url, e);
	AUTO_FREE char *shown = NULL;
	AUTO_CLOSE int lock = -1;
	char commit[REPO_COMMIT] = "";
	struct store_repo repo = { .ref = ref, .commit = commit, .updated_ms = clock_now_ms() };

	if (!kept || !(shown = repo_url_shown(kept, e)) || workspace_may(workspace, actor, DO_REPOS, e) < 0)
		return -1;
	if (name && !text_is_id(name))
		return err_set(e, ERR_USAGE,
			_("'%.80s' is no name for a repository: small letters, digits and '-'"),
			name);
	if (name ? !(own_name = mem_copy(name, e)) : name_from_url(&own_name, url, e) < 0)
		return -1;
	repo.name = own_name;
	repo.url = shown;
	if (workspace_lock(&lock, workspace, "repos", _("changing the repositories"), e) < 0 ||
		check_free(workspace, own_name, e) < 0)
		return -1;
	if (clone_and_pin(&repo, commit, workspace, kept, e) < 0)
		return err_wrap(e, _("cannot add %s"), shown);
	if (keep_repo(workspace, actor, &repo, e) < 0)
		return -1;
	return store_repo_get(out, workspace->store, own_name, e);
}

int workspace_repo_update(struct store_repo *out, bool *changed, struct workspace *workspace,
	const char *actor, const char *name, struct err *e)
{
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_CLOSE int lock = -1;
	AUTO_FREE char *git = git_dir(workspace, name, e);
	char commit[REPO_COMMIT] = "";

	if (!git || workspace_may(workspace, actor, DO_REPOS, e) < 0 ||
		store_repo_get(&repo, workspace->store, name, e) < 0 ||
		workspace_lock(&lock, workspace, "repos", _("changing the repositories"), e) < 0)
		return -1;
	if (repo_fetch(git, e) < 0 || try_pin(commit, workspace, name, repo.ref, e) < 0)
		return err_wrap(e, _("cannot update %s: it stays at %.10s"), name, repo.commit);
	if (store_change_begin(&change, workspace->store, e) < 0 ||
		store_repo_pin(workspace->store, name, commit, clock_now_ms(), e) < 0 ||
		workspace_log(workspace, actor, "repo.update", name, commit, e) < 0 ||
		store_change_commit(&change, e) < 0)
		return -1;
	*changed = strcmp(commit, repo.commit) != 0;
	return store_repo_get(out, workspace->store, name, e);
}

int workspace_repos(struct store_repos *out, struct workspace *workspace, struct err *e)
{
	return store_repo_list(out, workspace->store, e);
}

/* --- the cache -------------------------------------------------------------------------------------------------- */

int workspace_checkout(char **dir, struct workspace *workspace, const char *repo,
	const char *commit, struct err *e)
{
	AUTO_STORE_REPO struct store_repo pinned = { 0 };
	AUTO_FREE char *git = git_dir(workspace, repo, e);
	AUTO_FREE char *cached = NULL;
	struct err said = { 0 };

	if (!git)
		return -1;
	if (!commit) {
		if (store_repo_get(&pinned, workspace->store, repo, e) < 0)
			return -1;
		commit = pinned.commit;
	}
	cached = workspace_path(workspace, e, "work/cache/%s", commit);
	if (!cached)
		return -1;
	if (!fs_is_dir(AT_FDCWD, cached) &&
		repo_checkout(git, commit, "", cached, NULL, &said) < 0 &&
		said.kind != ERR_CONFLICT) /* another program had the same idea */
		return err_set(e, said.kind, "%s", said.text);
	*dir = take_ptr(&cached);
	return 0;
}

/* --- tasks ------------------------------------------------------------------------------------------------------ */

static int fill_task(struct workspace_task *out, const char *dir, struct err *e)
{
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *package = fs_join(dir, out->path, e);
	struct err mistake = { 0 };

	if (!package)
		return -1;
	if (task_load(&task, package, false, &mistake) < 0) {
		out->id = mem_copy("", e);
		out->mistake = mem_copy(mistake.text, e);
		return out->id && out->mistake ? 0 : -1;
	}
	out->kind = task->kind;
	out->minutes = task->minutes;
	out->id = take_ptr(&task->id);
	out->title = task->title;
	task->title = (struct localised){ { NULL } };
	return 0;
}

static int add_tasks_of(
	struct workspace_tasks *out, struct workspace *workspace, const char *repo, struct err *e)
{
	AUTO_FREE char *dir = NULL;
	AUTO_STRINGS struct strings paths = { 0 };

	if (workspace_checkout(&dir, workspace, repo, NULL, e) < 0 ||
		catalog_tasks(&paths, dir, e) < 0)
		return -1;
	for (size_t i = 0; i < paths.count; i++) {
		struct workspace_task *task = mem_push(&out->item, out->count, sizeof(*task), e);

		if (!task)
			return -1;
		out->count++;
		task->repo = mem_copy(repo, e);
		task->path = mem_copy(paths.item[i], e);
		if (!task->repo || !task->path || fill_task(task, dir, e) < 0)
			return -1;
	}
	return 0;
}

int workspace_tasks(struct workspace_tasks *out, struct workspace *workspace, struct err *e)
{
	AUTO_STORE_REPOS struct store_repos repos = { 0 };
	AUTO(workspace_tasks_done) struct workspace_tasks tasks = { 0 };

	if (store_repo_list(&repos, workspace->store, e) < 0)
		return -1;
	for (size_t i = 0; i < repos.count; i++)
		if (add_tasks_of(&tasks, workspace, repos.item[i].name, e) < 0)
			return err_wrap(e, _("repository %s"), repos.item[i].name);
	*out = tasks;
	tasks = (struct workspace_tasks){ 0 };
	return 0;
}

void workspace_tasks_done(struct workspace_tasks *tasks)
{
	for (size_t i = 0; i < tasks->count; i++) {
		free(tasks->item[i].repo);
		free(tasks->item[i].path);
		free(tasks->item[i].id);
		free(tasks->item[i].mistake);
		localised_done(&tasks->item[i].title);
	}
	free(tasks->item);
	*tasks = (struct workspace_tasks){ 0 };
}

/* --- finding by name -------------------------------------------------------------------------------------------- */

/* What is looked for below a repository's content: fills *path, or fails with ERR_NOT_FOUND. */
typedef int look(char **path, const char *dir, const char *id, struct err *e);

/*
 * Looks in one repository, or in all. *path is absolute, *repo whose it is. Found twice is ERR_CONFLICT; a failure
 * other than "not there" ends the search.
 */
static int search(char **path, char **repo, struct workspace *workspace, const char *want_repo,
	look *looker, const char *id, struct err *e)
{
	AUTO_STORE_REPOS struct store_repos repos = { 0 };
	AUTO_FREE char *found = NULL;
	AUTO_FREE char *whose = NULL;
	struct err missing = { 0 };

	if (store_repo_list(&repos, workspace->store, e) < 0)
		return -1;
	for (size_t i = 0; i < repos.count; i++) {
		AUTO_FREE char *dir = NULL;
		AUTO_FREE char *here = NULL;
		struct err said = { 0 };

		if (want_repo && strcmp(want_repo, repos.item[i].name) != 0)
			continue;
		if (workspace_checkout(&dir, workspace, repos.item[i].name, NULL, e) < 0)
			return -1;
		if (looker(&here, dir, id, &said) < 0) {
			if (said.kind != ERR_NOT_FOUND)
				return err_set(e, said.kind, "%s", said.text);
			missing = said;
			continue;
		}
		if (found)
			return err_set(e, ERR_CONFLICT,
				_("both %s and %s have '%s': say which, as in %s/%s"), whose,
				repos.item[i].name, id, whose, id);
		found = take_ptr(&here);
		whose = mem_copy(repos.item[i].name, e);
		if (!whose)
			return -1;
	}
	if (!found && want_repo && !missing.kind)
		return err_set(e, ERR_NOT_FOUND,
			_("there is no repository %s: 'assay repo list' shows them"), want_repo);
	if (!found)
		return missing.kind
			? err_set(e, ERR_NOT_FOUND, "%s", missing.text)
			: err_set(e, ERR_NOT_FOUND,
				  _("there is no repository yet: 'assay repo add' adds one"));
	*path = take_ptr(&found);
	*repo = take_ptr(&whose);
	return 0;
}

static int look_for_task(char **path, const char *dir, const char *id, struct err *e)
{
	AUTO_FREE char *inside = NULL;

	if (catalog_find(&inside, dir, id, e) < 0)
		return -1;
	*path = fs_join(dir, inside, e);
	return *path ? 0 : -1;
}

static int look_for_file(
	char **path, const char *dir, char *inside, const char *what, const char *id, struct err *e)
{
	AUTO_FREE char *owned = inside;
	AUTO_FREE char *full = owned ? fs_join(dir, owned, e) : NULL;

	if (!full)
		return -1;
	if (!fs_is_file(AT_FDCWD, full))
		return err_set(e, ERR_NOT_FOUND,
			_("there is no %s %s in the workspace's repositories"), what, id);
	*path = take_ptr(&full);
	return 0;
}

static int look_for_plan(char **path, const char *dir, const char *id, struct err *e)
{
	return look_for_file(path, dir, catalog_plan_path(id, e), _("plan"), id, e);
}

static int look_for_position(char **path, const char *dir, const char *id, struct err *e)
{
	return look_for_file(path, dir, catalog_position_path(id, e), _("position"), id, e);
}

/* "REPO/ID" or "ID". */
static int split_name(char **repo, const char **id, const char *name, struct err *e)
{
	const char *slash = strchr(name, '/');

	*id = slash ? slash + 1 : name;
	if (slash && !(*repo = mem_format(e, "%.*s", (int)(slash - name), name)))
		return -1;
	if (!text_is_id(*id) || (slash && !text_is_id(*repo)))
		return err_set(e, ERR_NOT_FOUND,
			_("'%.80s' is no name of ours: write ID or REPO/ID"), name);
	return 0;
}

static int search_by_name(
	char **path, struct workspace *workspace, look *looker, const char *name, struct err *e)
{
	AUTO_FREE char *want = NULL;
	AUTO_FREE char *repo = NULL;
	const char *id;

	if (split_name(&want, &id, name, e) < 0)
		return -1;
	return search(path, &repo, workspace, want, looker, id, e);
}

int workspace_task_dir(char **dir, struct workspace *workspace, const char *name, struct err *e)
{
	return search_by_name(dir, workspace, look_for_task, name, e);
}

int workspace_position_file(
	char **path, struct workspace *workspace, const char *name, struct err *e)
{
	return search_by_name(path, workspace, look_for_position, name, e);
}

int workspace_plan(struct plan **out, char **repo, struct workspace *workspace,
	const char *want_repo, const char *id, struct err *e)
{
	AUTO_FREE char *path = NULL;
	AUTO_FREE char *whose = NULL;

	if (!text_is_id(id))
		return err_set(e, ERR_NOT_FOUND, _("'%.80s' is no id of a plan"), id);
	if (search(&path, &whose, workspace, want_repo, look_for_plan, id, e) < 0 ||
		plan_load(out, AT_FDCWD, path, e) < 0)
		return -1;
	if (repo)
		*repo = take_ptr(&whose);
	return 0;
}

int workspace_rubric(struct rubric **out, struct workspace *workspace, const char *repo,
	const char *commit, const char *id, struct err *e)
{
	AUTO_FREE char *dir = NULL;
	AUTO_CLOSE int dir_fd = -1;

	if (workspace_checkout(&dir, workspace, repo, commit, e) < 0 ||
		fs_open_dir(&dir_fd, AT_FDCWD, dir, e) < 0)
		return -1;
	return catalog_rubric(out, dir_fd, id, e);
}
