// SPDX-License-Identifier: MIT
/*
 * One box while it lives. What the supervisor prepares before it forks pid 1, that inherits by
 * being a copy; what it prepares while pid 1 builds, it hands in (control.h).
 */
#ifndef SANDBOX_BOX_H
#define SANDBOX_BOX_H

#include <stdbool.h>
#include <sys/types.h>

#include "fault.h"
#include "group.h"
#include "identity.h"
#include "mounts.h"
#include "plan.h"
#include "template.h"

struct box {
	const struct plan *plan;
	struct host *host;
	const struct template *template; /* what it is forked out of; NULL: the host's own mounts */
	struct identity id;
	struct group group;
	struct trees trees;
	struct folders folders;       /* the supervisor's, once pid 1 has built them */
	int landlock_abi;             /* 0: this kernel has none */
	int image_fd;                 /* what fills /work, or -1 */
	int control, inner_control;   /* the supervisor's end and pid 1's */
	int in[2], out[2], err[2];    /* pipes of the program: read end, write end */
	pid_t init;
	int pidfd;
	int listener; /* where refused calls are told, or -1 */
	int mount_ns; /* keeps the mounts until box_close, if nobody shall wait for their end; or -1 */
	bool is_ahead; /* built before it was known what runs in it */
	/* Known in pid 1's copy only, by CONTROL_GROUPED: */
	bool limits_are_sampled; /* nothing enforces them, so the program's own rlimits are tighter */
	bool init_lingers;       /* pid 1 stays when the program has ended, until it is killed */
};

/*
 * Makes everything and starts pid 1, which builds the box and waits. When this returns 0, the
 * box is complete (but for its confinement if there are doors: then that waits for box_go), a
 * process waits in it to become the program, and nothing untrusted has run. TEMPLATE is one of a plan of
 * the same key, or NULL; it and HOST must live as long as the box.
 * On failure everything is undone.
 */
int box_build(struct box *box, const struct plan *plan, struct host *host, const struct template *template,
	struct fault *f);

/*
 * Gives a box that was built ahead by a plan of the same key (plan_key) to PLAN, which box_go will
 * start. Fills /work. PLAN must live as long as the box. Whoever builds ahead calls group_start.
 */
int box_assign(struct box *box, const struct plan *plan, struct fault *f);

/* Lets the program start. */
int box_go(struct box *box, struct fault *f);

/* Kills everything in the box and waits until it is gone. RSS_KIB: largest of its processes. */
int box_end(struct box *box, int64_t *rss_kib, struct fault *f);

/* Removes the group, gives the id back, closes what is open. The tree is dead. */
int box_close(struct box *box, struct fault *f);

#endif
