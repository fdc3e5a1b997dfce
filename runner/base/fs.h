// SPDX-License-Identifier: MIT
/*
 * Files: read with a limit, written whole, walked and removed without ever following a link that a stranger made.
 *
 * Paths from outside are names below a directory descriptor; opening them never leaves that directory (openat2 with
 * RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS). A file that is written appears whole or not at all: temporary name,
 * fsync, rename. Every descriptor is close-on-exec.
 */
#ifndef BASE_FS_H
#define BASE_FS_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

/*
 * Opens `path` below dir_fd: relative, no "..", no link on the way or at its end, flags as for openat (O_CLOEXEC and
 * O_NOFOLLOW are added). For dir_fd AT_FDCWD the path is the caller's own and only its last part may not be a link.
 * ERR_NOT_FOUND, ERR_INVALID for a link or a way out, ERR_SYSTEM.
 */
int fs_open(int *out, int dir_fd, const char *path, int flags, mode_t mode, struct err *e);

/* Opens a directory; as fs_open. For AT_FDCWD links are followed: it is a path that the user typed. */
int fs_open_dir(int *out, int dir_fd, const char *path, struct err *e);

/* Reads a regular file whole, with a NUL behind it that size doesn't count. Larger than max_bytes: ERR_LIMIT. */
int fs_read(char **bytes, size_t *size, int dir_fd, const char *path, size_t max_bytes, struct err *e);

/* The same from a descriptor, from its present place to its end. */
int fs_read_fd(char **bytes, size_t *size, int fd, const char *name, size_t max_bytes, struct err *e);

/*
 * Writes a file whole (without a name until it is complete, or under a temporary one where the file system can't do
 * that; fsync, name, fsync of the directory). Who is killed leaves nothing, or one temporary name beside the file, which the next writer of it removes. A new file gets
 * what the umask leaves of mode; one that was there keeps its own. What is no regular file (a device, a FIFO, a link,
 * a directory) is never replaced: ERR_CONFLICT.
 */
int fs_write(int dir_fd, const char *path, const void *bytes, size_t size, mode_t mode, struct err *e);

/* Writes all bytes to a descriptor, through short writes and EINTR. */
int fs_write_fd(int fd, const void *bytes, size_t size, struct err *e);

/*
 * Makes the directory and those above it that are missing. Below dir_fd no link is followed, and what is made has
 * exactly mode 0755, whatever the umask: such trees are what a box reads, under an id of its own. For AT_FDCWD links
 * on the way are followed, and the umask takes its part of 0755. Something else in the way, even a link: ERR_CONFLICT.
 */
int fs_make_dirs(int dir_fd, const char *path, struct err *e);

/*
 * Whether something is there (a dangling link counts); whether it is a regular file, or a directory. Links are not
 * followed, below a dir_fd not on the way there either, and nothing outside of it is there; for AT_FDCWD only the last
 * part may be no link.
 */
bool fs_exists(int dir_fd, const char *path);
bool fs_is_file(int dir_fd, const char *path);
bool fs_is_dir(int dir_fd, const char *path);

/* A new directory below TMPDIR (or /tmp), mode 0755: its path. Remove it with fs_remove_tree. */
int fs_temp_dir(char **path, const char *prefix, struct err *e);

/* Removes a file or a directory with all below it, not following links, however deep, whatever its modes. What isn't
 * there is no error. */
int fs_remove_tree(int dir_fd, const char *path, struct err *e);

/* The names in a directory without "." and "..", sorted by bytes. More than max: ERR_LIMIT. */
int fs_list(struct strings *out, int dir_fd, const char *path, size_t max, struct err *e);

/* One entry of a walk: its path relative to where the walk began, and its lstat. */
struct fs_entry {
	const char *path;
	const struct stat *st;
	int dir_fd;       /* the directory it stands in */
	const char *name; /* its name there */
};

/* Called for every entry below a directory, parents before children, siblings sorted by bytes, links not followed.
 * A negative return ends the walk with the error that the visitor filled; FS_SKIP on a directory skips what is in it. */
enum { FS_GO_ON = 0, FS_SKIP = 1 };
typedef int fs_visit(const struct fs_entry *entry, void *context, struct err *e);

/* Walks; deeper than 100 levels or more than max_entries entries: ERR_LIMIT. What goes meanwhile may be left out. */
int fs_walk(int dir_fd, const char *path, size_t max_entries, fs_visit *visit, void *context, struct err *e);

/* Copies the regular files and directories of one tree into a new directory, with exactly mode 0755 for directories
 * and executables and 0644 for other files, whatever the umask. Links and other things are ERR_INVALID. For trees of
 * ours (a bundled task), not for a candidate's: submission/intake.h. */
int fs_copy_tree(int from_dir_fd, const char *from, int to_dir_fd, const char *to, struct err *e);

/* "a/b" of "a" and "b" (b alone when a is "" or "."). NULL with ERR_SYSTEM. */
char *fs_join(const char *a, const char *b, struct err *e);

/* Whether a relative path is plain: not empty, no empty part, no "." or "..", no leading or trailing "/", no part
 * over 255 bytes, at most 4096 bytes. */
bool fs_is_plain_path(const char *path);

#endif
