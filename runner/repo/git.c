// SPDX-License-Identifier: MIT
/*
 * libgit2, tamed. It reads no configuration but that of the repository it opens: a `url.insteadOf` or a filter in
 * somebody's ~/.gitconfig must not decide what an interview is made of. It syncs what it writes. Its own check of a
 * repository's owner is off, because it would look for `safe.directory` in the very files it no longer reads;
 * repo/source.c does that check where it matters, at a path that a person typed.
 *
 * libgit2 locks a ref by a file beside it, and a writer who is killed leaves that file for good: no submission would
 * ever come in again. So writers of ours first take a lock that dies with its holder, and then know that such files
 * are nobody's.
 *
 * libgit2's last error is a thread's, may be stale or missing, and may hold a URL with a password: git_fail is the
 * only place that looks at it.
 */
#include "repo/git.h"

#include "base/fs.h"
#include "base/sweep.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#define NEW_DIR_PREFIX ".assay-new-"

enum { MOST_TRIES = 100 };

/* --- start and end ---------------------------------------------------------------------------------------------- */

static int set_options(void)
{
	static const int levels[] = { GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
		GIT_CONFIG_LEVEL_GLOBAL };
	int code = 0;

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels) && code == 0; i++)
		code = git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
	if (code == 0)
		code = git_libgit2_opts(GIT_OPT_SET_TEMPLATE_PATH, "");
	if (code == 0)
		code = git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	if (code == 0)
		code = git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	return code;
}

int repo_start(struct err *e)
{
	int code = git_libgit2_init();

	if (code < 0)
		return git_fail(e, code, "cannot start libgit2");
	code = set_options();
	if (code < 0) {
		git_fail(e, code, "cannot set up libgit2");
		git_libgit2_shutdown();
		return -1;
	}
	return 0;
}

void repo_stop(void)
{
	git_libgit2_shutdown();
}

/* --- failing ---------------------------------------------------------------------------------------------------- */

static enum err_kind kind_of(int code)
{
	switch (code) {
	case GIT_ENOTFOUND:
		return ERR_NOT_FOUND;
	case GIT_EEXISTS:
	case GIT_EMODIFIED:
	case GIT_ELOCKED:
		return ERR_CONFLICT;
	case GIT_EAMBIGUOUS:
	case GIT_EINVALIDSPEC:
	case GIT_EINVALID:
		return ERR_INVALID;
	case GIT_EOWNER:
		return ERR_DENIED;
	default:
		return ERR_SYSTEM;
	}
}

int git_fail(struct err *e, int code, const char *format, ...)
{
	const git_error *last = git_error_last();
	AUTO_FREE char *said = NULL;
	char sentence[ERR_TEXT_MAX];
	va_list list;

	if (last && last->klass == GIT_ERROR_NOMEMORY) {
		git_error_clear();
		return err_memory(e);
	}
	if (last && last->message)
		said = repo_url_shown(last->message, NULL);
	git_error_clear();
	va_start(list, format);
	vsnprintf(sentence, sizeof(sentence), format, list);
	va_end(list);
	if (!said || !*said)
		return err_set(e, kind_of(code), "%s", sentence);
	return err_set(e, kind_of(code), "%s: %s", sentence, said);
}

/*
 * Drops "user:secret@" behind each "://": what stands before the last "@" of the host part, which ends at a slash, a
 * quote or a space.
 */
char *repo_url_shown(const char *url, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_FREE char *masked = NULL;
	const char *at = url;
	const char *scheme;

	while ((scheme = strstr(at, "://"))) {
		const char *host = scheme + 3;
		const char *end = host + strcspn(host, "/'\" \t\n");
		const char *name = memrchr(host, '@', (size_t)(end - host));

		text_add_bytes(&t, at, (size_t)(host - at));
		at = name ? name + 1 : host;
	}
	text_add(&t, at);
	if (text_take(&t, &masked, e) < 0)
		return NULL;
	return text_visible_line(masked, e);
}

/* --- repositories ----------------------------------------------------------------------------------------------- */

int git_open(git_repository **out, const char *dir, struct err *e)
{
	unsigned flags = GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE;
	int code = git_repository_open_ext(out, dir, flags, NULL);

	if (code < 0)
		return git_fail(e, code, "cannot open the repository %s", dir);
	return 0;
}

