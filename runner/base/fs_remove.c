// SPDX-License-Identifier: MIT
/*
 * Removing a tree that a stranger made: thousands of levels deep, with modes that keep its owner out, with links to
 * anywhere, and perhaps still being changed.
 *
 * The tree is opened once, as `top`. Its directories are emptied one by one; what they hold themselves in directories
 * moves up into top under a number, to be emptied later, so depth costs neither stack nor descriptors. Nothing is ever
 * put anywhere but into top: whoever is killed halfway leaves a smaller tree under the old name, and can begin again.
 *
 * A number may be taken (planted, left by a removal that was killed, given by another one that runs): then the next
 * one is tried. Only an empty directory would be replaced, and that is as good as removed. What has vanished
 * meanwhile is no error for the same reason.
 */
#include "base/fs_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>

struct removal {
	int top_fd;
	unsigned serial;      /* the next number to move a directory to */
	struct strings later; /* names in top of what is a directory, or was one */
};

/* Opens a directory that must be emptied, and moved, whatever mode its owner gave it. -1 with errno; ENOTDIR for
 * anything but a directory. */
static int open_to_empty(int dir_fd, const char *name)
{
	AUTO_CLOSE int place = openat(dir_fd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (place < 0)
		return -1;
	/* It fails for another account's directory, which may be open enough as it is. */
	fs_chmod_open(place, 0700);
	return openat(place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int move_up(struct removal *r, int fd, const char *name, struct err *e)
{
	for (;;) {
		char number[16];

		snprintf(number, sizeof(number), "%u", r->serial++);
		if (renameat(fd, name, r->top_fd, number) == 0)
			return strings_add(&r->later, number, e);
		if (errno == ENOENT)
			return 0;
		if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR)
			return err_errno(e, "cannot remove a directory");
	}
}

/* Removes one entry of the directory fd, or sees to it that it is removed later. */
static int remove_entry(struct removal *r, int fd, const char *name, struct err *e)
{
	AUTO_CLOSE int child = -1;
	int why;

	if (unlinkat(fd, name, 0) == 0 || errno == ENOENT)
		return 0;
	why = errno;
	if (unlinkat(fd, name, AT_REMOVEDIR) == 0)
		return 0;
	child = open_to_empty(fd, name);
	if (child < 0 && errno == ENOENT)
		return 0;
	if (child < 0 && errno == ENOTDIR) {
		errno = why;
		return err_errno(e, "cannot remove a file");
	}
	if (child < 0)
		return err_errno(e, "cannot open a directory to empty it");
	return fd == r->top_fd ? strings_add(&r->later, name, e) : move_up(r, fd, name, e);
}

static int remove_entries(struct removal *r, int fd, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };
	int list = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (list < 0)
		return err_errno(e, "cannot list a directory to empty it");
	if (fs_list_take(&names, list, SIZE_MAX, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++)
		if (remove_entry(r, fd, names.item[i], e) < 0)
			return -1;
	return 0;
}

static int remove_later(struct removal *r, struct err *e)
{
	while (r->later.count > 0) {
		AUTO_FREE char *name = r->later.item[--r->later.count];
		AUTO_CLOSE int fd = open_to_empty(r->top_fd, name);

		if (fd < 0 && errno == ENOENT)
			continue;
		if (fd < 0)
			return err_errno(e, "cannot open a directory to empty it");
		if (remove_entries(r, fd, e) < 0)
			return -1;
		if (unlinkat(r->top_fd, name, AT_REMOVEDIR) < 0 && errno != ENOENT)
			return err_errno(e, "cannot remove a directory");
	}
	return 0;
}

static int remove_dir(int parent, const char *name, struct err *e)
{
	AUTO_CLOSE int top_fd = open_to_empty(parent, name);
	struct removal r = { .top_fd = top_fd };
	int done;

	if (top_fd < 0)
		return errno == ENOENT ? 0 : err_errno(e, "cannot open a directory to empty it");
	done = remove_entries(&r, top_fd, e) < 0 || remove_later(&r, e) < 0 ? -1 : 0;
	strings_done(&r.later);
	if (done == 0 && unlinkat(parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT)
		return err_errno(e, "cannot remove a directory");
	return done;
}

int fs_remove_tree(int dir_fd, const char *path, struct err *e)
{
	AUTO_CLOSE int parent = -1;
	const char *name;
	struct stat st;

	if (fs_look(dir_fd, path, &st) < 0)
		return errno == ENOENT ? 0 : err_errno(e, "cannot remove %s", path);
	if (fs_open_parent(&parent, dir_fd, path, &name, e) < 0)
		return -1;
	if (S_ISDIR(st.st_mode))
		return remove_dir(parent, name, e) < 0 ? err_wrap(e, "cannot remove %s", path) : 0;
	if (unlinkat(parent, name, 0) < 0 && errno != ENOENT)
		return err_errno(e, "cannot remove %s", path);
	return 0;
}
