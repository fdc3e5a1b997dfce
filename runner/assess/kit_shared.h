// SPDX-License-Identifier: MIT
/*
 * A kit that two accounts share: the interviewer's lays and empties it, the candidate's works in it.
 *
 * That takes a directory that is setgid to a group of both and writable for it, so that each sees the other's files,
 * and a default ACL that opens to the group what is made in it later: without one a candidate's umask of 022 makes
 * directories that nobody else can empty.
 */
#ifndef ASSESS_KIT_SHARED_H
#define ASSESS_KIT_SHARED_H

#include "base/err.h"

#include <stdbool.h>
#include <sys/stat.h>

/* Whether the directory is laid for a group. */
bool kit_is_shared(const struct stat *st);

/* Sees that a directory which is shared, or another account's, is shared as it should be, so that the candidate can
 * change what we lay there. ERR_DENIED says what makes it so. A directory of ours alone always is. */
int kit_check_shared(int kit_fd, const char *dir, struct err *e);

#endif
