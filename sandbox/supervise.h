// SPDX-License-Identifier: MIT
/* The life of a box seen from outside. */
#ifndef SANDBOX_SUPERVISE_H
#define SANDBOX_SUPERVISE_H

#include "box.h"
#include "fault.h"
#include "plan.h"
#include "report.h"

/*
 * Runs the plan's program in a box from beginning to end and fills REPORT, which is complete
 * either way: on failure (ours) its verdict is box_error and its message the reason. When
 * this returns, nothing of the box is left.
 */
int supervise(struct report *report, const struct plan *plan, struct host *host, struct fault *f);

/*
 * The same for a box that is built; it is dead when this returns, and left to be closed. SIGNALS
 * is what supervise_signals gave; REPORT is initialised.
 */
int supervise_box(struct report *report, const struct plan *plan, struct box *box, int signals,
	struct fault *f);

/* From now on SIGTERM, SIGINT and SIGHUP are read from the fd that this gives, or -1. */
int supervise_signals(struct fault *f);

#endif
