// SPDX-License-Identifier: MIT
#include "score/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A task of two suites: "open" against the service, which everybody sees, and "secret", which is hidden. */
static struct suite suites[] = {
	{ .id = (char *)"open", .against = AGAINST_SERVICE, .report = REPORT_JUNIT },
	{ .id = (char *)"secret", .against = AGAINST_SERVICE, .report = REPORT_JUNIT,
		.visibility = VISIBILITY_HIDDEN },
};

/* One evaluation: what a test arranges, and the result. */
struct bench {
	struct task task;
	struct manifest_test tests[6];
	struct group groups[1];
	struct suite_report reports[2];
	struct result *result;
	struct err e;
};

static void expect_test(struct bench *bench, const char *suite, const char *name, int points)
{
	bench->tests[bench->task.manifest.test_count++] = (struct manifest_test){ .suite = (char *)suite,
		.name = (char *)name, .points = points,
		.visibility = strcmp(suite, "secret") == 0 ? VISIBILITY_HIDDEN : VISIBILITY_VISIBLE };
}

static int set_up(void **state)
{
	struct bench *bench = mem_new(1, sizeof(*bench), NULL);

	bench->task = (struct task){ .suites = suites, .suite_count = 2,
		.manifest = { .tests = bench->tests, .groups = bench->groups } };
	bench->reports[0].suite = &suites[0];
	bench->reports[1].suite = &suites[1];
	bench->result = result_new(NULL);
	expect_test(bench, "open", "t.reads", 2);
	expect_test(bench, "open", "t.writes", 3);
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	reported_done(&bench->reports[0].reported);
	reported_done(&bench->reports[1].reported);
	result_free(bench->result);
	free(bench);
	return 0;
}

static void report(struct bench *bench, size_t suite, const char *xml)
{
	bench->reports[suite].has_report = true;
	assert_int_equal(parse_junit(&bench->reports[suite].reported, xml, strlen(xml), &bench->e), 0);
}

static void grade(struct bench *bench)
{
	assert_int_equal(evaluate(bench->result, &bench->task, bench->reports, 2, false, &bench->e), 0);
}

static void add_run(struct bench *bench, const char *what, const char *suite, enum verdict verdict, int exit_code)
{
	struct box_run *run = result_add_run(bench->result, NULL);

	run->what = mem_copy(what, NULL);
	run->suite = mem_copy(suite, NULL);
	run->verdict = verdict;
	run->exit_code = exit_code;
}

static const struct test_result *said(const struct bench *bench, size_t i)
{
	return &bench->result->tests[i];
}

#define SUITE(cases)  "<testsuite>" cases "</testsuite>"
#define PASSED(name)  "<testcase classname='t' name='" name "'/>"
#define FAILED(name)  "<testcase classname='t' name='" name "'><failure message='no " name "'/></testcase>"
#define SKIPPED(name) "<testcase classname='t' name='" name "'><skipped/></testcase>"

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

/* --- what depends ----------------------------------------------------------------------------------------------- */

static void a_test_that_depends_on_a_failed_one_is_not_run_across_suites(void **state)
{
	struct bench *bench = *state;
	expect_test(bench, "secret", "t.holds", 4);
	bench->tests[2].depends = (size_t[]){ 1 };
	bench->tests[2].depends_count = 1;
	report(bench, 0, SUITE(PASSED("reads") FAILED("writes")));
	report(bench, 1, SUITE(PASSED("holds")));

	grade(bench);

	assert_int_equal(bench->result->points, 2);
	assert_int_equal(said(bench, 2)->outcome, OUTCOME_NOT_RUN);
	assert_string_equal(said(bench, 2)->reason, "depends on open/t.writes, which did not pass");
}

static void a_dependency_reaches_through_others(void **state)
{
	struct bench *bench = *state;
	expect_test(bench, "open", "t.holds", 4);
	bench->tests[0].depends = (size_t[]){ 2 };
	bench->tests[0].depends_count = 1;
	bench->tests[1].depends = (size_t[]){ 0 };
	bench->tests[1].depends_count = 1;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes") FAILED("holds")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(said(bench, 1)->outcome, OUTCOME_NOT_RUN);
}

static void a_visible_test_does_not_name_the_hidden_one_it_depends_on(void **state)
{
	struct bench *bench = *state;
	expect_test(bench, "secret", "t.holds", 4);
	bench->tests[0].depends = (size_t[]){ 2 };
	bench->tests[0].depends_count = 1;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_string_equal(said(bench, 0)->reason, "depends on a test that did not pass");
}

static void a_negative_test_counts_behind_the_positive_tests_of_its_group(void **state)
{
	struct bench *bench = *state;
	bench->tests[0].group = bench->tests[1].group = (char *)"lookup";
	bench->tests[1].negative = true;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 5);
}

