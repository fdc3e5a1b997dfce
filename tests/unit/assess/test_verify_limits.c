// SPDX-License-Identifier: MIT
#include "assess/verify_limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A task with a service suite "http", whose tests have 1000 ms each, and a shared one, "units". */
static struct suite suites[] = {
	{ .id = (char *)"http", .against = AGAINST_SERVICE, .test_ms = 1000 },
	{ .id = (char *)"units", .against = AGAINST_SHARED },
};

static struct manifest_test tests[] = {
	{ .name = (char *)"reads", .suite = (char *)"http" },
	{ .name = (char *)"waits", .suite = (char *)"http", .test_ms = 5000 },
};

static struct task task = {
	.suites = suites,
	.suite_count = 2,
	.limits = { .wall_ms = 4000, .cpu_ms = 2000 },
	.tester_limits = { .wall_ms = 8000, .cpu_ms = 4000 },
	.service = { .ready_ms = 500 },
	.manifest = { .tests = tests, .test_count = 2 },
};

static struct result *with_box(const char *what, const char *suite, int64_t wall_ms, int64_t cpu_ms)
{
	struct result *result = result_new(NULL);
	struct box_run *run = result_add_run(result, NULL);

	run->what = mem_copy(what, NULL);
	run->suite = mem_copy(suite, NULL);
	run->wall_ms = wall_ms;
	run->cpu_user_ms = cpu_ms;
	return result;
}

static void add_test(struct result *result, const char *name, int64_t duration_ms)
{
	struct test_result *test = result_add_test(result, NULL);

	test->suite = mem_copy("http", NULL);
	test->name = mem_copy(name, NULL);
	test->duration_ms = duration_ms;
}

static void check(const struct closest *closest, const char *limit, int64_t used_ms, int64_t allowed_ms)
{
	assert_string_equal(closest->limit, limit);
	assert_int_equal(closest->used_ms, used_ms);
	assert_int_equal(closest->allowed_ms, allowed_ms);
}

static void the_larger_share_of_a_limit_is_the_nearer(void **state)
{
	AUTO_RESULT struct result *result = with_box("case", "http", 1000, 900);
	struct closest closest;
	(void)state;

	closest = closest_of(result, &task);

	check(&closest, "cpu_ms", 900, 2000);
	assert_false(closest_is_too_near(&closest));
}

static void more_than_half_of_a_limit_is_too_near(void **state)
{
	AUTO_RESULT struct result *result = with_box("service", "http", 2001, 0);
	struct closest closest;
	(void)state;

	closest = closest_of(result, &task);

	check(&closest, "wall_ms", 2001, 4000);
	assert_true(closest_is_too_near(&closest));
}

static void a_testers_box_is_bound_by_other_limits(void **state)
{
	AUTO_RESULT struct result *result = with_box("tester", "http", 3999, 1999);
	struct closest closest;
	(void)state;

	closest = closest_of(result, &task);

	assert_null(closest.limit);
	assert_false(closest_is_too_near(&closest));
}

static void but_not_where_the_candidates_code_runs_in_it(void **state)
{
	AUTO_RESULT struct result *result = with_box("tester", "units", 3999, 0);
	struct closest closest;
	(void)state;

	closest = closest_of(result, &task);

	check(&closest, "wall_ms", 3999, 4000);
}

static void a_test_has_its_own_time_or_its_suites(void **state)
{
	AUTO_RESULT struct result *result = result_new(NULL);
	struct closest closest;
	(void)state;
	add_test(result, "waits", 3000);
	add_test(result, "reads", 700);

	closest = closest_of(result, &task);

	check(&closest, "test_ms", 700, 1000);
}

static void a_raised_task_has_half_as_much_time_again_and_nothing_else(void **state)
{
	struct task raised;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(raised_task(&raised, &task, &e), 0);

	assert_int_equal(raised.limits.wall_ms, 6000);
	assert_int_equal(raised.limits.cpu_ms, 3000);
	assert_int_equal(raised.tester_limits.wall_ms, 12000);
	assert_int_equal(raised.service.ready_ms, 750);
	assert_int_equal(raised.suites[0].test_ms, 1500);
	assert_int_equal(raised.suites[1].test_ms, 0);
	assert_int_equal(raised.manifest.tests[1].test_ms, 7500);
	assert_int_equal(task.suites[0].test_ms, 1000);
	raised_task_done(&raised);
}

int main(void)
{
	const struct CMUnitTest claims[] = {
		cmocka_unit_test(the_larger_share_of_a_limit_is_the_nearer),
		cmocka_unit_test(more_than_half_of_a_limit_is_too_near),
		cmocka_unit_test(a_testers_box_is_bound_by_other_limits),
		cmocka_unit_test(but_not_where_the_candidates_code_runs_in_it),
		cmocka_unit_test(a_test_has_its_own_time_or_its_suites),
		cmocka_unit_test(a_raised_task_has_half_as_much_time_again_and_nothing_else),
	};

	return cmocka_run_group_tests(claims, NULL, NULL);
}
