// SPDX-License-Identifier: MIT
/*
 * What nobody counts where limits are only sampled, and how much it can be at most: by the limits of the plan and those of
 * the host's kernel. Where a group of the kernel's enforces them, nothing of this goes unseen.
 */
#ifndef SANDBOX_UNSEEN_H
#define SANDBOX_UNSEEN_H

#include <stddef.h>
#include <stdint.h>

#include "plan.h"
#include "spare.h"

/* Limits of the host's kernel, in its own units: bytes, pages, and how many; its swap, and the memory that it shall keep. */
struct unseen_host {
	int64_t swap_kib, keep_kib;
	int64_t socket_bytes, pipe_pages, pipe_bytes, watches, inotify_watches, inotify_instances, inotify_events;
};

struct unseen {
	const char *name, *words; /* for tests, and for a person */
	int64_t kib;              /* UNSEEN_NO_BOUND: only what the host has to spare bounds it (spare.h) */
};

enum { UNSEEN_COUNT = 12, UNSEEN_NO_BOUND = -1 };

/* Reads them; where one can't be read, what kernels have by default. SPARE was opened. */
void unseen_read_host(struct unseen_host *host, const struct spare *spare);

void unseen_bound(struct unseen list[UNSEEN_COUNT], const struct plan *plan, const struct unseen_host *host);

/* One sentence, with a bound of each in MiB, and what all of it must leave to the host. */
enum { UNSEEN_TEXT = 1280 };
void unseen_say(const struct unseen list[UNSEEN_COUNT], const struct unseen_host *host, char text[UNSEEN_TEXT]);

#endif
