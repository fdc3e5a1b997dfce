// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/*
 * The corridor where memory runs out: it says so, or gives a result that can't be graded; it never gives points that
 * weren't earned, takes none that were, and leaks nothing. Real boxes run here.
 */
#include "assess/grade.h"
#include "assess/grade_reports.h"
#include "assess/grade_terms.h"

#include "support/failing_alloc.h"
#include "support/real_box.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { MOST = 5000, STEP = 7 };

static void a_grade_without_memory_is_no_grade(void **state)
{
	AUTO_TASK struct task *task = NULL;
	struct grade_order order = {
		.submission = "tests/cases/tasks/word-count/solutions/compile_error/typo",
		.allow_sampled = true,
		.stop_fd = -1,
	};
	bool failed = true;
	AUTO_FREE char *box = NULL;
	(void)state;

	if (!real_box(&box))
		skip();
	assert_int_equal(task_load(&task, "tests/cases/tasks/word-count", false, NULL), 0);
	order.task = task;
	for (size_t n = 0; failed && n < MOST; n += STEP) {
		struct result *result = NULL;
		enum result_verdict verdict = RESULT_NONE;
		struct err e = { 0 };
		int said;

		failing_alloc_start(n, FAIL_ONCE);
		said = grade(&result, &order, &e);
		if (said == 0 && result->gradable)
			verdict = result->verdict;
		result_free(result);
		failed = failing_alloc_stop();
		if (said == 0 && verdict != RESULT_NONE && verdict != RESULT_COMPILE_ERROR)
			fail_msg("allocation %zu: %s", n, result_verdict_name(verdict));
		if (said < 0 && e.kind != ERR_SYSTEM)
			fail_msg("allocation %zu: %s", n, e.text);
		assert_int_equal(failing_alloc_balance(), 0);
	}
	assert_false(failed);
}

/* --- carrying reports ------------------------------------------------------------------------------------------- */

static char *copy(const char *s)
{
	return mem_copy(s, NULL);
}

static void fill_run(struct suite_run *run, const struct suite *suite)
{
	*run = (struct suite_run){ .suite = suite, .exit_code = 0, .boxes = calloc(1, sizeof(*run->boxes)), .box_count = 1 };
	run->report = copy("TAP version 13\n1..1\nok 1 - what was put can be read\n");
	run->report_size = strlen(run->report);
	run->boxes[0].what = "tester";
	run->boxes[0].suite = copy(suite->id);
	run->boxes[0].report.limits_mode = copy("cgroup2");
	run->boxes[0].log = copy("TAP");
	run->service_end = copy("the service ended");
}

static void a_report_is_carried_whole_or_not_at_all(void **state)
{
	AUTO_TASK struct task *task = NULL;
	bool failed = true;
	(void)state;

	assert_int_equal(task_load(&task, "tests/cases/tasks/key-store", false, NULL), 0);
	for (size_t n = 0; failed && n < MOST; n++) {
		struct suite_report out = { 0 };
		struct err e = { 0 };
		struct suite_run run;
		int said = -1;

		fill_run(&run, task_suite(task, "visible"));
		failing_alloc_start(n, FAIL_ONCE);
		{
			AUTO_RESULT struct result *result = result_new(&e);

			if (result)
				said = grade_take_suite(&out, result, &run, &e);
			reported_done(&out.reported);
		}
		failed = failing_alloc_stop();
		suite_run_done(&run);
		assert_int_equal(said, failed ? -1 : 0);
	}
	assert_false(failed);
}

static void a_box_moves_into_the_result(void **state)
{
	AUTO_TASK struct task *task = NULL;
	AUTO_RESULT struct result *result = result_new(NULL);
	AUTO_SUITE_RUN struct suite_run run = { 0 };
	struct suite_report out = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(task_load(&task, "tests/cases/tasks/key-store", false, NULL), 0);
	fill_run(&run, task_suite(task, "visible"));
	assert_int_equal(grade_take_suite(&out, result, &run, &e), 0);

	assert_int_equal(result->run_count, 1);
	assert_string_equal(result->runs[0].what, "tester");
	assert_string_equal(result->runs[0].limits_mode, "cgroup2");
	assert_string_equal(result->runs[0].log, "TAP");
	assert_int_equal(out.end, SUITE_ENDED);
	assert_int_equal(out.reported.count, 1);
	assert_int_equal(strlen(out.sha256), 64);
	reported_done(&out.reported);
}

