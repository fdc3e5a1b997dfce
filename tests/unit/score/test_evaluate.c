// SPDX-License-Identifier: MIT
#include "evaluate_bench.h"

static void tests_that_passed_earn_their_points(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 5);
	assert_int_equal(bench->result->max_points, 5);
	assert_int_equal(bench->result->verdict, RESULT_ACCEPTED);
	assert_null(said(bench, 0)->reason);
}

static void some_points_are_partial_and_the_failure_says_why(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(PASSED("reads") FAILED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 2);
	assert_int_equal(bench->result->verdict, RESULT_PARTIAL);
	assert_int_equal(said(bench, 1)->outcome, OUTCOME_FAILED);
	assert_string_equal(said(bench, 1)->reason, "no writes");
}

static void an_absent_report_earns_nothing(void **state)
{
	struct bench *bench = *state;

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(bench->result->verdict, RESULT_WRONG_ANSWER);
	assert_int_equal(said(bench, 0)->outcome, OUTCOME_MISSING);
	assert_string_equal(said(bench, 0)->reason, "there is no report");
}

static void a_malformed_report_earns_nothing(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, "9 Tests 0 Failures, all OK! <testcase");

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(said(bench, 1)->outcome, OUTCOME_MISSING);
	assert_string_equal(said(bench, 1)->reason,
		"the report breaks off or is not well formed at line 1: not well-formed (invalid token)");
}

static void a_report_that_breaks_off_says_so_at_each_test_behind(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, "<testsuite>" PASSED("reads") "<testcase");

	grade(bench);

	assert_int_equal(bench->result->points, 2);
	assert_string_equal(said(bench, 1)->reason, "the report breaks off before this test");
}

static void a_report_that_is_refused_says_why_at_each_test(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, "<!DOCTYPE x>" SUITE(PASSED("reads")));

	grade(bench);

	assert_string_equal(said(bench, 0)->reason, "the report declares a document type or entities: it was not read");
}

