// SPDX-License-Identifier: MIT
/*
 * Processor time of processes that come and go, by looking at them again and again: of each its own
 * time, without its children's, is remembered, and that of those that have gone since is kept. A
 * parent that waits for nobody hides nothing by that.
 *
 * A lower bound: what a process used after it was last seen isn't in it. Up to HISTORY_MAX
 * processes at a time are remembered, beyond that some are not.
 */
#ifndef SANDBOX_HISTORY_H
#define SANDBOX_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

enum { HISTORY_MAX = 1024 };

struct history;

/* An empty one, or NULL; free() frees it. */
struct history *history_new(void);

/* One look: see every process that there is, then end. START tells two of one number apart. */
void history_see(struct history *history, int pid, uint64_t start, int64_t user_us, int64_t system_us);

/*
 * Sums up who is there and who is gone. A look that wasn't COMPLETE changes nothing: who wasn't
 * seen in it may still be there, and would count twice.
 */
void history_end(struct history *history, bool complete, int64_t *user_us, int64_t *system_us);

#endif
