// SPDX-License-Identifier: MIT
/*
 * The file system of the box. Two acts:
 *
 * trees_grab clones what --ro names into detached, read-only, private mounts. Root does it in
 * its own namespaces, because only there it may walk into folders that others can't; an
 * ordinary user may clone mounts only inside the new user namespace, so pid 1 does it there,
 * by the same function.
 *
 * mounts_build, in pid 1, binds the host's system on a fresh tmpfs, adds those trees, /proc and
 * the writable folders, makes the result the root and lets go of the old one.
 */
#ifndef SANDBOX_MOUNTS_H
#define SANDBOX_MOUNTS_H

#include "fault.h"
#include "plan.h"

/* A piece of the host, ready to be put at AT (relative to the new root). */
struct tree {
	int fd;
	bool is_dir;
	char at[256];
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
};

/*
 * Builds the root and enters it. Everything in TREES is used up. Ends in "/", with nothing
 * of the host left but what is meant to be seen. On success FOLDERS are open directories.
 */
int mounts_build(
	struct folders *folders, struct trees *trees, const struct plan *plan, struct fault *f);

#endif