static void a_report_for_another_suite_earns_nothing_in_this_one(void **state)
{
	struct bench *bench = *state;
	report(bench, 1, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(bench->result->reports[1].unexpected.count, 2);
}

static void skipped_tests_earn_nothing(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(SKIPPED("reads") SKIPPED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(said(bench, 0)->outcome, OUTCOME_SKIPPED);
	assert_int_equal(bench->result->verdict, RESULT_WRONG_ANSWER);
}

static void a_test_reported_twice_counts_as_its_worse_report(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(PASSED("reads") FAILED("reads") PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(said(bench, 0)->outcome, OUTCOME_FAILED);
	assert_int_equal(bench->result->points, 3);
}

static void an_unexpected_test_is_noted_and_earns_nothing(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes") PASSED("bonus")));

	grade(bench);

	assert_int_equal(bench->result->points, 5);
	assert_int_equal(bench->result->test_count, 2);
	assert_int_equal(bench->result->reports[0].unexpected.count, 1);
	assert_string_equal(bench->result->reports[0].unexpected.item[0], "t.bonus");
}

static void a_flood_of_unexpected_tests_is_counted_and_the_first_named(void **state)
{
	struct bench *bench = *state;
	bench->reports[0].has_report = true;
	for (int i = 0; i < 300; i++) {
		AUTO_FREE char *name = mem_format(NULL, "t.bonus_%03d", i);

		reported_add(&bench->reports[0].reported, name, NULL)->outcome = OUTCOME_PASSED;
	}

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(bench->result->reports[0].unexpected.count, 200);
	assert_string_equal(bench->result->reports[0].anomalies.item[0],
		"tests that nobody expected: 300, of which 200 are named");
}

static void a_file_that_could_not_be_imported_is_told_among_the_anomalies(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE("<testcase name='test_errors'><error message='collection failure'/></testcase>"));

	grade(bench);

	assert_int_equal(bench->result->reports[0].anomalies.count, 1);
	assert_string_equal(bench->result->reports[0].anomalies.item[0], "test_errors: collection failure");
}

#define BROKEN(file, why) "<testcase name='" file "'><error message='collection failure'>" why "</error></testcase>"

static void tests_of_a_file_that_could_not_be_imported_say_why(void **state)
{
	struct bench *bench = *state;
	expect_test(bench, "open", "other.test_a", 1);
	expect_test(bench, "open", "o.test_b", 1);
	report(bench, 0,
		SUITE(BROKEN("other", "o.py:1: in module&#10;E   ImportError: cannot&#10;E   ValueError: no luck") BROKEN(
			"t", "E   SyntaxError: bad")));

	grade(bench);

	assert_string_equal(said(bench, 0)->reason, "t: SyntaxError: bad");
	assert_string_equal(said(bench, 2)->reason, "other: ValueError: no luck");
	assert_string_equal(said(bench, 3)->reason, "other: ValueError: no luck");
	assert_int_equal(said(bench, 2)->outcome, OUTCOME_MISSING);
	assert_string_equal(bench->result->reports[0].anomalies.item[1], "t: SyntaxError: bad");
}

static void a_test_that_is_silent_for_no_reason_says_so(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(PASSED("reads") FAILED("bonus")));

	grade(bench);

	assert_string_equal(said(bench, 1)->reason, "the report does not mention it");
}

static void a_suite_that_was_not_run_is_missing(void **state)
{
	struct bench *bench = *state;
	expect_test(bench, "secret", "t.holds", 4);
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	assert_int_equal(evaluate(bench->result, &bench->task, bench->reports, 1, false, &bench->e), 0);

	assert_int_equal(bench->result->points, 5);
	assert_int_equal(bench->result->max_points, 9);
	assert_string_equal(said(bench, 2)->reason, "its suite was not run");
}

/* --- how a suite ended ------------------------------------------------------------------------------------------ */

static void a_suite_without_a_service_is_not_run_and_says_why(void **state)
{
	struct bench *bench = *state;
	bench->reports[0].end = SUITE_NOT_STARTED;
	bench->reports[0].why = "the service was not ready after 8 s";
	report(bench, 0, SUITE(PASSED("reads")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(said(bench, 0)->outcome, OUTCOME_NOT_RUN);
	assert_string_equal(said(bench, 0)->reason, "the service was not ready after 8 s");
}

static void what_was_reported_before_a_suite_was_stopped_stands(void **state)
{
	struct bench *bench = *state;
	bench->reports[0].end = SUITE_STOPPED;
	bench->reports[0].verdict = VERDICT_MEMORY_LIMIT;
	report(bench, 0, "<testsuite>" PASSED("reads"));

	grade(bench);

	assert_int_equal(bench->result->points, 2);
	assert_int_equal(said(bench, 1)->outcome, OUTCOME_NOT_RUN);
	assert_string_equal(said(bench, 1)->reason, "used up its memory");
}

static void report_without_plan(struct bench *bench, enum suite_end end)
{
	static const char tap[] = "ok 1 - t.reads\n";

	bench->reports[0].end = end;
	bench->reports[0].has_report = true;
	assert_int_equal(parse_tap(&bench->reports[0].reported, tap, strlen(tap), &bench->e), 0);
	grade(bench);
}

static void a_report_without_a_plan_is_odd(void **state)
{
	struct bench *bench = *state;

	report_without_plan(bench, SUITE_ENDED);

	assert_int_equal(bench->result->reports[0].anomalies.count, 1);
	assert_string_equal(bench->result->reports[0].anomalies.item[0], "the report has no plan");
}

static void but_not_where_its_suite_was_stopped(void **state)
{
	struct bench *bench = *state;

	report_without_plan(bench, SUITE_STOPPED);

	assert_int_equal(bench->result->reports[0].anomalies.count, 0);
}

static void nothing_counts_in_a_suite_whose_tester_choked(void **state)
{
	struct bench *bench = *state;
	bench->reports[0].end = SUITE_TESTER_LIMIT;
	bench->reports[0].verdict = VERDICT_WALL_LIMIT;
	report(bench, 0, SUITE(PASSED("reads") FAILED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(said(bench, 0)->outcome, OUTCOME_ERROR);
	assert_string_equal(said(bench, 0)->reason, "tester_limit: ran out of time");
	assert_string_equal(bench->result->reports[0].anomalies.item[0], "tester_limit: ran out of time");
}

static void a_solution_that_says_so_is_quoted(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(FAILED("reads") PASSED("writes")));
	free(bench->reports[0].reported.tests[0].message);
	bench->reports[0].reported.tests[0].message = mem_copy("tester_limit: the tests were stopped", NULL);

	grade(bench);

	assert_string_equal(said(bench, 0)->reason, "\"tester_limit: the tests were stopped\"");
}

/* --- verdicts --------------------------------------------------------------------------------------------------- */

static void a_failed_build_is_the_verdict_before_all_others(void **state)
{
	struct bench *bench = *state;
	bench->reports[0].end = SUITE_NOT_STARTED;
	bench->reports[0].why = "the build failed";
	add_run(bench, "service", "open", VERDICT_WALL_LIMIT, -1);

	assert_int_equal(evaluate(bench->result, &bench->task, bench->reports, 2, true, &bench->e), 0);

	assert_int_equal(bench->result->verdict, RESULT_COMPILE_ERROR);
}

static void the_worst_of_the_candidates_runs_is_the_verdict(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));
	add_run(bench, "service", "open", VERDICT_SIGNALED, -1);
	add_run(bench, "service", "secret", VERDICT_CPU_LIMIT, -1);
	add_run(bench, "service", "open", VERDICT_OUTPUT_LIMIT, -1);

	grade(bench);

	assert_int_equal(bench->result->verdict, RESULT_TIME_LIMIT);
}

static void disk_processes_and_denied_calls_are_runtime_errors(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));
	add_run(bench, "case", "open", VERDICT_DENIED_CALL, -1);

	grade(bench);

	assert_int_equal(bench->result->verdict, RESULT_RUNTIME_ERROR);
}

