// SPDX-License-Identifier: MIT
#include "score/ruling.h"

#include "score/reported.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void rule(struct ruling *out, struct ruled ruled, const char *score, const char *message)
{
	struct err e = { 0 };

	ruled.score = score;
	ruled.score_size = score ? strlen(score) : 0;
	ruled.message = message;
	ruled.message_size = message ? strlen(message) : 0;
	*out = (struct ruling){ 0 };
	assert_int_equal(ruling_make(out, &ruled, &e), 0);
}

static const struct ruled accepts = { .exit_code = 42 }, rejects = { .exit_code = 43 };

static void assert_rules(
	struct ruled ruled, const char *score, const char *message, enum outcome outcome, const char *reason)
{
	struct ruling ruling;

	rule(&ruling, ruled, score, message);

	assert_int_equal(ruling.outcome, outcome);
	if (reason)
		assert_string_equal(ruling.reason, reason);
	else
		assert_null(ruling.reason);
	ruling_done(&ruling);
}

static int withheld(const char *score)
{
	struct ruling ruling;
	int is;

	rule(&ruling, accepts, score, NULL);
	assert_int_equal(ruling.outcome, OUTCOME_PASSED);
	is = ruling.withheld;
	ruling_done(&ruling);
	return is;
}

static void forty_two_accepts_and_forty_three_rejects(void **state)
{
	(void)state;

	assert_rules(accepts, NULL, NULL, OUTCOME_PASSED, NULL);
	assert_rules(rejects, NULL, NULL, OUTCOME_FAILED, "the checker rejected the output");
	assert_rules((struct ruled){ .is_judge = true, .exit_code = 43 }, NULL, NULL, OUTCOME_FAILED,
		"the judge rejected what the program said");
}

static void what_the_checker_tells_the_candidate_is_the_reason_in_one_clean_line(void **state)
{
	(void)state;

	assert_rules(rejects, NULL, "  line 3:\n\x1b[31mtoo long\xff\n", OUTCOME_FAILED,
		"line 3: \\x1b[31mtoo long\xEF\xBF\xBD");
	assert_rules(rejects, NULL, "expected  3\r\n\r\n\tgot 4 \n", OUTCOME_FAILED, "expected  3 got 4");
	assert_rules(rejects, NULL, " \n", OUTCOME_FAILED, "the checker rejected the output");
}

static void a_long_message_is_cut(void **state)
{
	char message[5000];
	struct ruling ruling;
	(void)state;
	memset(message, 'x', sizeof(message));
	message[sizeof(message) - 1] = '\0';

	rule(&ruling, rejects, NULL, message);

	assert_int_equal(strlen(ruling.reason), REPORTED_MAX_NAME);
	assert_string_equal(ruling.reason + REPORTED_MAX_NAME - 4, "x…");
	ruling_done(&ruling);
}

static void a_share_is_a_decimal_number_from_0_to_1(void **state)
{
	(void)state;

	assert_int_equal(withheld(NULL), 0);
	assert_int_equal(withheld("1"), 0);
	assert_int_equal(withheld(" 1.000\n"), 0);
	assert_int_equal(withheld("0.25\n"), 750000);
	assert_int_equal(withheld(".5"), 500000);
	assert_int_equal(withheld("00.3333339"), 666667);
}

static void a_share_may_have_an_exponent_as_languages_print_it(void **state)
{
	(void)state;

	assert_int_equal(withheld("5e-1\n"), 500000);
	assert_int_equal(withheld("2.500000e-01"), 750000);
	assert_int_equal(withheld("5e-05"), 999950);
	assert_int_equal(withheld("1E+0"), 0);
	assert_int_equal(withheld("0.025e1"), 750000);
	assert_int_equal(withheld("0.000001e6"), 0);
	assert_rules(accepts, "0e99999999999999999999", NULL, OUTCOME_FAILED, "the checker gives it no points");
	assert_rules(accepts, "1e-99999999999999999999", NULL, OUTCOME_FAILED, "the checker gives it no points");
}

static void a_share_of_nothing_is_a_failure(void **state)
{
	(void)state;

	assert_rules(accepts, "0.0", NULL, OUTCOME_FAILED, "the checker gives it no points");
	assert_rules(accepts, "0", "too slow", OUTCOME_FAILED, "too slow");
	assert_rules(accepts, "0.0000001", NULL, OUTCOME_FAILED, "the checker gives it no points");
}

