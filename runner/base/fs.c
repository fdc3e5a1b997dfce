// SPDX-License-Identifier: MIT
/*
 * Files, opened by descriptor and read with a limit. openat2 (Linux 5.6) does what no check of names can: the kernel
 * itself refuses to leave the directory or to follow a link, however fast somebody swaps the parts.
 */
#include "base/fs_inside.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

/* --- opening ---------------------------------------------------------------------------------------------------- */

static int open_beneath(int dir_fd, const char *path, int flags, mode_t mode)
{
	struct open_how how = {
		.flags = (uint64_t)(unsigned)flags,
		.mode = flags & (O_CREAT | O_TMPFILE) ? mode : 0,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};
	long fd;

	do
		fd = syscall(SYS_openat2, dir_fd, path, &how, sizeof(how));
	while (fd < 0 && errno == EAGAIN);
	return (int)fd;
}

static int fail_open(struct err *e, const char *path)
{
	int number = errno;
	AUTO_FREE char *visible = text_visible_line(path, e);

	if (!visible)
		return -1;
	errno = number;
	if (number == ELOOP || number == EXDEV)
		return err_set(e, ERR_INVALID, "%s is a link, or leads out of its directory: not followed", visible);
	return err_errno(e, "cannot open %s", visible);
}

int fs_open(int *out, int dir_fd, const char *path, int flags, mode_t mode, struct err *e)
{
	int all = flags | O_CLOEXEC | O_NOFOLLOW;
	int fd = dir_fd == AT_FDCWD ? openat(dir_fd, path, all, mode) : open_beneath(dir_fd, path, all, mode);

	if (fd < 0)
		return fail_open(e, path);
	*out = fd;
	return 0;
}

int fs_open_dir(int *out, int dir_fd, const char *path, struct err *e)
{
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int fd = dir_fd == AT_FDCWD ? open(path, flags) : open_beneath(dir_fd, path, flags | O_NOFOLLOW, 0);

	if (fd < 0)
		return fail_open(e, path);
	*out = fd;
	return 0;
}

/* --- reading and writing ---------------------------------------------------------------------------------------- */

int fs_read_fd(char **bytes, size_t *size, int fd, const char *name, size_t max_bytes, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	char chunk[16384];
	size_t length;
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, "cannot read %s", name);
		if ((size_t)n > max_bytes - t.length)
			return err_set(e, ERR_LIMIT, "%s is larger than %zu bytes", name, max_bytes);
		text_add_bytes(&t, chunk, (size_t)n);
		if (t.failed)
			break;
	}
	length = t.length;
	if (text_take(&t, bytes, e) < 0)
		return -1;
	*size = length;
	return 0;
}

int fs_read(char **bytes, size_t *size, int dir_fd, const char *path, size_t max_bytes, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	AUTO_FREE char *visible = text_visible_line(path, e);
	struct stat st;

	/* O_NONBLOCK: opening a FIFO that somebody left there must not wait for a writer. */
	if (!visible || fs_open(&fd, dir_fd, path, O_RDONLY | O_NONBLOCK, 0, e) < 0)
		return -1;
	if (fstat(fd, &st) < 0)
		return err_errno(e, "cannot read %s", visible);
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_INVALID, "%s is not a regular file", visible);
	return fs_read_fd(bytes, size, fd, visible, max_bytes, e);
}

int fs_write_fd(int fd, const void *bytes, size_t size, struct err *e)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t n = write(fd, at, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, "cannot write");
		at += n;
		size -= (size_t)n;
	}
	return 0;
}

int fs_open_parent(int *out, int dir_fd, const char *path, const char **last, struct err *e)
{
	const char *slash = strrchr(path, '/');
	AUTO_FREE char *parent = NULL;

	*last = slash ? slash + 1 : path;
	parent = slash == path ? mem_copy("/", e) : mem_copy(slash ? path : ".", e);
	if (!parent)
		return -1;
	if (slash && slash != path)
		parent[slash - path] = '\0';
	return fs_open_dir(out, dir_fd, parent, e);
}

/* What stands at the name now may be replaced if it is a file, or nothing. *there says whether it is a file. */
static int check_replaceable(int parent, const char *name, struct stat *st, bool *there, struct err *e)
{
	*there = fstatat(parent, name, st, AT_SYMLINK_NOFOLLOW) == 0;
	if (!*there && errno != ENOENT)
		return err_errno(e, "it can't be looked at");
	if (*there && !S_ISREG(st->st_mode))
		return err_set(e, ERR_CONFLICT, "something stands there that is no regular file, and is not replaced");
	return 0;
}

