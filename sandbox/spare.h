// SPDX-License-Identifier: MIT
/*
 * The memory that the host has to spare, which bounds what nobody counts where limits are sampled: a box is ended when the
 * host has less than it shall keep.
 */
#ifndef SANDBOX_SPARE_H
#define SANDBOX_SPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"
#include "meminfo.h"
#include "plan.h"

struct spare {
	int fd;                    /* /proc/meminfo */
	int64_t keep_kib;          /* so much the host shall have */
	struct meminfo first, now; /* when it was opened, and at the last look */
};

/* When the program begins. Without --spare-mib the host keeps a sixteenth of its memory, 512 MiB at most. */
int spare_open(struct spare *spare, const struct plan *plan, struct fault *f);

/* Looks, which takes some 7 µs: true if the host has less than it shall keep. */
bool spare_is_low(struct spare *spare);

/*
 * KiB that the host has lost since, to other things than anonymous memory: a box's own is counted anyway, so that it can't
 * be what it hides.
 */
int64_t spare_lost_kib(const struct spare *spare);

/* Accepts one that wasn't opened, if its fd is -1. */
void spare_close(struct spare *spare);

#endif
