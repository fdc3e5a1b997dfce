// SPDX-License-Identifier: MIT
#include "evaluate_bench.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
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
		CLAIM(a_part_of_the_points_is_rounded_down_and_explained),
		CLAIM(who_gave_a_part_may_say_why),
		CLAIM(a_third_of_three_is_one_although_its_decimals_end),
		CLAIM(what_depends_on_a_part_counts),
		CLAIM(the_rule_min_gives_all_the_share_of_the_weakest),
		CLAIM(the_rule_min_leaves_nothing_beside_a_test_that_failed),
		CLAIM(the_rule_all_takes_a_part_for_nothing),
		CLAIM(a_candidate_sees_the_own_part_of_a_test_whose_group_has_hidden_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