/* A name for a file that has none yet; never over another. */
static int link_unnamed(int fd, int parent, const char *name)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, path, parent, name, AT_SYMLINK_FOLLOW);
}

/* Over what stands there only a rename goes, so the file has two names for a moment. Who is killed right then leaves
 * the one that the next writer of the same file removes. */
static int replace_by_unnamed(int fd, int parent, const char *name)
{
	char temporary[64];

	snprintf(temporary, sizeof(temporary), ".assay-%.40s.tmp", name);
	if (link_unnamed(fd, parent, temporary) < 0 &&
		(errno != EEXIST || unlinkat(parent, temporary, 0) < 0 || link_unnamed(fd, parent, temporary) < 0))
		return -1;
	if (renameat(parent, temporary, parent, name) == 0)
		return 0;
	unlinkat(parent, temporary, 0);
	return -1;
}

/*
 * The file is complete before it has a name, where the file system can do that: whoever is killed while it is written
 * leaves nothing. False: it has to be done with a temporary name, and nothing is there; *e is filled when not even that
 * would help.
 */
static bool write_unnamed(int parent, const char *name, const void *bytes, size_t size, mode_t mode, const struct stat *before,
	struct err *e)
{
	AUTO_CLOSE int fd = openat(parent, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, mode);
	int code;

	if (fd < 0 || (before && fchmod(fd, before->st_mode & 0777) < 0))
		return false;
	if (fs_write_fd(fd, bytes, size, e) < 0)
		return false;
	if (fsync(fd) < 0) {
		err_errno(e, "cannot keep it");
		return false;
	}
	code = before ? -1 : link_unnamed(fd, parent, name);
	if (code < 0 && (before || errno == EEXIST))
		code = replace_by_unnamed(fd, parent, name);
	return code == 0;
}

/* By a name that nobody else uses. */
static int write_named(int parent, const char *name, const void *bytes, size_t size, mode_t mode, const struct stat *before,
	struct err *e)
{
	static _Atomic unsigned serial;
	AUTO_CLOSE int fd = -1;
	char temporary[64];

	snprintf(temporary, sizeof(temporary), ".assay-%d-%u.tmp", (int)getpid(), serial++);
	fd = openat(parent, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	if (fd < 0)
		return err_errno(e, "%s", name);
	if (before && fchmod(fd, before->st_mode & 0777) < 0)
		err_errno(e, "cannot keep its mode");
	else if (fs_write_fd(fd, bytes, size, e) == 0) {
		if (fsync(fd) == 0 && renameat(parent, temporary, parent, name) == 0)
			return 0;
		err_errno(e, "cannot keep it");
	}
	unlinkat(parent, temporary, 0);
	return -1;
}

int fs_write(int dir_fd, const char *path, const void *bytes, size_t size, mode_t mode, struct err *e)
{
	AUTO_CLOSE int parent = -1;
	struct err said = { 0 };
	const char *name;
	struct stat st;
	bool there;

	if (fs_open_parent(&parent, dir_fd, path, &name, e) < 0)
		return -1;
	if (check_replaceable(parent, name, &st, &there, e) < 0)
		return err_wrap(e, "cannot write %s", path);
	if (!write_unnamed(parent, name, bytes, size, mode, there ? &st : NULL, &said) &&
		(said.kind || write_named(parent, name, bytes, size, mode, there ? &st : NULL, &said) < 0))
		return err_set(e, said.kind, "cannot write %s: %s", path, said.text);
	return fsync(parent) < 0 ? err_errno(e, "cannot write %s: cannot keep it", path) : 0;
}

static int fail_make_dir(struct err *e, const char *path)
{
	if (errno == EEXIST || errno == ENOTDIR)
		return err_set(e, ERR_CONFLICT, "cannot make the directory %s: something else stands there", path);
	return err_errno(e, "cannot make the directory %s", path);
}

/* A path that the user typed: links on the way are theirs. */
static int make_dirs_anywhere(char *path, struct err *e)
{
	struct stat st;

	for (char *p = path + (*path == '/'); ; p++) {
		char end = *p;

		if (end != '/' && end != '\0')
			continue;
		*p = '\0';
		if (*path && mkdir(path, 0755) < 0 && (errno != EEXIST || stat(path, &st) < 0 || !S_ISDIR(st.st_mode)))
			return fail_make_dir(e, path);
		*p = end;
		if (!end)
			return 0;
	}
}

/* Makes one directory, if it isn't there, and opens it. -1 with errno. */
static int enter_dir(int at, const char *name)
{
	bool made = mkdirat(at, name, 0755) == 0;
	int fd;

	if (!made && errno != EEXIST)
		return -1;
	fd = openat(at, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || !made || fs_chmod_open(fd, 0755) == 0)
		return fd;
	close(fd);
	return -1;
}

static int make_dirs_below(int dir_fd, char *path, struct err *e)
{
	AUTO_CLOSE int at = -1;
	char *part = path;

	while (*part) {
		size_t length = strcspn(part, "/");
		char end = part[length];
		int next;

		part[length] = '\0';
		if (part == path && !length)
			return err_set(e, ERR_INVALID, "a path that starts at the root is in no directory");
		if (strcmp(part, "..") == 0)
			return err_set(e, ERR_INVALID, "%s leads out of its directory", path);
		if (length && strcmp(part, ".") != 0) {
			next = enter_dir(at < 0 ? dir_fd : at, part);
			if (next < 0)
				return fail_make_dir(e, path);
			if (at >= 0)
				close(at);
			at = next;
		}
		part[length] = end;
		part += length + (end == '/');
	}
	return 0;
}

int fs_make_dirs(int dir_fd, const char *path, struct err *e)
{
	AUTO_FREE char *copy = mem_copy(path, e);

	if (!copy)
		return -1;
	return dir_fd == AT_FDCWD ? make_dirs_anywhere(copy, e) : make_dirs_below(dir_fd, copy, e);
}

int fs_look(int dir_fd, const char *path, struct stat *st)
{
	AUTO_CLOSE int fd = -1;

	/* A name alone leads nowhere else. */
	if (dir_fd == AT_FDCWD || (!strchr(path, '/') && strcmp(path, "..") != 0))
		return fstatat(dir_fd, path, st, AT_SYMLINK_NOFOLLOW);
	fd = open_beneath(dir_fd, path, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0);
	return fd < 0 ? -1 : fstat(fd, st);
}

int fs_chmod_open(int fd, mode_t mode)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return chmod(path, mode);
}

