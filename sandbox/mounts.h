// SPDX-License-Identifier: MIT
/*
 * The file system of the box. Two acts:
 *
 * trees_grab clones what --ro names into detached, read-only, private mounts. Root does it in
 * its own namespaces, because only there it may walk into folders that others can't; an
 * ordinary user may clone mounts only inside the new user namespace, so pid 1 does it there,
 * by the same function.
 *
 * mounts_*, in pid 1, bind the host's system on a fresh tmpfs, add those trees, /proc and the
 * writable folders, make the result the root and let go of the old one.
 */
#ifndef SANDBOX_MOUNTS_H
#define SANDBOX_MOUNTS_H

#include <stdbool.h>

#include "connections.h"
#include "fault.h"
#include "plan.h"

/* A piece of the host, ready to be put at AT (relative to the new root). */
struct tree {
	int fd;
	bool is_dir;
	char at[PLAN_MAX_PATH];
};

struct trees {
	struct tree list[PLAN_MAX_RO];
	size_t count;
};

int trees_grab(struct trees *trees, const struct plan *plan, struct fault *f);

/* In pid 1, standing in the new root: the host's system, and later what was grabbed. */
int trees_show(struct fault *f);
int trees_put(struct trees *trees, struct fault *f);

/* Makes the folders above PATH, which is relative to the new root. */
int mounts_make_above(const char *path, struct fault *f);

/* What the supervisor keeps of the box: it reads there once the tree is dead. */
struct folders {
	int fds[PLAN_MAX_FOLDERS]; /* directories, in the plan's order */
	size_t count;
	int procfs; /* the box's /proc */
	int watched; /* another one, that hides no process; -1 where nobody looks at them */
	int locks;  /* its list of locks, which is covered inside */
	int connections[CONNECTIONS_LISTS]; /* its sockets, when it has a network (connections_open) */
};

/*
 * Lay: the part that is the same for every run, standing in the new root afterwards; everything in
 * TREES is used up. Fill: /proc and the writable folders of this run, which are FOLDERS then. Enter:
 * nothing but the folders can be changed any more, "/" is the new root, and nothing of the host is
 * left but what is meant to be seen. In this order; for a template Lay and Enter only (but it keeps the
 * host's /proc), and in a box that is forked out of one Fill only.
 */
int mounts_lay(struct trees *trees, const struct plan *plan, struct fault *f);
int mounts_fill(struct folders *folders, const struct plan *plan, bool is_watched, struct fault *f);
int mounts_enter(struct fault *f);

#endif
