// SPDX-License-Identifier: MIT
#include "submission/run.h"
#include "submission/run_parts.h"

#include "base/fs.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const struct limits limits = { .wall_ms = 1000, .cpu_ms = 400 };

static void a_loop_that_was_stopped_at_its_limit_is_tried_once_more(void **state)
{
	const struct box_report report = { .verdict = VERDICT_CPU_LIMIT, .wall_ms = 410, .cpu_user_ms = 405 };
	(void)state;

	assert_int_equal(run_repeats(&report, &limits), 1);
}

static void one_that_was_far_over_its_limit_is_not(void **state)
{
	const struct box_report report = { .verdict = VERDICT_CPU_LIMIT, .wall_ms = 600, .cpu_user_ms = 500 };
	(void)state;

	assert_int_equal(run_repeats(&report, &limits), 0);
}

static void one_that_got_no_processor_is_tried_twice_more_however_late(void **state)
{
	const struct box_report report = { .verdict = VERDICT_WALL_LIMIT, .wall_ms = 5000, .cpu_user_ms = 199 };
	(void)state;

	assert_int_equal(run_repeats(&report, &limits), 2);
}

static void one_that_the_clock_stopped_at_its_limit_is_tried_once_more(void **state)
{
	const struct limits short_clock = { .wall_ms = 300, .cpu_ms = 2000 };
	struct box_report report = { .verdict = VERDICT_WALL_LIMIT, .wall_ms = 1000, .cpu_user_ms = 201 };
	(void)state;

	assert_int_equal(run_repeats(&report, &limits), 1);
	report.wall_ms = 301;
	report.cpu_user_ms = 290;
	assert_int_equal(run_repeats(&report, &short_clock), 1);
}

static void one_that_got_its_processor_time_and_far_more_of_the_clock_is_not(void **state)
{
	const struct box_report report = { .verdict = VERDICT_WALL_LIMIT, .wall_ms = 1201, .cpu_user_ms = 201 };
	(void)state;

	assert_int_equal(run_repeats(&report, &limits), 0);
}

static void other_verdicts_are_never_doubtful(void **state)
{
	const struct box_report report = { .verdict = VERDICT_MEMORY_LIMIT, .wall_ms = 1000, .cpu_user_ms = 400 };
	(void)state;

	assert_int_equal(run_repeats(&report, &limits), 0);
}

static void endless_loops_leave_repeats_to_others(void **state)
{
	const struct doubt loop = { 1, 1000 }, starved = { 2, 1000 };
	struct run run = { .repeat_ms = 3500 };
	(void)state;

	assert_true(run_tries_again(&run, 1, &loop));
	assert_false(run_tries_again(&run, 2, &loop));
	assert_true(run_tries_again(&run, 1, &starved));
	assert_true(run_tries_again(&run, 2, &starved));
	assert_false(run_tries_again(&run, 3, &starved));
	assert_int_equal(run.repeat_ms, 500);
	assert_false(run_tries_again(&run, 1, &loop));
}

/* --- suites that can't be run ----------------------------------------------------------------------------------- */

static void a_module_of_node_is_not_tested_by_many_processes(void **state)
{
	static char *split[] = { (char *)"node", (char *)"--test", (char *)"/tests/all.test.mjs" };
	struct suite suites[] = {
		{ .id = (char *)"fine", .against = AGAINST_SERVICE, .report = REPORT_JUNIT },
		{ .id = (char *)"m", .against = AGAINST_MODULE, .report = REPORT_TAP, .argv = { split, 3 } },
	};
	struct task task = { .suites = suites, .suite_count = 2, .module = { .language = (char *)"javascript" } };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(run_check(&task, &e), -1);
	assert_int_equal(e.kind, ERR_INVALID);
	assert_ptr_equal(strstr(e.text, "suite m: 'node --test' starts a process for each file"), e.text);

	split[1] = (char *)"--no-warnings";
	assert_int_equal(run_check(&task, &e), 0);
}

static void every_form_of_report_has_its_file(void **state)
{
	(void)state;

	assert_string_equal(run_report_file(REPORT_JUNIT), "/report/report.xml");
	assert_string_equal(run_report_file(REPORT_TAP), "/report/report.tap");
	assert_string_equal(run_report_file(REPORT_UNITY), "/report/report.txt");
	assert_string_equal(run_report_file(REPORT_CTRF), "/report/report.json");
	assert_string_equal(run_report_file(REPORT_GRADESCOPE), "/report/report.json");
	assert_string_equal(run_report_file(REPORT_CHECK50), "/report/report.json");
	assert_null(run_report_file(REPORT_EXIT));
	assert_null(run_report_file(REPORT_CASES));
}

static void the_time_of_a_test_comes_before_that_of_its_suite(void **state)
{
	struct manifest_test tests[] = {
		{ .name = (char *)"01", .suite = (char *)"cases", .test_ms = 200 },
		{ .name = (char *)"02", .suite = (char *)"cases" },
		{ .name = (char *)"02", .suite = (char *)"others", .test_ms = 300 },
	};
	const struct task task = { .manifest = { .tests = tests, .test_count = 3 } };
	const struct suite suite = { .id = (char *)"cases", .test_ms = 1000 };
	(void)state;

	assert_int_equal(run_test_ms(&task, &suite, "01"), 200);
	assert_int_equal(run_test_ms(&task, &suite, "02"), 1000);
	assert_int_equal(run_test_ms(&task, &suite, "03"), 1000);
}

