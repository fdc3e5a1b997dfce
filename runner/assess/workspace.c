// SPDX-License-Identifier: MIT
/*
 * A workspace as a whole. The database is made last, whole or not at all (store/store.h): a directory
 * is a workspace exactly when it has one.
 */
#include "assess/workspace.h"

#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "repo/clone.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

static const char database[] = "assay.db";
static const char allow_sampled_setting[] = "allow_sampled";

/* Parents first. */
static const char *const directories[] = {
	"repos",
	"reports",
	"work",
	"work/cache",
	"work/candidates",
	"work/locks",
};

enum { DIRECTORIES = sizeof(directories) / sizeof(*directories), LOCK_WAIT_MS = 500 };

/* --- rights ----------------------------------------------------------------------------------------------------- */

/* A workspace holds hidden tests and marks: the owner's alone, or also the group's where the directory is setgid. */
static int rights_of(int dir_fd, mode_t *dir_mode, mode_t *file_mode, struct err *e)
{
	struct stat st;

	if (fstat(dir_fd, &st) < 0)
		return err_errno(e, "cannot look at the workspace");
	*dir_mode = st.st_mode & S_ISGID ? 02770 : 0700;
	*file_mode = st.st_mode & S_ISGID ? 0660 : 0600;
	return 0;
}

/* Returns 1 when it was made, 0 when it was there. */
static int make_dir(int dir_fd, const char *path, mode_t mode, struct err *e)
{
	if (mkdirat(dir_fd, path, 0700) < 0)
		return errno == EEXIST ? 0 : err_errno(e, "cannot make the directory %s", path);
	if (fchmodat(dir_fd, path, mode, 0) < 0)
		return err_errno(e, "cannot make the directory %s", path);
	return 1;
}

int workspace_make_dir(const struct workspace *workspace, const char *path, struct err *e)
{
	mode_t dir_mode, file_mode;

	if (rights_of(workspace->dir_fd, &dir_mode, &file_mode, e) < 0)
		return -1;
	return make_dir(workspace->dir_fd, path, dir_mode, e) < 0 ? -1 : 0;
}

/* --- making ----------------------------------------------------------------------------------------------------- */

static int make_inside(const char *dir, int dir_fd, bool made[DIRECTORIES], struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, database, e);
	mode_t dir_mode, file_mode;

	if (!path || rights_of(dir_fd, &dir_mode, &file_mode, e) < 0)
		return -1;
	for (size_t i = 0; i < DIRECTORIES; i++) {
		int said = make_dir(dir_fd, directories[i], dir_mode, e);

		if (said < 0)
			return -1;
		made[i] = said == 1;
	}
	return store_create(path, file_mode, e);
}

static int set_allow_sampled(const char *dir, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, database, e);
	AUTO_STORE struct store *store = NULL;

	if (!path || store_open(&store, path, e) < 0)
		return -1;
	return store_setting_set(store, allow_sampled_setting, "yes", e);
}

int workspace_init(const char *dir, bool allow_sampled, struct err *e)
{
	AUTO_CLOSE int dir_fd = -1;
	bool made[DIRECTORIES] = { false };
	bool made_dir = false;

	if (!fs_exists(AT_FDCWD, dir)) {
		if (fs_make_dirs(AT_FDCWD, dir, e) < 0)
			return -1;
		if (chmod(dir, 0700) < 0)
			return err_errno(e, "cannot make the directory %s", dir);
		made_dir = true;
	}
	if (fs_open_dir(&dir_fd, AT_FDCWD, dir, e) < 0)
		return err_wrap(e, _("cannot make a workspace"));
	if (fs_exists(dir_fd, database))
		return err_set(e, ERR_CONFLICT, _("%s is a workspace already"), dir);
	if (make_inside(dir, dir_fd, made, e) == 0)
		return allow_sampled ? set_allow_sampled(dir, e) : 0;
	for (size_t i = DIRECTORIES; i-- > 0;)
		if (made[i])
			unlinkat(dir_fd, directories[i], AT_REMOVEDIR);
	if (made_dir)
		rmdir(dir);
	return err_wrap(e, _("cannot make a workspace in %s"), dir);
}

int workspace_allow_sampled(struct workspace *workspace, const char *actor, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };

	if (workspace_may(workspace, actor, DO_REPOS, e) < 0 || store_change_begin(&change, workspace->store, e) < 0 ||
		store_setting_set(workspace->store, allow_sampled_setting, "yes", e) < 0 ||
		workspace_log(workspace, actor, "workspace.allow-sampled", "allow_sampled", NULL, e) < 0 ||
		store_change_commit(&change, e) < 0)
		return -1;
	workspace->allow_sampled = true;
	return 0;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* Cuts the absolute path down to the directory, at it or above, that has a database. */
static int find_upwards(char *path, const char *from, struct err *e)
{
	for (;;) {
		AUTO_FREE char *here = fs_join(path, database, e);
		char *slash;
		struct stat st;

		if (!here)
			return -1;
		if (lstat(here, &st) == 0 && S_ISREG(st.st_mode))
			return 0;
		if (errno == EACCES)
			return err_set(e, ERR_DENIED, _("this account may not look into %s"), path);
		slash = strrchr(path, '/');
		if (!slash || !path[1])
			return err_set(e, ERR_NOT_FOUND,
				_("%s is in no workspace: 'assay init DIR' makes one, -C DIR names "
				  "another"),
				from);
		slash[slash == path] = '\0';
	}
}

