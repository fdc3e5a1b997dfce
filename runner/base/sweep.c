// SPDX-License-Identifier: MIT
/*
 * Between making a directory and holding it another's sweep may take it for abandoned: who finds it gone, or without a
 * name left, makes another one.
 */
#include "base/sweep.h"

#include "base/fs.h"
#include "base/mem.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

static void sweep_one(int dir_fd, const char *name)
{
	AUTO_CLOSE int fd = -1;
	struct stat st;

	fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0 || st.st_uid != geteuid() || flock(fd, LOCK_EX | LOCK_NB) < 0)
		return;
	fs_remove_tree(dir_fd, name, NULL);
}

static void auto_closedir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

/* fdopendir() takes a descriptor for itself, and reads from where that stands. */
static DIR *open_list(int dir_fd)
{
	int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (!dir && fd >= 0)
		close(fd);
	return dir;
}

void sweep_dirs(int dir_fd, const char *prefix)
{
	AUTO(auto_closedir) DIR *dir = open_list(dir_fd);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (text_starts_with(entry->d_name, prefix))
			sweep_one(dirfd(dir), entry->d_name);
}

int sweep_hold(int *fd, bool *swept, const char *path, struct err *e)
{
	AUTO_CLOSE int opened = -1;
	struct err said = { 0 };
	struct stat st;

	*swept = false;
	if (fs_open_dir(&opened, AT_FDCWD, path, &said) < 0) {
		if (said.kind != ERR_NOT_FOUND)
			return err_set(e, said.kind, "%s", said.text);
		*swept = true;
		return 0;
	}
	if (flock(opened, LOCK_EX) < 0 || fstat(opened, &st) < 0)
		return err_errno(e, "cannot keep the temporary directory %s", path);
	*swept = st.st_nlink == 0;
	if (!*swept)
		*fd = take_fd(&opened);
	return 0;
}