/* --- tries ------------------------------------------------------------------------------------------------------ */

/* A suite whose exit code is its count of passed tests. */
static int count_passed(const struct suite_run *run, size_t *passed, struct err *e)
{
	(void)e;
	*passed = (size_t)run->exit_code;
	return 0;
}

/* The passed tests of the best of these tries. */
static int best_of(const struct suite_run *tries, size_t count)
{
	const struct run run = { .count_passed = count_passed };
	AUTO_SUITE_RUN struct suite_run best = { 0 };
	static const struct suite suite = { 0 };

	for (size_t i = 0; i < count; i++) {
		AUTO_SUITE_RUN struct suite_run once = tries[i];

		once.suite = &suite;
		assert_int_equal(run_keep_better(&run, &best, &once, NULL), 0);
	}
	return best.exit_code;
}

static void the_try_with_more_passed_tests_counts_not_the_last(void **state)
{
	const struct suite_run tries[] = {
		{ .doubtful = true, .exit_code = 3 },
		{ .doubtful = true, .exit_code = 5 },
		{ .doubtful = true, .exit_code = 2 },
	};
	(void)state;

	assert_int_equal(best_of(tries, 3), 5);
}

static void a_try_without_doubt_beats_those_with(void **state)
{
	const struct suite_run tries[] = {
		{ .doubtful = true, .exit_code = 3 },
		{ .doubtful = false, .exit_code = 2 },
	};
	(void)state;

	assert_int_equal(best_of(tries, 2), 2);
}

/* --- seeds ------------------------------------------------------------------------------------------------------ */

static void seed_of(char seed[DIGEST_HEX], const char *dir, const char *suite, const char *pins)
{
	AUTO_TASK struct task *task = NULL;
	struct err e = { 0 };
	struct run run = { .pins = pins };

	if (task_load(&task, dir, false, &e) < 0)
		fail_msg("%s", e.text);
	run.task = task;
	assert_int_equal(run_seed(seed, &run, task_suite(task, suite), &e), 0);
}

static char *copy_of_task(char **dir)
{
	char *copy;

	assert_int_equal(fs_temp_dir(dir, "assay-test-run", NULL), 0);
	copy = fs_join(*dir, "elsewhere", NULL);
	assert_int_equal(fs_copy_tree(AT_FDCWD, "tests/cases/tasks/key-store", AT_FDCWD, copy, NULL), 0);
	return copy;
}

static void a_seed_is_the_same_wherever_the_task_lies(void **state)
{
	AUTO_FREE char *dir = NULL;
	AUTO_FREE char *copy = copy_of_task(&dir);
	char here[DIGEST_HEX], there[DIGEST_HEX];
	(void)state;

	seed_of(here, "tests/cases/tasks/key-store", "http", "pins");
	seed_of(there, copy, "http", "pins");
	fs_remove_tree(AT_FDCWD, dir, NULL);

	assert_string_equal(here, there);
}

static void a_seed_is_another_when_one_byte_of_the_suite_is(void **state)
{
	AUTO_FREE char *dir = NULL;
	AUTO_FREE char *copy = copy_of_task(&dir);
	AUTO_FREE char *file = fs_join(copy, "tests/http/extra", NULL);
	char here[DIGEST_HEX], there[DIGEST_HEX];
	(void)state;

	assert_int_equal(fs_write(AT_FDCWD, file, "x", 1, 0644, NULL), 0);
	seed_of(here, "tests/cases/tasks/key-store", "http", "pins");
	seed_of(there, copy, "http", "pins");
	fs_remove_tree(AT_FDCWD, dir, NULL);

	assert_string_not_equal(here, there);
}

static void each_suite_and_each_pin_has_a_seed_of_its_own(void **state)
{
	char http[DIGEST_HEX], visible[DIGEST_HEX], other[DIGEST_HEX];
	(void)state;

	seed_of(http, "tests/cases/tasks/key-store", "http", "pins");
	seed_of(visible, "tests/cases/tasks/key-store", "visible", "pins");
	seed_of(other, "tests/cases/tasks/key-store", "http", "other pins");

	assert_string_not_equal(http, visible);
	assert_string_not_equal(http, other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_loop_that_was_stopped_at_its_limit_is_tried_once_more),
		cmocka_unit_test(one_that_was_far_over_its_limit_is_not),
		cmocka_unit_test(one_that_got_no_processor_is_tried_twice_more_however_late),
		cmocka_unit_test(one_that_the_clock_stopped_at_its_limit_is_tried_once_more),
		cmocka_unit_test(one_that_got_its_processor_time_and_far_more_of_the_clock_is_not),
		cmocka_unit_test(other_verdicts_are_never_doubtful),
		cmocka_unit_test(endless_loops_leave_repeats_to_others),
		cmocka_unit_test(the_try_with_more_passed_tests_counts_not_the_last),
		cmocka_unit_test(a_try_without_doubt_beats_those_with),
		cmocka_unit_test(a_module_of_node_is_not_tested_by_many_processes),
		cmocka_unit_test(every_form_of_report_has_its_file),
		cmocka_unit_test(the_time_of_a_test_comes_before_that_of_its_suite),
		cmocka_unit_test(a_seed_is_the_same_wherever_the_task_lies),
		cmocka_unit_test(a_seed_is_another_when_one_byte_of_the_suite_is),
		cmocka_unit_test(each_suite_and_each_pin_has_a_seed_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
