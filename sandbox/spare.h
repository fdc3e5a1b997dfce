// SPDX-License-Identifier: MIT
/*
 * The memory that the host has to spare, which bounds what nobody counts where limits are sampled: before the last of it
 * is gone, the box is ended.
 */
#ifndef SANDBOX_SPARE_H
#define SANDBOX_SPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"
#include "held.h"
#include "plan.h"

struct spare {
	int64_t keep_kib;           /* so much the host shall have */
	int64_t first_kib, now_kib; /* what it had when the program began, and has now, with what it could swap out */
};

/* When the program begins. Without --spare-mib the host keeps a sixteenth of its memory, 512 MiB at most. */
int spare_open(struct spare *spare, const struct plan *plan, struct fault *f);

/* True if it has less than it shall have. */
bool spare_is_low(struct spare *spare);

/*
 * Then, whether the box whose /proc is PROCFS may be why: the host has lost more than the LIMIT_KIB that the box may
 * have, and a process of the box has what may hold memory that nobody sees: a socket, a mapping of shared memory, or
 * the wish not to be looked at. At most some 100 ms; a box that takes longer may be why, too.
 */
bool spare_may_be_in(const struct spare *spare, const struct held *held, int procfs, int64_t limit_kib);

#endif
