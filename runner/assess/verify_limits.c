// SPDX-License-Identifier: MIT
/*
 * Shares of limits are compared as products of whole numbers, so that no rounding decides which is the nearest.
 */
#include "assess/verify_limits.h"

#include <string.h>

/* --- how near --------------------------------------------------------------------------------------------------- */

bool closest_is_nearer(const struct closest *a, const struct closest *b)
{
	if (!a->limit || !b->limit)
		return a->limit != NULL;
	return a->used_ms * b->allowed_ms > b->used_ms * a->allowed_ms;
}

bool closest_is_too_near(const struct closest *closest)
{
	return closest->limit && closest->used_ms * 2 > closest->allowed_ms;
}

static void meet(struct closest *closest, const char *limit, int64_t used_ms, int64_t allowed_ms)
{
	const struct closest one = { limit, used_ms, allowed_ms };

	if (allowed_ms > 0 && used_ms >= 0 && closest_is_nearer(&one, closest))
		*closest = one;
}

/* Whether the limits of the candidate's boxes bound it, and not the tester's. */
static bool is_candidates(const struct box_run *run, const struct task *task)
{
	const struct suite *suite = run->suite ? task_suite(task, run->suite) : NULL;

	return strcmp(run->what, "tester") != 0 ? strcmp(run->what, "checker") != 0 :
						  suite && suite->against == AGAINST_SHARED;
}

struct closest closest_of(const struct result *result, const struct task *task)
{
	struct closest closest = { 0 };

	for (size_t i = 0; i < result->run_count; i++) {
		const struct box_run *run = &result->runs[i];

		if (!is_candidates(run, task))
			continue;
		meet(&closest, "wall_ms", run->wall_ms, task->limits.wall_ms);
		meet(&closest, "cpu_ms", run->cpu_user_ms + run->cpu_system_ms, task->limits.cpu_ms);
	}
	for (size_t i = 0; i < result->test_count; i++) {
		const struct test_result *test = &result->tests[i];
		const struct suite *suite = task_suite(task, test->suite);
		long known = manifest_find(&task->manifest, test->suite, test->name);
		int64_t own_ms = known >= 0 ? task->manifest.tests[known].test_ms : 0;

		meet(&closest, "test_ms", test->duration_ms, own_ms ? own_ms : suite ? suite->test_ms : 0);
	}
	return closest;
}

/* --- half as much time again ------------------------------------------------------------------------------------ */

static int64_t raised(int64_t ms)
{
	return ms + ms / 2;
}

static void raise_limits(struct limits *limits)
{
	limits->wall_ms = raised(limits->wall_ms);
	limits->cpu_ms = raised(limits->cpu_ms);
}

int raised_task(struct task *out, const struct task *task, struct err *e)
{
	struct suite *suites = mem_new(task->suite_count, sizeof(*suites), e);
	struct manifest_test *tests = mem_new(task->manifest.test_count, sizeof(*tests), e);

	if (!suites || !tests) {
		free(suites);
		free(tests);
		return -1;
	}
	*out = *task;
	raise_limits(&out->limits);
	raise_limits(&out->tester_limits);
	out->service.ready_ms = raised(out->service.ready_ms);
	for (size_t i = 0; i < task->suite_count; i++) {
		suites[i] = task->suites[i];
		suites[i].test_ms = raised(suites[i].test_ms);
	}
	for (size_t i = 0; i < task->manifest.test_count; i++) {
		tests[i] = task->manifest.tests[i];
		tests[i].test_ms = raised(tests[i].test_ms);
	}
	out->suites = suites;
	out->manifest.tests = tests;
	return 0;
}

void raised_task_done(struct task *raised_one)
{
	free(raised_one->suites);
	free(raised_one->manifest.tests);
	*raised_one = (struct task){ 0 };
}