static void any_other_score_is_the_mistake_of_the_task(void **state)
{
	static const char *const scores[] = { "", " ", ".", "-0.5", "+1", "2", "1.1", "10", "0.5.5", "1e1", "0.2e1", "1e",
		"1e-", "e-1", ".e-1", "1e-1.0", "1e--1", "5e-1e-1", "1e99999999999999999999", "inf", "nan", "0x1", "0x1p-1",
		"1,0", "0.5 0.5", "half", "99999999999999999999" };
	(void)state;

	for (size_t i = 0; i < sizeof(scores) / sizeof(scores[0]); i++)
		assert_rules(accepts, scores[i], NULL, OUTCOME_ERROR,
			"tester_limit: the checker's score.txt is no number from 0 to 1");
}

static void a_judge_is_called_one(void **state)
{
	static const struct ruled judge = { .is_judge = true, .exit_code = 42 };
	(void)state;

	assert_rules(judge, "2", NULL, OUTCOME_ERROR, "tester_limit: the judge's score.txt is no number from 0 to 1");
	assert_rules(judge, "0", NULL, OUTCOME_FAILED, "the judge gives it no points");
}

static void the_score_of_what_is_rejected_means_nothing(void **state)
{
	(void)state;

	assert_rules(rejects, "1", NULL, OUTCOME_FAILED, "the checker rejected the output");
}

static void any_other_end_is_the_mistake_of_the_task(void **state)
{
	(void)state;

	assert_rules((struct ruled){ .exit_code = 0 }, NULL, NULL, OUTCOME_ERROR,
		"tester_limit: the checker ended with status 0, which is neither 42 (right) nor 43 (wrong)");
	assert_rules((struct ruled){ .exit_code = 125 }, NULL, "believe me", OUTCOME_ERROR,
		"tester_limit: the checker ended with status 125, which is neither 42 (right) nor 43 (wrong)");
	assert_rules((struct ruled){ .verdict = VERDICT_SIGNALED, .exit_code = -1 }, NULL, NULL, OUTCOME_ERROR,
		"tester_limit: the checker was stopped or crashed: crashed");
	assert_rules((struct ruled){ .is_judge = true, .verdict = VERDICT_WALL_LIMIT, .exit_code = 42 }, NULL, NULL,
		OUTCOME_ERROR, "tester_limit: the judge was stopped or crashed: ran out of time");
}

static void who_ends_before_the_judge_accepts_is_wrong_whatever_the_judge_dies_of(void **state)
{
	static const struct ruled early = { .is_judge = true, .ended_early = true };
	struct ruled ruled = early;
	(void)state;

	ruled.exit_code = 1;
	assert_rules(ruled, NULL, NULL, OUTCOME_FAILED, "the program ended before the judge accepted");
	ruled.exit_code = 43;
	assert_rules(ruled, NULL, NULL, OUTCOME_FAILED, "the program ended before the judge accepted");
	ruled.exit_code = 42;
	assert_rules(ruled, NULL, NULL, OUTCOME_PASSED, NULL);
	ruled.verdict = VERDICT_CPU_LIMIT;
	assert_rules(ruled, NULL, NULL, OUTCOME_ERROR,
		"tester_limit: the judge was stopped or crashed: used up its processor time");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forty_two_accepts_and_forty_three_rejects),
		cmocka_unit_test(what_the_checker_tells_the_candidate_is_the_reason_in_one_clean_line),
		cmocka_unit_test(a_long_message_is_cut),
		cmocka_unit_test(a_share_is_a_decimal_number_from_0_to_1),
		cmocka_unit_test(a_share_may_have_an_exponent_as_languages_print_it),
		cmocka_unit_test(a_share_of_nothing_is_a_failure),
		cmocka_unit_test(any_other_score_is_the_mistake_of_the_task),
		cmocka_unit_test(a_judge_is_called_one),
		cmocka_unit_test(the_score_of_what_is_rejected_means_nothing),
		cmocka_unit_test(any_other_end_is_the_mistake_of_the_task),
		cmocka_unit_test(who_ends_before_the_judge_accepts_is_wrong_whatever_the_judge_dies_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