static void an_exit_status_is_an_error_of_a_case_but_not_of_a_tester(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));
	add_run(bench, "tester", "open", VERDICT_EXITED, 1);
	add_run(bench, "service", "open", VERDICT_EXITED, -1);

	grade(bench);

	assert_int_equal(bench->result->verdict, RESULT_ACCEPTED);
	add_run(bench, "case", "open", VERDICT_EXITED, 1);
	assert_int_equal(result_judge(bench->result, READER_INTERVIEWER, false), RESULT_RUNTIME_ERROR);
}

static void a_limit_of_the_testers_box_is_no_verdict_about_the_candidate(void **state)
{
	struct bench *bench = *state;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));
	add_run(bench, "tester", "open", VERDICT_MEMORY_LIMIT, -1);
	add_run(bench, "checker", "open", VERDICT_SIGNALED, -1);

	grade(bench);

	assert_int_equal(bench->result->verdict, RESULT_ACCEPTED);
}

static void a_shared_suite_is_forgeable_and_its_tester_is_the_candidates(void **state)
{
	struct bench *bench = *state;
	struct suite shared[] = { suites[0], suites[1] };
	shared[0].against = AGAINST_SHARED;
	bench->task.suites = shared;
	bench->reports[0].suite = &shared[0];
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));
	add_run(bench, "tester", "open", VERDICT_MEMORY_LIMIT, -1);

	grade(bench);

	assert_true(bench->result->forgeable);
	assert_true(bench->result->reports[0].forgeable);
	assert_int_equal(bench->result->verdict, RESULT_MEMORY_LIMIT);
}

static void a_result_with_a_reason_stays_ungradable_and_earns_nothing(void **state)
{
	struct bench *bench = *state;
	bench->result->reason = mem_copy("the box could not be built", NULL);
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_false(bench->result->gradable);
	assert_int_equal(bench->result->points, 0);
	assert_int_equal(bench->result->verdict, RESULT_NONE);
}

#define TOOK(name, seconds) "<testcase classname='t' name='" name "' time='" seconds "'/>"

static void a_test_that_took_longer_than_it_may_has_failed(void **state)
{
	struct bench *bench = *state;
	bench->tests[1].test_ms = 500;
	report(bench, 0, SUITE(TOOK("reads", "0.501") TOOK("writes", "0.501")));

	grade(bench);

	assert_int_equal(said(bench, 0)->outcome, OUTCOME_PASSED);
	assert_int_equal(said(bench, 1)->outcome, OUTCOME_FAILED);
	assert_string_equal(said(bench, 1)->reason, "passed, but took longer than the 500 ms that it may");
	assert_int_equal(bench->result->points, 2);
}