static void a_suite_whose_service_never_listened_is_not_started(void **state)
{
	AUTO_TASK struct task *task = NULL;
	AUTO_RESULT struct result *result = result_new(NULL);
	AUTO_SUITE_RUN struct suite_run run = { .end = RUN_NOT_STARTED, .verdict = VERDICT_WALL_LIMIT, .why = copy("late") };
	struct suite_report out = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(task_load(&task, "tests/cases/tasks/key-store", false, NULL), 0);
	run.suite = task_suite(task, "http");
	assert_int_equal(grade_take_suite(&out, result, &run, &e), 0);

	assert_int_equal(out.end, SUITE_NOT_STARTED);
	assert_int_equal(out.verdict, VERDICT_WALL_LIMIT);
	assert_string_equal(out.why, "late");
	assert_false(out.has_report);
}

static void a_service_that_ended_is_named_in_the_tests_that_follow(void **state)
{
	AUTO_TASK struct task *task = NULL;
	AUTO_RESULT struct result *result = result_new(NULL);
	AUTO_SUITE_RUN struct suite_run run = { .service_end = copy("the service ended: ran out of memory") };
	struct suite_report out = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(task_load(&task, "tests/cases/tasks/key-store", false, NULL), 0);
	run.suite = task_suite(task, "http");
	run.report = copy("1..4\nnot ok 1 - early\nok 2 - good\nnot ok 3 - late\n  ---\n  message: connection refused\n  ...\n"
			  "ok 4 - skipped # SKIP\n");
	run.report_size = strlen(run.report);
	assert_int_equal(grade_take_suite(&out, result, &run, &e), 0);

	assert_null(out.reported.tests[0].message);
	assert_null(out.reported.tests[1].message);
	assert_string_equal(out.reported.tests[2].message, "the service ended: ran out of memory; connection refused");
	assert_null(out.reported.tests[3].message);
	reported_done(&out.reported);
}

/* How many anomalies a report has whose tester ended so. */
static size_t odd_with(const char *report, enum run_end end, int exit_code)
{
	AUTO_TASK struct task *task = NULL;
	AUTO_RESULT struct result *result = result_new(NULL);
	AUTO_SUITE_RUN struct suite_run run = { .end = end, .exit_code = exit_code, .report = copy(report) };
	struct suite_report out = { 0 };
	size_t count;

	assert_int_equal(task_load(&task, "tests/cases/tasks/key-store", false, NULL), 0);
	run.suite = task_suite(task, "http");
	run.report_size = strlen(report);
	assert_int_equal(grade_take_suite(&out, result, &run, NULL), 0);
	count = out.reported.anomalies.count;
	if (count)
		assert_string_equal(out.reported.anomalies.item[0],
			"no test failed, says the report, but the tests ended with status 1");
	reported_done(&out.reported);
	return count;
}

static void a_report_without_failures_from_a_tester_that_failed_is_odd(void **state)
{
	(void)state;
	assert_int_equal(odd_with("1..2\nok 1 - one\nok 2 - two # SKIP\n", RUN_ENDED, 1), 1);
	assert_int_equal(odd_with("1..1\nok 1 - one\n", RUN_ENDED, 0), 0);
	assert_int_equal(odd_with("1..2\nok 1 - one\nnot ok 2 - two\n", RUN_ENDED, 1), 0);
	assert_int_equal(odd_with("1..2\nok 1 - one\nnot ok 2 - two\n", RUN_ENDED, 0), 0);
	assert_int_equal(odd_with("1..1\nok 1 - one\n", RUN_STOPPED, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_grade_without_memory_is_no_grade),
		cmocka_unit_test(a_report_is_carried_whole_or_not_at_all),
		cmocka_unit_test(a_box_moves_into_the_result),
		cmocka_unit_test(a_suite_whose_service_never_listened_is_not_started),
		cmocka_unit_test(a_service_that_ended_is_named_in_the_tests_that_follow),
		cmocka_unit_test(a_report_without_failures_from_a_tester_that_failed_is_odd),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