static void a_negative_test_is_not_run_when_the_positive_ones_failed(void **state)
{
	struct bench *bench = *state;
	bench->tests[0].group = bench->tests[1].group = (char *)"lookup";
	bench->tests[1].negative = true;
	report(bench, 0, SUITE(FAILED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(said(bench, 1)->outcome, OUTCOME_NOT_RUN);
}

static void a_negative_test_that_nothing_backs_never_counts(void **state)
{
	struct bench *bench = *state;
	bench->tests[1].negative = true;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 2);
	assert_int_equal(said(bench, 1)->outcome, OUTCOME_NOT_RUN);
}

static void a_negative_test_with_a_dependency_needs_no_group(void **state)
{
	struct bench *bench = *state;
	bench->tests[1].negative = true;
	bench->tests[1].depends = (size_t[]){ 0 };
	bench->tests[1].depends_count = 1;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 5);
}

static void a_circle_through_a_group_ends_uncounted(void **state)
{
	struct bench *bench = *state;
	bench->tests[0].group = bench->tests[1].group = (char *)"lookup";
	bench->tests[1].negative = true;
	bench->tests[0].depends = (size_t[]){ 1 };
	bench->tests[0].depends_count = 1;
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
}

/* --- groups ----------------------------------------------------------------------------------------------------- */

static void make_group(struct bench *bench, enum group_rule rule)
{
	bench->groups[0] = (struct group){ (char *)"lookup", rule };
	bench->task.manifest.group_count = 1;
	bench->tests[0].group = bench->tests[1].group = (char *)"lookup";
}

static void the_rule_sum_adds_up(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_SUM);
	report(bench, 0, SUITE(PASSED("reads") FAILED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 2);
}

static void the_rule_all_earns_everything_or_nothing(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_ALL);
	report(bench, 0, SUITE(PASSED("reads") FAILED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(said(bench, 0)->outcome, OUTCOME_PASSED);
	assert_string_equal(said(bench, 0)->reason, "its group \"lookup\" counts only as a whole");
}

static void the_rule_min_leaves_nothing_beside_a_test_that_failed(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_MIN);
	report(bench, 0, SUITE(PASSED("reads") FAILED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_string_equal(said(bench, 0)->reason, "its group \"lookup\" gives no test more than the weakest one's share");
}

static void the_rule_all_earns_everything_when_all_passed(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_ALL);
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 5);
}

static void the_rule_min_gives_all_the_worst_share(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_MIN);
	report(bench, 0, SUITE(FAILED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
}

static void a_test_without_points_can_fail_its_group(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_MIN);
	bench->tests[0].points = 0;
	report(bench, 0, SUITE(FAILED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 0);
	assert_int_equal(bench->result->max_points, 3);
}

/* --- parts of points -------------------------------------------------------------------------------------------- */

/* Accepted, but so many millionths of its points are withheld. */
static void report_part(struct bench *bench, const char *name, int withheld, const char *message)
{
	struct reported_test *test = reported_add(&bench->reports[0].reported, name, NULL);

	bench->reports[0].has_report = true;
	test->outcome = OUTCOME_PASSED;
	test->withheld = withheld;
	test->message = message ? mem_copy(message, NULL) : NULL;
}

static void a_part_of_the_points_is_rounded_down_and_explained(void **state)
{
	struct bench *bench = *state;
	report_part(bench, "t.reads", 0, "splendid");
	report_part(bench, "t.writes", 400000, NULL);

	grade(bench);

	assert_int_equal(said(bench, 0)->points, 2);
	assert_null(said(bench, 0)->reason);
	assert_int_equal(said(bench, 1)->points, 1);
	assert_int_equal(said(bench, 1)->withheld_points, 2);
	assert_int_equal(said(bench, 1)->outcome, OUTCOME_PASSED);
	assert_string_equal(said(bench, 1)->reason, "the checker gives it 1 of 3 points");
	assert_int_equal(bench->result->verdict, RESULT_PARTIAL);
}

static void who_gave_a_part_may_say_why(void **state)
{
	struct bench *bench = *state;
	report_part(bench, "t.reads", 500000, "fewer would do");

	grade(bench);

	assert_string_equal(said(bench, 0)->reason, "fewer would do");
}

static void a_third_of_three_is_one_although_its_decimals_end(void **state)
{
	struct bench *bench = *state;
	report_part(bench, "t.writes", REPORTED_WHOLE - 333333, NULL);

	grade(bench);

	assert_int_equal(said(bench, 1)->points, 1);
}

static void what_depends_on_a_part_counts(void **state)
{
	struct bench *bench = *state;
	bench->tests[1].depends = (size_t[]){ 0 };
	bench->tests[1].depends_count = 1;
	report_part(bench, "t.reads", 999999, NULL);
	report_part(bench, "t.writes", 0, NULL);

	grade(bench);

	assert_int_equal(said(bench, 0)->points, 0);
	assert_int_equal(said(bench, 1)->points, 3);
}

static void the_rule_min_gives_all_the_share_of_the_weakest(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_MIN);
	report_part(bench, "t.reads", 500000, NULL);
	report_part(bench, "t.writes", 0, NULL);

	grade(bench);

	assert_int_equal(said(bench, 0)->points, 1);
	assert_int_equal(said(bench, 1)->points, 1);
	assert_string_equal(said(bench, 1)->reason, "its group \"lookup\" gives no test more than the weakest one's share");
}

