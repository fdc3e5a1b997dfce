// SPDX-License-Identifier: MIT
/*
 * Locks on files (fcntl, flock): each costs the kernel some 200 bytes, which it charges to no group, and a
 * file may have any number. So the supervisor looks at how long the box's list of them is.
 */
#ifndef SANDBOX_LOCKS_H
#define SANDBOX_LOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "mounts.h"

struct locks {
	int64_t next_ms; /* when to look again */
	unsigned looks;
};

/*
 * True if the box's locks are more than what is left of its memory beside USED_KIB, or than an eighth of the limit where
 * less is left: what was used may have been files that the kernel only caches. Where it may have many processes, which
 * could wait for locks, fewer aren't told from none: than 0.5 MiB of them with 128, 90 MiB with 4096. Between looks it does
 * nothing; a look waits for the kernel's other processors, some milliseconds.
 */
bool locks_are_too_many(struct locks *locks, const struct folders *folders, const struct plan_limits *limits,
	int64_t used_kib, int64_t now_ms);

#endif
