// SPDX-License-Identifier: MIT
/*
 * The seven namespaces: how the box's pid 1 is born into them, and what it does there first.
 */
#ifndef SANDBOX_NAMESPACES_H
#define SANDBOX_NAMESPACES_H

#include <stdbool.h>
#include <sys/types.h>

#include "fault.h"
#include "identity.h"

/* Gives -1 and says STEP, errno, and why namespaces can't be had here, in words that say what to mend. */
int namespaces_explain(const char *step, struct fault *f);

/*
 * Forks into new user, mount, pid, ipc and uts namespaces, and into the v2 group GROUP_FD
 * if that isn't -1. Returns like fork: 0 in the child, the pid in the parent with PIDFD set,
 * -1 with the reason, which names what the host forbids.
 */
pid_t namespaces_fork(int *pidfd, int group_fd, struct fault *f);

/* In the parent: maps ID to the box's one user and group. */
int namespaces_map(pid_t child, const struct identity *id, struct fault *f);

/*
 * Makes this process the owner of a user and a mount namespace of its own, in which it keeps its
 * id: it may make and enter mount namespaces then. 1, and nothing has changed, where the host gives none;
 * after -1 it is nobody, and must end.
 */
int namespaces_become_owner(struct fault *f);

/* In the child, once mapped: becomes the box's user and names the host. */
int namespaces_settle(bool drop_groups, struct fault *f);

/* In the child, once it is in its group: enters a cgroup namespace rooted there. */
int namespaces_make_cgroup(struct fault *f);

#endif
