// SPDX-License-Identifier: MIT
/*
 * Whether a task's time limits tell a slow solution from a slow machine: none may be less than twice what the slowest
 * accepted solution takes, and what is too slow must still be so with half as much time again.
 */
#ifndef ASSESS_VERIFY_LIMITS_H
#define ASSESS_VERIFY_LIMITS_H

#include "base/err.h"
#include "score/result.h"
#include "task/task.h"

#include <stdbool.h>
#include <stdint.h>

/* How near a solution came to a limit of time. */
struct closest {
	const char *limit;           /* "wall_ms", "cpu_ms", "test_ms", "ready_ms"; NULL: it met none */
	int64_t used_ms, allowed_ms;
};

/* Of all the boxes that the candidate's limits bind, and all tests with a time of their own, the one that used the
 * largest share. */
struct closest closest_of(const struct result *result, const struct task *task);

/* Whether a used a larger share of its limit than b. */
bool closest_is_nearer(const struct closest *a, const struct closest *b);

/* Whether the limit is less than twice what was used. */
bool closest_is_too_near(const struct closest *closest);

/* A task like another with half as much time again, for grading only. Borrows everything but its suites and tests. */
int raised_task(struct task *out, const struct task *task, struct err *e);
void raised_task_done(struct task *raised);

#endif