static int read_settings(struct workspace *workspace, struct err *e)
{
	AUTO_FREE char *value = NULL;

	if (store_setting_get(&value, workspace->store, allow_sampled_setting, e) < 0)
		return -1;
	workspace->allow_sampled = value && strcmp(value, "yes") == 0;
	return 0;
}

int workspace_open(struct workspace **out, const char *from, struct err *e)
{
	AUTO_FREE char *db_path = NULL;
	struct workspace *opened = NULL;
	AUTO_FREE char *path = realpath(from, NULL);

	if (!path)
		return err_errno(e, "%s", from);
	if (find_upwards(path, from, e) < 0 || !(db_path = fs_join(path, database, e)))
		return -1;
	opened = mem_new(1, sizeof(*opened), e);
	if (!opened)
		return -1;
	opened->dir_fd = opened->stop_fd = -1;
	if (repo_start(e) < 0) {
		free(opened);
		return -1;
	}
	opened->path = take_ptr(&path);
	if (fs_open_dir(&opened->dir_fd, AT_FDCWD, opened->path, e) < 0 ||
		store_open(&opened->store, db_path, e) < 0 || read_settings(opened, e) < 0) {
		workspace_close(opened);
		return -1;
	}
	*out = opened;
	return 0;
}

void workspace_close(struct workspace *workspace)
{
	if (!workspace)
		return;
	store_close(workspace->store);
	if (workspace->dir_fd >= 0)
		close(workspace->dir_fd);
	free(workspace->path);
	free(workspace);
	repo_stop();
}

/* --- what the corridor's files share ---------------------------------------------------------------------------- */

char *workspace_path(const struct workspace *workspace, struct err *e, const char *format, ...)
{
	AUTO_FREE char *inside = NULL;
	va_list list;
	int length;

	va_start(list, format);
	length = vasprintf(&inside, format, list);
	va_end(list);
	if (length < 0) {
		inside = NULL;
		err_memory(e);
		return NULL;
	}
	return fs_join(workspace->path, inside, e);
}

int workspace_log(struct workspace *workspace, const char *actor, const char *action,
	const char *object, const char *detail, struct err *e)
{
	return store_event_add(workspace->store, clock_now_ms(), actor, action, object, detail, e);
}

/* A program that was killed is gone at once, but a box it was about to start may hold its descriptors for a moment. */
static int lock_within(int fd, int64_t wait_ms)
{
	int64_t until_ms = clock_monotonic_ms() + wait_ms;

	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK || clock_monotonic_ms() >= until_ms)
			return -1;
		usleep(10000);
	}
	return 0;
}

int workspace_lock(
	int *fd, struct workspace *workspace, const char *name, const char *what, struct err *e)
{
	AUTO_FREE char *path = mem_format(e, "work/locks/%s", name);
	AUTO_CLOSE int file = -1;
	mode_t dir_mode, file_mode;

	if (!path || rights_of(workspace->dir_fd, &dir_mode, &file_mode, e) < 0 ||
		fs_open(&file, workspace->dir_fd, path, O_RDWR | O_CREAT, file_mode, e) < 0)
		return -1;
	fchmod(file,
		file_mode); /* whatever the umask; fails for a file of another account, which did it */
	if (lock_within(file, LOCK_WAIT_MS) < 0)
		return errno == EWOULDBLOCK
			? err_set(e, ERR_CONFLICT,
				  _("another program is %s right now: try again when it has ended"),
				  what)
			: err_errno(e, "cannot lock %s", path);
	*fd = take_fd(&file);
	return 0;
}

int workspace_lock_wait(
	int *fd, struct workspace *workspace, const char *name, const char *what, struct err *e)
{
	struct pollfd stop = { .fd = workspace->stop_fd, .events = POLLIN };
	struct err said = { 0 };

	while (workspace_lock(fd, workspace, name, what, &said) < 0) {
		if (said.kind != ERR_CONFLICT)
			return err_set(e, said.kind, "%s", said.text);
		if (poll(&stop, 1, 0) > 0)
			return err_set(e, ERR_SYSTEM, "interrupted");
	}
	return 0;
}

bool workspace_is_locked(const struct workspace *workspace, const char *name)
{
	AUTO_FREE char *path = mem_format(NULL, "work/locks/%s", name);
	AUTO_CLOSE int file = -1;

	/* To look is to take it for a moment, beside others who look; whoever wants it tries again. */
	return path && fs_open(&file, workspace->dir_fd, path, O_RDONLY, 0, NULL) == 0 &&
		flock(file, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
}

int workspace_digest_json(char digest[65], const struct json_doc *doc, struct err *e)
{
	struct json_at root = json_root(doc);
	AUTO_JSON struct json *content = json_copy_value(&root);
	AUTO_FREE char *text = NULL;

	if (json_render(content, JSON_STYLE_SORTED, &text, e) < 0)
		return -1;
	digest_of(text, strlen(text), digest);
	return 0;
}