static int set_defaults(git_repository *repository)
{
	AUTO_GIT(config) *config = NULL;
	int code = git_repository_config(&config, repository);

	if (code == 0)
		code = git_config_set_bool(config, "core.protectNTFS", 1);
	if (code == 0)
		code = git_config_set_bool(config, "core.protectHFS", 1);
	return code;
}

int git_make(git_repository **out, const char *dir, struct err *e)
{
	AUTO_GIT(repository) *made = NULL;
	git_repository_init_options options;
	int code;

	git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_NO_REINIT | GIT_REPOSITORY_INIT_MKPATH;
	options.initial_head = "main";
	code = git_repository_init_ext(&made, dir, &options);
	if (code == 0)
		code = set_defaults(made);
	if (code < 0)
		return git_fail(e, code, "cannot make the repository %s", dir);
	*out = take_ptr(&made);
	return 0;
}

/* --- one writer at a time --------------------------------------------------------------------------------------- */

/* No ref may be called so, and whoever holds our lock is the only one who could be using it. */
static int remove_stale(const struct fs_entry *entry, void *context, struct err *e)
{
	(void)context;
	if (!text_ends_with(entry->name, ".lock") || S_ISDIR(entry->st->st_mode))
		return FS_GO_ON;
	if (unlinkat(entry->dir_fd, entry->name, 0) < 0)
		return err_errno(e, "cannot remove the lock %s that was left behind", entry->path);
	return FS_GO_ON;
}

int git_lock(int *fd, git_repository *repository, struct err *e)
{
	enum { MAX_REFS = 1000000 };
	static const char *const above_refs[] = { "HEAD.lock", "packed-refs.lock", "config.lock" };
	AUTO_CLOSE int locked = -1;

	if (fs_open_dir(&locked, AT_FDCWD, git_repository_path(repository), e) < 0)
		return -1;
	while (flock(locked, LOCK_EX) < 0)
		if (errno != EINTR)
			return err_errno(e, "cannot lock the repository");
	for (size_t i = 0; i < sizeof(above_refs) / sizeof(*above_refs); i++)
		if (unlinkat(locked, above_refs[i], 0) < 0 && errno != ENOENT)
			return err_errno(e, "cannot remove the lock %s that was left behind", above_refs[i]);
	if (fs_walk(locked, "refs", MAX_REFS, remove_stale, NULL, e) < 0)
		return -1;
	*fd = take_fd(&locked);
	return 0;
}

/* --- what is in them -------------------------------------------------------------------------------------------- */

int git_find_commit(git_commit **out, git_repository *repository, const char *hex, struct err *e)
{
	git_oid id;
	int code;

	if (strlen(hex) != GIT_OID_HEXSZ || git_oid_fromstr(&id, hex) < 0) {
		git_error_clear();
		return err_set(e, ERR_INVALID, "a commit is 40 hex digits");
	}
	code = git_commit_lookup(out, repository, &id);
	if (code == GIT_ENOTFOUND) {
		git_error_clear();
		return err_set(e, ERR_NOT_FOUND, "there is no commit %s in this repository", hex);
	}
	return code < 0 ? git_fail(e, code, "cannot read the commit %s", hex) : 0;
}

static int find_below(git_tree **out, git_repository *repository, git_tree *root, const char *path, struct err *e)
{
	AUTO_GIT(tree_entry) *entry = NULL;
	AUTO_FREE char *shown = text_visible_line(path, e);
	int code;

	if (!shown)
		return -1;
	if (!fs_is_plain_path(path))
		return err_set(e, ERR_INVALID, "%s is no path inside a repository", shown);
	code = git_tree_entry_bypath(&entry, root, path);
	if (code == GIT_ENOTFOUND) {
		git_error_clear();
		return err_set(e, ERR_NOT_FOUND, "there is no %s in this commit", shown);
	}
	if (code < 0)
		return git_fail(e, code, "cannot look up %s", shown);
	if (git_tree_entry_filemode_raw(entry) != GIT_FILEMODE_TREE)
		return err_set(e, ERR_INVALID, "%s is not a directory in this commit", shown);
	code = git_tree_lookup(out, repository, git_tree_entry_id(entry));
	return code < 0 ? git_fail(e, code, "cannot read the directory %s", shown) : 0;
}

