// SPDX-License-Identifier: MIT
/*
 * A lock on the directory itself says whether its owner lives: the kernel drops it when a process dies, however it
 * dies. So a sweep needs no process ids, which are used again, and no files that tell what was going on.
 */
#include "submission/scratch.h"

#include "base/fs.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>

#define SCRATCH_PREFIX "assay-run"

enum { MOST_ENTRIES = 200000, MOST_TRIES = 100 };

static const char *base_dir(void)
{
	const char *base = getenv("TMPDIR");

	return base && *base == '/' ? base : "/tmp";
}

/* Removes the directory if it is ours and nobody holds its lock. What can't be removed stays for another day. */
static void sweep_one(int base, const char *name)
{
	AUTO_CLOSE int fd = -1;
	struct stat st;

	fd = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0 || st.st_uid != geteuid() || flock(fd, LOCK_EX | LOCK_NB) < 0)
		return;
	fs_remove_tree(base, name, NULL);
}

static void auto_closedir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static void sweep(void)
{
	AUTO(auto_closedir) DIR *dir = opendir(base_dir());
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (text_starts_with(entry->d_name, SCRATCH_PREFIX "."))
			sweep_one(dirfd(dir), entry->d_name);
}

int scratch_make(struct scratch *out, struct err *e)
{
	struct err said = { 0 };

	sweep();
	for (int tries = 0; tries < MOST_TRIES; tries++) {
		AUTO_FREE char *path = NULL;
		AUTO_CLOSE int fd = -1;
		struct stat st;

		/* Until it is locked another start's sweep may take it for abandoned, between any two of these lines. */
		said = (struct err){ 0 };
		if (fs_temp_dir(&path, SCRATCH_PREFIX, &said) < 0 || fs_open_dir(&fd, AT_FDCWD, path, &said) < 0) {
			if (said.kind == ERR_NOT_FOUND)
				continue;
			break;
		}
		if (flock(fd, LOCK_EX) < 0 || fchmod(fd, 0700) < 0 || fstat(fd, &st) < 0)
			return err_errno(e, "cannot keep the temporary directory %s", path);
		if (st.st_nlink == 0)
			continue;
		out->path = take_ptr(&path);
		out->fd = take_fd(&fd);
		return 0;
	}
	return err_set(e, said.kind ? said.kind : ERR_SYSTEM, "%s",
		said.kind ? said.text : "cannot keep a temporary directory: something removes each one");
}

static int open_up(const struct fs_entry *entry, void *context, struct err *e)
{
	(void)context;
	if (S_ISDIR(entry->st->st_mode) && fchmodat(entry->dir_fd, entry->name, 0755, 0) < 0)
		return err_errno(e, "cannot lay out %s", entry->path);
	return FS_GO_ON;
}

int scratch_open_up(const char *path, struct err *e)
{
	if (chmod(path, 0755) < 0)
		return err_errno(e, "cannot lay out %s", path);
	return fs_walk(AT_FDCWD, path, MOST_ENTRIES, open_up, NULL, e);
}

void scratch_done(struct scratch *scratch)
{
	if (scratch->path)
		fs_remove_tree(AT_FDCWD, scratch->path, NULL);
	free(scratch->path);
	if (scratch->fd >= 0)
		close(scratch->fd);
	*scratch = (struct scratch)SCRATCH_NONE;
}
