// SPDX-License-Identifier: MIT
/*
 * Taking things out of a dead box, by fd only: what lies there was named and shaped by
 * strangers. Nothing is ever opened by a path that they could bend.
 */
#ifndef SANDBOX_COLLECT_H
#define SANDBOX_COLLECT_H

#include "fault.h"
#include "mounts.h"
#include "plan.h"

/* Called with each thing that isn't there or isn't what may be taken: a sentence. */
typedef void collect_say_fn(void *to, const char *sentence);

/*
 * Does all of the plan's --collect and --snapshot. What the program did wrong (no such file, a
 * link, a device, too large) is said and leaves no file; only a failure of ours fails.
 */
int collect_all(const struct plan *plan, const struct folders *folders, collect_say_fn *say,
	void *to, struct fault *f);

#endif