static void the_rule_all_takes_a_part_for_nothing(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_ALL);
	report_part(bench, "t.reads", 500000, NULL);
	report_part(bench, "t.writes", 0, NULL);

	grade(bench);

	assert_int_equal(bench->result->points, 0);
}

static void a_candidate_sees_the_own_part_of_a_test_whose_group_has_hidden_ones(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_ALL);
	bench->tests[1].visibility = VISIBILITY_HIDDEN;
	report_part(bench, "t.reads", 500000, NULL);

	grade(bench);

	assert_int_equal(said(bench, 0)->points, 0);
	assert_int_equal(result_test_points(bench->result, said(bench, 0), READER_CANDIDATE, false), 1);
}

static void other_groups_are_left_alone(void **state)
{
	struct bench *bench = *state;
	make_group(bench, GROUP_ALL);
	bench->tests[1].group = NULL;
	expect_test(bench, "secret", "t.holds", 4);
	bench->tests[2].group = (char *)"lookup";
	report(bench, 0, SUITE(PASSED("reads") PASSED("writes")));

	grade(bench);

	assert_int_equal(bench->result->points, 3);
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

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
		CLAIM(a_test_that_depends_on_a_failed_one_is_not_run_across_suites),
		CLAIM(a_dependency_reaches_through_others),
		CLAIM(a_visible_test_does_not_name_the_hidden_one_it_depends_on),
		CLAIM(a_negative_test_counts_behind_the_positive_tests_of_its_group),
		CLAIM(a_negative_test_is_not_run_when_the_positive_ones_failed),
		CLAIM(a_negative_test_that_nothing_backs_never_counts),
		CLAIM(a_negative_test_with_a_dependency_needs_no_group),
		CLAIM(a_circle_through_a_group_ends_uncounted),
		CLAIM(the_rule_sum_adds_up),
		CLAIM(the_rule_all_earns_everything_or_nothing),
		CLAIM(the_rule_all_earns_everything_when_all_passed),
		CLAIM(the_rule_min_gives_all_the_worst_share),
		CLAIM(a_test_without_points_can_fail_its_group),
		CLAIM(other_groups_are_left_alone),
		CLAIM(a_test_that_took_longer_than_it_may_has_failed),
		CLAIM(a_test_may_take_as_long_as_its_suite_says),
		CLAIM(a_tests_own_time_goes_before_its_suites),
		CLAIM(a_test_without_a_time_took_none),
		CLAIM(a_part_of_the_points_is_rounded_down_and_explained),
		CLAIM(who_gave_a_part_may_say_why),
		CLAIM(a_third_of_three_is_one_although_its_decimals_end),
		CLAIM(what_depends_on_a_part_counts),
		CLAIM(the_rule_min_gives_all_the_share_of_the_weakest),
		CLAIM(the_rule_min_leaves_nothing_beside_a_test_that_failed),
		CLAIM(the_rule_all_takes_a_part_for_nothing),
		CLAIM(a_candidate_sees_the_own_part_of_a_test_whose_group_has_hidden_ones),
		CLAIM(a_suite_without_a_service_is_not_run_and_says_why),
		CLAIM(what_was_reported_before_a_suite_was_stopped_stands),
		CLAIM(a_report_without_a_plan_is_odd),
		CLAIM(but_not_where_its_suite_was_stopped),
		CLAIM(nothing_counts_in_a_suite_whose_tester_choked),
		CLAIM(a_failed_build_is_the_verdict_before_all_others),
		CLAIM(the_worst_of_the_candidates_runs_is_the_verdict),
		CLAIM(disk_processes_and_denied_calls_are_runtime_errors),
		CLAIM(an_exit_status_is_an_error_of_a_case_but_not_of_a_tester),
		CLAIM(a_limit_of_the_testers_box_is_no_verdict_about_the_candidate),
		CLAIM(a_shared_suite_is_forgeable_and_its_tester_is_the_candidates),
		CLAIM(a_result_with_a_reason_stays_ungradable_and_earns_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