int git_find_tree(git_tree **out, git_repository *repository, const char *commit, const char *path, struct err *e)
{
	AUTO_GIT(commit) *found = NULL;
	AUTO_GIT(tree) *root = NULL;
	int code;

	if (git_find_commit(&found, repository, commit, e) < 0)
		return -1;
	code = git_commit_tree(&root, found);
	if (code < 0)
		return git_fail(e, code, "cannot read the files of commit %s", commit);
	if (!*path) {
		*out = take_ptr(&root);
		return 0;
	}
	return find_below(out, repository, root, path, e);
}

void git_render_id(const git_oid *id, char out[REPO_COMMIT])
{
	git_oid_tostr(out, REPO_COMMIT, id);
}

/* --- directories that appear whole ------------------------------------------------------------------------------ */

/* The directory that something stands in. */
static int open_above(int *fd, const char *path, struct err *e)
{
	AUTO_FREE char *above = mem_copy(path, e);
	char *slash;

	if (!above)
		return -1;
	slash = strrchr(above, '/');
	if (slash)
		slash[slash == above] = '\0';
	return fs_open_dir(fd, AT_FDCWD, slash ? above : ".", e);
}

/* Takes `final`. */
static int make_beside(struct new_dir *made, char **final, struct err *e)
{
	const char *slash = strrchr(*final, '/');
	AUTO_CLOSE int above = -1;

	if (open_above(&above, *final, e) < 0)
		return -1;
	sweep_dirs(above, NEW_DIR_PREFIX);
	for (int tries = 0; tries < MOST_TRIES; tries++) {
		AUTO_FREE char *path =
			mem_format(e, "%.*s" NEW_DIR_PREFIX "XXXXXX", slash ? (int)(slash - *final) + 1 : 0, *final);
		AUTO_CLOSE int fd = -1;
		bool swept;

		if (!path)
			return -1;
		if (!mkdtemp(path))
			return err_errno(e, "cannot make the directory %s", *final);
		if (sweep_hold(&fd, &swept, path, e) < 0)
			return -1;
		if (swept)
			continue;
		made->path = take_ptr(&path);
		made->final = take_ptr(final);
		made->fd = take_fd(&fd);
		return fchmod(made->fd, 0755) < 0 ? err_errno(e, "cannot make the directory %s", made->final) : 0;
	}
	return err_set(e, ERR_SYSTEM, "cannot make the directory %s: something removes it each time", *final);
}

int new_dir_start(struct new_dir *made, const char *path, struct err *e)
{
	size_t length = strlen(path);
	AUTO_FREE char *final = mem_copy(path, e);

	if (!final)
		return -1;
	while (length > 1 && final[length - 1] == '/')
		final[--length] = '\0';
	if (fs_exists(AT_FDCWD, final))
		return err_set(e, ERR_CONFLICT, "%s is there already", final);
	return make_beside(made, &final, e);
}

static int rename_new(const struct new_dir *made, struct err *e)
{
	int code = renameat2(AT_FDCWD, made->path, AT_FDCWD, made->final, RENAME_NOREPLACE);

	/* Some file systems can't promise it; there a plain rename still refuses to replace a directory in use. */
	if (code < 0 && errno == EINVAL)
		code = rename(made->path, made->final);
	if (code < 0 && (errno == EEXIST || errno == ENOTEMPTY))
		return err_set(e, ERR_CONFLICT, "%s is there already", made->final);
	return code < 0 ? err_errno(e, "cannot make the directory %s", made->final) : 0;
}

int new_dir_keep(struct new_dir *made, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	AUTO_CLOSE int above = -1;

	if (fs_open_dir(&fd, AT_FDCWD, made->path, e) < 0 || open_above(&above, made->final, e) < 0)
		return -1;
	/* One call for all files, then the name: what has its name is complete, even if the power fails now. */
	if (syncfs(fd) < 0)
		return err_errno(e, "cannot sync %s", made->final);
	if (rename_new(made, e) < 0)
		return -1;
	free(take_ptr(&made->path));
	return fsync(above) < 0 ? err_errno(e, "cannot sync the directory of %s", made->final) : 0;
}

void new_dir_done(struct new_dir *made)
{
	if (made->path)
		fs_remove_tree(AT_FDCWD, made->path, NULL);
	if (made->final)
		close(made->fd);
	free(made->path);
	free(made->final);
	*made = (struct new_dir){ 0 };
}