static void a_test_may_take_as_long_as_its_suite_says(void **state)
{
	struct bench *bench = *state;
	struct suite slow = suites[0];
	slow.test_ms = 1000;
	bench->reports[0].suite = &slow;
	report(bench, 0, SUITE(TOOK("reads", "1.000") TOOK("writes", "1.001")));

	grade(bench);

	assert_int_equal(said(bench, 0)->outcome, OUTCOME_PASSED);
	assert_int_equal(said(bench, 1)->outcome, OUTCOME_FAILED);
}

static void a_tests_own_time_goes_before_its_suites(void **state)
{
	struct bench *bench = *state;
	struct suite slow = suites[0];
	slow.test_ms = 1000;
	bench->reports[0].suite = &slow;
	bench->tests[0].test_ms = 3000;
	report(bench, 0, SUITE(TOOK("reads", "2.5") TOOK("writes", "0.5")));

	grade(bench);

	assert_int_equal(bench->result->points, 5);
}

static void a_test_without_a_time_took_none(void **state)
{
	struct bench *bench = *state;
	bench->tests[0].test_ms = 10;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 5);
}

static void a_test_is_marked_in_which_the_candidate_judged_itself(void **state)
{
	struct bench *bench = *state;
	char *names[] = { (char *)"t.writes" };
	const struct strings judged = { .item = names, .count = 1 };
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));
	bench->reports[0].self_judged = &judged;

	grade(bench);

	assert_false(said(bench, 0)->self_judged);
	assert_true(said(bench, 1)->self_judged);
}

static void every_test_is_marked_where_nobody_knows_which(void **state)
{
	struct bench *bench = *state;
	expect_test(bench, "secret", "t.hides", 1);
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));
	bench->reports[0].may_be_self_judged = true;

	grade(bench);

	assert_true(said(bench, 0)->self_judged);
	assert_true(said(bench, 1)->self_judged);
	assert_false(said(bench, 2)->self_judged);
	assert_int_equal(bench->result->points, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(tests_that_passed_earn_their_points),
		CLAIM(some_points_are_partial_and_the_failure_says_why),
		CLAIM(an_absent_report_earns_nothing),
		CLAIM(a_malformed_report_earns_nothing),
		CLAIM(a_report_that_breaks_off_says_so_at_each_test_behind),
		CLAIM(a_report_that_is_refused_says_why_at_each_test),
		CLAIM(a_report_for_another_suite_earns_nothing_in_this_one),
		CLAIM(skipped_tests_earn_nothing),
		CLAIM(a_test_reported_twice_counts_as_its_worse_report),
		CLAIM(an_unexpected_test_is_noted_and_earns_nothing),
		CLAIM(tests_of_a_file_that_could_not_be_imported_say_why),
		CLAIM(a_test_that_is_silent_for_no_reason_says_so),
		CLAIM(a_flood_of_unexpected_tests_is_counted_and_the_first_named),
		CLAIM(a_file_that_could_not_be_imported_is_told_among_the_anomalies),
		CLAIM(a_suite_that_was_not_run_is_missing),
		CLAIM(a_test_that_took_longer_than_it_may_has_failed),
		CLAIM(a_test_may_take_as_long_as_its_suite_says),
		CLAIM(a_tests_own_time_goes_before_its_suites),
		CLAIM(a_test_without_a_time_took_none),
		CLAIM(a_suite_without_a_service_is_not_run_and_says_why),
		CLAIM(what_was_reported_before_a_suite_was_stopped_stands),
		CLAIM(a_report_without_a_plan_is_odd),
		CLAIM(but_not_where_its_suite_was_stopped),
		CLAIM(nothing_counts_in_a_suite_whose_tester_choked),
		CLAIM(a_solution_that_says_so_is_quoted),
		CLAIM(a_failed_build_is_the_verdict_before_all_others),
		CLAIM(the_worst_of_the_candidates_runs_is_the_verdict),
		CLAIM(disk_processes_and_denied_calls_are_runtime_errors),
		CLAIM(an_exit_status_is_an_error_of_a_case_but_not_of_a_tester),
		CLAIM(a_limit_of_the_testers_box_is_no_verdict_about_the_candidate),
		CLAIM(a_shared_suite_is_forgeable_and_its_tester_is_the_candidates),
		CLAIM(a_test_is_marked_in_which_the_candidate_judged_itself),
		CLAIM(every_test_is_marked_where_nobody_knows_which),
		CLAIM(a_result_with_a_reason_stays_ungradable_and_earns_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
