// SPDX-License-Identifier: MIT
/* The life of a box seen from outside. */
#ifndef SANDBOX_SUPERVISE_H
#define SANDBOX_SUPERVISE_H

#include "fault.h"
#include "plan.h"
#include "report.h"

/*
 * Runs the plan's program in a box from beginning to end and fills REPORT, which is complete
 * either way: on failure (ours) its verdict is box_error and its message the reason. When
 * this returns, nothing of the box is left.
 */
int supervise(struct report *report, const struct plan *plan, struct fault *f);

#endif
