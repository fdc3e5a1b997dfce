// SPDX-License-Identifier: MIT
/*
 * Files that are open in processes whose list of them may not be read, because they forbid to be looked at (PR_SET_DUMPABLE)
 * or run a program that nobody may read.
 */
#ifndef SANDBOX_HIDDEN_H
#define SANDBOX_HIDDEN_H

#include <stdbool.h>
#include <sys/types.h>

/* Is told each file by a descriptor, which stays the caller's. */
typedef void hidden_tell(void *who, int fd);

/*
 * Tells the files on MOUNT that such processes below INIT, the box's pid 1, have open. Needs what a user has over processes of
 * a namespace of theirs; where the kernel grants that to nobody, nothing is told.
 */
void hidden_find(pid_t init, long mount, hidden_tell *tell, void *who);

/* The mount that FD lies on, by the number that fdinfo gives it, or -1. */
long hidden_mount_of(int fd);

/* Whether this kernel lets anybody find them. */
bool hidden_can_be_found(void);

#endif
