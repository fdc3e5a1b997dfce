// SPDX-License-Identifier: MIT
/*
 * A source on this machine. Its owner decides what is in it, so somebody else's is taken only if this user has said
 * so to git before (safe.directory in their own configuration, read for this one question). Its objects are counted
 * by their headers alone: a blob that would inflate to gigabytes is refused before anything inflates it.
 */
#include "repo/source.h"

#include "base/fs.h"
#include "base/text.h"
#include "repo/git.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_OBJECTS = 2000000 };
static const size_t max_object_bytes = (size_t)256 << 20;

/* --- what was typed --------------------------------------------------------------------------------------------- */

/* "host:path" as ssh takes it: a colon before any slash. */
static bool looks_like_ssh(const char *url)
{
	size_t length = strcspn(url, "/:");

	return length > 0 && url[length] == ':';
}

static int hex_value(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* The path of a file:// URL, its %xx decoded, in place. */
static int decode(char *path, struct err *e)
{
	char *out = path;

	for (const char *in = path; *in; in++) {
		if (*in != '%') {
			*out++ = *in;
			continue;
		}
		if (!isxdigit((unsigned char)in[1]) || !isxdigit((unsigned char)in[2]) || (in[1] == '0' && in[2] == '0'))
			return err_set(e, ERR_USAGE, "a %% in a file:// URL stands before two hex digits, not 00");
		*out++ = (char)(hex_value(in[1]) << 4 | hex_value(in[2]));
		in += 2;
	}
	*out = '\0';
	return 0;
}

static int typed_path(char **path, const char *url, struct err *e)
{
	AUTO_FREE char *copy = NULL;
	AUTO_FREE char *shown = repo_url_shown(url, e);

	if (!shown)
		return -1;
	if (!*url)
		return err_set(e, ERR_USAGE, "name a repository: a path or file:///path");
	if (!text_starts_with(url, "file://")) {
		if (strstr(url, "://") || (looks_like_ssh(url) && !fs_exists(AT_FDCWD, url)))
			return err_set(e, ERR_USAGE,
				"%s: only paths and file:// can be cloned yet; clone it with git and name the copy's path",
				shown);
		*path = mem_copy(url, e);
		return *path ? 0 : -1;
	}
	if (url[strlen("file://")] != '/')
		return err_set(e, ERR_USAGE, "%s: after file:// comes an absolute path, file:///path", shown);
	copy = mem_copy(url + strlen("file://"), e);
	if (!copy || decode(copy, e) < 0)
		return -1;
	*path = take_ptr(&copy);
	return 0;
}

int source_path(char **path, const char *url, struct err *e)
{
	AUTO_FREE char *typed = NULL;
	AUTO_FREE char *shown = NULL;
	char real[PATH_MAX];

	if (typed_path(&typed, url, e) < 0)
		return -1;
	shown = text_visible_line(typed, e);
	if (!shown)
		return -1;
	if (!realpath(typed, real)) {
		if (errno == ENOENT || errno == ENOTDIR)
			return err_set(e, ERR_NOT_FOUND, "there is nothing at %s", shown);
		return err_errno(e, "cannot open %s", shown);
	}
	*path = mem_copy(real, e);
	return *path ? 0 : -1;
}

/* --- whose it is ------------------------------------------------------------------------------------------------ */

struct asked {
	const char *path;
	bool safe;
};

/* One safe.directory: "*", the path, or "" which forgets those before it. */
static int see_safe_directory(const git_config_entry *entry, void *context)
{
	struct asked *asked = context;

	if (!*entry->value)
		asked->safe = false;
	else if (strcmp(entry->value, "*") == 0 || strcmp(entry->value, asked->path) == 0)
		asked->safe = true;
	return 0;
}

static void ask_file(struct asked *asked, const char *directory, const char *name)
{
	AUTO_GIT(config) *config = NULL;
	AUTO_FREE char *path = directory ? fs_join(directory, name, NULL) : NULL;

	if (path && fs_exists(AT_FDCWD, path) && git_config_open_ondisk(&config, path) == 0)
		git_config_get_multivar_foreach(config, "safe.directory", NULL, see_safe_directory, asked);
	git_error_clear();
}

/* What this user and this machine told git, in the order in which git reads it. */
static bool is_declared_safe(const char *path)
{
	struct asked asked = { .path = path };
	const char *home = getenv("HOME");
	const char *xdg = getenv("XDG_CONFIG_HOME");

	ask_file(&asked, "/etc", "gitconfig");
	if (xdg && *xdg)
		ask_file(&asked, xdg, "git/config");
	else
		ask_file(&asked, home, ".config/git/config");
	ask_file(&asked, home, ".gitconfig");
	return asked.safe;
}

static bool is_own(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_uid == geteuid();
}

static int check_owner(git_repository *repository, const char *path, struct err *e)
{
	const char *workdir = git_repository_workdir(repository);

	if (is_own(git_repository_path(repository)) && (!workdir || is_own(workdir)))
		return 0;
	if (is_declared_safe(path))
		return 0;
	return err_set(e, ERR_DENIED,
		"%s belongs to another user; if you trust it: git config --global --add safe.directory '%s'", path, path);
}

/* --- how large it is -------------------------------------------------------------------------------------------- */

struct size_count {
	git_odb *odb;
	size_t objects;
	bool too_large;
};

static int count_object(const git_oid *id, void *context)
{
	struct size_count *count = context;
	git_object_t type;
	size_t size;

	if (++count->objects > MAX_OBJECTS)
		return 1;
	/* A broken object is met, and named, when it is copied. */
	if (git_odb_read_header(&size, &type, count->odb, id) == 0 && size > max_object_bytes)
		count->too_large = true;
	return count->too_large ? 1 : 0;
}

static int check_size(git_repository *repository, const char *path, struct err *e)
{
	AUTO_GIT(odb) *odb = NULL;
	struct size_count count = { 0 };
	int code = git_repository_odb(&odb, repository);

	count.odb = odb;
	if (code == 0)
		code = git_odb_foreach(odb, count_object, &count);
	if (count.too_large)
		return err_set(e, ERR_LIMIT, "%s holds a file over %zu MiB", path, max_object_bytes >> 20);
	if (count.objects > MAX_OBJECTS)
		return err_set(e, ERR_LIMIT, "%s holds more than %d objects", path, MAX_OBJECTS);
	git_error_clear();
	return code < 0 ? err_set(e, ERR_SYSTEM, "cannot read the objects of %s", path) : 0;
}

/* --- what it is made of ----------------------------------------------------------------------------------------- */

enum { MAX_FILES = 2 * MAX_OBJECTS };

static int check_file(const struct fs_entry *entry, void *context, struct err *e)
{
	(void)context;
	if (S_ISREG(entry->st->st_mode) || S_ISDIR(entry->st->st_mode) || S_ISLNK(entry->st->st_mode))
		return FS_GO_ON;
	return err_set(e, ERR_INVALID, "it holds %s, which is no file: opening it could wait for ever", entry->path);
}

/* libgit2 opens what it finds: a FIFO in the place of a ref or of the configuration would make it wait for ever. */
static int check_files(const char *path, struct err *e)
{
	AUTO_FREE char *inner = fs_join(path, ".git", e);
	AUTO_FREE char *head = NULL;
	const char *dir;

	if (!inner)
		return -1;
	dir = fs_is_dir(AT_FDCWD, inner) ? inner : path;
	head = fs_join(dir, "HEAD", e);
	if (!head)
		return -1;
	/* Without a HEAD it is no repository, which libgit2 says without opening anything else. */
	return fs_exists(AT_FDCWD, head) ? fs_walk(AT_FDCWD, dir, MAX_FILES, check_file, NULL, e) : 0;
}

int source_check(const char *path, struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_FREE char *shown = text_visible_line(path, e);
	int code;

	if (!shown || check_files(path, e) < 0)
		return -1;
	code = git_repository_open_ext(&repository, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
	if (code == GIT_ENOTFOUND) {
		git_error_clear();
		return err_set(e, ERR_NOT_FOUND, "%s is not a git repository", shown);
	}
	if (code < 0) {
		git_fail(e, code, "cannot open the repository %s", shown);
		/* Broken, or of a kind that this libgit2 doesn't know (SHA-256): nothing that trying again would help. */
		if (e && e->kind == ERR_SYSTEM)
			e->kind = ERR_INVALID;
		return -1;
	}
	if (check_owner(repository, shown, e) < 0)
		return -1;
	if (git_repository_is_shallow(repository))
		return err_set(e, ERR_INVALID, "%s lacks its older commits; complete it: git -C '%s' fetch --unshallow", shown,
			shown);
	return check_size(repository, shown, e);
}
