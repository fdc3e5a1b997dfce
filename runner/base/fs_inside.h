// SPDX-License-Identifier: MIT
/*
 * What the files behind base/fs.h share: fs.c and fs_remove.c. Nobody else includes this.
 */
#ifndef BASE_FS_INSIDE_H
#define BASE_FS_INSIDE_H

#include "base/fs.h"

/* The descriptor of the directory that a path's last part stands in, and that part. */
int fs_open_parent(int *out, int dir_fd, const char *path, const char **last, struct err *e);

/* lstat; below dir_fd no link is followed on the way either. -1 with errno. */
int fs_look(int dir_fd, const char *path, struct stat *st);

/* The names in the directory, sorted; closes fd. */
int fs_list_take(struct strings *out, int fd, size_t max, struct err *e);

/*
 * Changes the mode of an open directory, opened with O_PATH too, for which there is no fchmod. By its name it can't
 * be done: fchmodat follows a link that somebody puts there (Linux 6.6 has fchmodat2). -1 with errno.
 */
int fs_chmod_open(int fd, mode_t mode);

#endif