bool fs_exists(int dir_fd, const char *path)
{
	struct stat st;

	return fs_look(dir_fd, path, &st) == 0;
}

bool fs_is_file(int dir_fd, const char *path)
{
	struct stat st;

	return fs_look(dir_fd, path, &st) == 0 && S_ISREG(st.st_mode);
}

bool fs_is_dir(int dir_fd, const char *path)
{
	struct stat st;

	return fs_look(dir_fd, path, &st) == 0 && S_ISDIR(st.st_mode);
}

int fs_temp_dir(char **path, const char *prefix, struct err *e)
{
	const char *base = getenv("TMPDIR");
	AUTO_FREE char *made = mem_format(e, "%s/%s.XXXXXX", base && *base == '/' ? base : "/tmp", prefix);

	if (!made)
		return -1;
	if (!mkdtemp(made))
		return err_errno(e, "cannot make a temporary directory %s", made);
	/* A box runs under an id of its own and must be able to read what lies in here. */
	if (chmod(made, 0755) < 0)
		return err_errno(e, "cannot make a temporary directory %s", made);
	*path = take_ptr(&made);
	return 0;
}

/* --- lists, walks ----------------------------------------------------------------------------------------------- */

static void auto_closedir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

int fs_list_take(struct strings *out, int fd, size_t max, struct err *e)
{
	AUTO(auto_closedir) DIR *dir = NULL;
	AUTO_STRINGS struct strings names = { 0 };
	struct dirent *entry;

	dir = fdopendir(fd);
	if (!dir) {
		err_errno(e, "cannot list a directory");
		close(fd);
		return -1;
	}
	while (errno = 0, (entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (names.count >= max)
			return err_set(e, ERR_LIMIT, "more than %zu entries in one directory", max);
		if (strings_add(&names, entry->d_name, e) < 0)
			return -1;
	}
	if (errno)
		return err_errno(e, "cannot list a directory");
	strings_sort(&names);
	*out = names;
	names = (struct strings){ 0 };
	return 0;
}

int fs_list(struct strings *out, int dir_fd, const char *path, size_t max, struct err *e)
{
	int fd = -1;

	if (fs_open_dir(&fd, dir_fd, path, e) < 0)
		return -1;
	return fs_list_take(out, fd, max, e);
}

enum { WALK_MAX_DEPTH = 100 };

struct walk {
	size_t seen, max_entries;
	fs_visit *visit;
	void *context;
};

static int walk_dir(struct walk *walk, int fd, const char *path, int depth, struct err *e);

static int walk_entry(struct walk *walk, int fd, const char *path, const char *name, int depth, struct err *e)
{
	AUTO_FREE char *full = fs_join(path, name, e);
	struct stat st;
	struct fs_entry entry = { .path = full, .st = &st, .dir_fd = fd, .name = name };
	int said, child;

	if (!full)
		return -1;
	if (++walk->seen > walk->max_entries)
		return err_set(e, ERR_LIMIT, "more than %zu files and directories", walk->max_entries);
	/* What went since the directory was read isn't there. */
	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : err_errno(e, "cannot look at %s", full);
	said = walk->visit(&entry, walk->context, e);
	if (said < 0 || said == FS_SKIP || !S_ISDIR(st.st_mode))
		return said < 0 ? -1 : 0;
	child = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (child < 0)
		return errno == ENOENT ? 0 : err_errno(e, "cannot open the directory %s", full);
	return walk_dir(walk, child, full, depth + 1, e);
}

/* Takes fd. */
static int walk_dir(struct walk *walk, int fd, const char *path, int depth, struct err *e)
{
	AUTO_CLOSE int dir_fd = fd;
	AUTO_STRINGS struct strings names = { 0 };
	int list = -1;

	if (depth > WALK_MAX_DEPTH)
		return err_set(e, ERR_LIMIT, "directories are nested deeper than %d levels", WALK_MAX_DEPTH);
	list = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (list < 0)
		return err_errno(e, "cannot list %s", *path ? path : "a directory");
	if (fs_list_take(&names, list, walk->max_entries, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++)
		if (walk_entry(walk, dir_fd, path, names.item[i], depth, e) < 0)
			return -1;
	return 0;
}

int fs_walk(int dir_fd, const char *path, size_t max_entries, fs_visit *visit, void *context, struct err *e)
{
	struct walk walk = { .max_entries = max_entries, .visit = visit, .context = context };
	int fd = -1;

	if (fs_open_dir(&fd, dir_fd, path, e) < 0)
		return -1;
	return walk_dir(&walk, fd, "", 0, e);
}

/* --- copying ---------------------------------------------------------------------------------------------------- */

enum { COPY_MAX_ENTRIES = 100000, COPY_MAX_BYTES = 64 << 20 };

struct copy {
	int to_fd;
};

static int copy_entry(const struct fs_entry *entry, void *context, struct err *e)
{
	struct copy *copy = context;
	AUTO_FREE char *bytes = NULL;
	AUTO_CLOSE int fd = -1;
	size_t size;

	if (S_ISDIR(entry->st->st_mode))
		return fs_make_dirs(copy->to_fd, entry->path, e);
	if (!S_ISREG(entry->st->st_mode))
		return err_set(e, ERR_INVALID, "%s is a link or a device: only files and directories are copied",
			entry->path);
	if (fs_read(&bytes, &size, entry->dir_fd, entry->name, COPY_MAX_BYTES, e) < 0 ||
		fs_open(&fd, copy->to_fd, entry->path, O_WRONLY | O_CREAT | O_TRUNC,
			entry->st->st_mode & 0100 ? 0755 : 0644, e) < 0)
		return -1;
	if (fchmod(fd, entry->st->st_mode & 0100 ? 0755 : 0644) < 0)
		return err_errno(e, "cannot copy %s", entry->path);
	return fs_write_fd(fd, bytes, size, e);
}

int fs_copy_tree(int from_dir_fd, const char *from, int to_dir_fd, const char *to, struct err *e)
{
	AUTO_CLOSE int to_fd = -1;
	bool there = fs_is_dir(to_dir_fd, to);
	struct copy copy;

	if (fs_make_dirs(to_dir_fd, to, e) < 0 || fs_open_dir(&to_fd, to_dir_fd, to, e) < 0)
		return -1;
	if (!there && fchmod(to_fd, 0755) < 0)
		return err_errno(e, "cannot make the directory %s", to);
	copy.to_fd = to_fd;
	return fs_walk(from_dir_fd, from, COPY_MAX_ENTRIES, copy_entry, &copy, e);
}

/* --- names ------------------------------------------------------------------------------------------------------ */

char *fs_join(const char *a, const char *b, struct err *e)
{
	if (!*a || strcmp(a, ".") == 0)
		return mem_copy(b, e);
	return mem_format(e, "%s%s%s", a, text_ends_with(a, "/") ? "" : "/", b);
}

bool fs_is_plain_path(const char *path)
{
	if (strlen(path) > 4096)
		return false;
	for (const char *part = path;; ) {
		size_t length = strcspn(part, "/");

		if (length == 0 || length > 255 || (length == 1 && part[0] == '.') ||
			(length == 2 && part[0] == '.' && part[1] == '.'))
			return false;
		if (!part[length])
			return true;
		part += length + 1;
	}
}
