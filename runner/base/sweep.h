// SPDX-License-Identifier: MIT
/*
 * What a killed program left: temporary directories that say by a lock whether their owner lives. The kernel drops the
 * lock when a process dies, however it dies; so nobody needs process ids, which are used again, or files that tell what
 * was going on.
 */
#ifndef BASE_SWEEP_H
#define BASE_SWEEP_H

#include "base/err.h"

#include <stdbool.h>

/* Removes the directories in dir_fd whose names begin with the prefix, that belong to this user and that nobody holds.
 * What can't be removed stays for another day. */
void sweep_dirs(int dir_fd, const char *prefix);

/*
 * Holds a directory that was just made, until *fd is closed. *swept: another's sweep took it before it was held; then
 * nothing is held, and the caller makes another one. ERR_SYSTEM.
 */
int sweep_hold(int *fd, bool *swept, const char *path, struct err *e);

#endif
