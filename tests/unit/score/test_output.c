// SPDX-License-Identifier: MIT
#include "score/output.h"

#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void compare(struct output_match *match, enum compare_kind kind, const char *expected, const char *actual)
{
	struct err e = { 0 };

	*match = (struct output_match){ 0 };
	assert_int_equal(
		output_compare(match, kind, 1e-6, expected, strlen(expected), actual, strlen(actual), &e), 0);
}

static bool equal(enum compare_kind kind, const char *expected, const char *actual)
{
	struct output_match match;
	bool is;

	compare(&match, kind, expected, actual);
	is = match.equal;
	output_match_done(&match);
	return is;
}

static void assert_differs(enum compare_kind kind, const char *expected, const char *actual, const char *reason)
{
	struct output_match match;

	compare(&match, kind, expected, actual);

	assert_false(match.equal);
	assert_string_equal(match.reason, reason);
	output_match_done(&match);
}

static void exact_forgives_a_missing_last_newline_on_either_side(void **state)
{
	(void)state;

	assert_true(equal(COMPARE_EXACT, "a\nb\n", "a\nb"));
	assert_true(equal(COMPARE_EXACT, "a\nb", "a\nb\n"));
	assert_true(equal(COMPARE_EXACT, "", "\n"));
}

static void exact_forgives_nothing_else(void **state)
{
	(void)state;

	assert_differs(COMPARE_EXACT, "a\nb\n", "a\nb\n\n", "the output goes on where it should end, in line 2");
	assert_differs(COMPARE_EXACT, "a\nb\n", "a\n", "the output ends too early, in line 1");
	assert_differs(COMPARE_EXACT, "a\nbc\n", "a\nbd\n", "the output differs in line 2, at byte 2 of the line");
	assert_differs(COMPARE_EXACT, "a\n", "a\r\n", "the output goes on where it should end, in line 1");
}

static void exact_sees_what_stands_behind_a_nul(void **state)
{
	struct output_match match = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(output_compare(&match, COMPARE_EXACT, 0, "a\0b", 3, "a\0c", 3, &e), 0);

	assert_false(match.equal);
	assert_string_equal(match.actual, "a\xEF\xBF\xBD" "c");
	output_match_done(&match);
}

static void tokens_care_for_words_and_not_for_space(void **state)
{
	(void)state;

	assert_true(equal(COMPARE_TOKENS, "1 2\n3", "  1\t2\r\n\n3\n"));
	assert_differs(COMPARE_TOKENS, "1 2 3", "1 2 4", "word 3 differs, in line 1 of the output");
	assert_differs(COMPARE_TOKENS, "1 2 3", "1 2", "the output ends after 2 words; more were expected");
	assert_differs(COMPARE_TOKENS, "1 2", "1 2 3", "the output has more than the 2 words expected");
	assert_differs(COMPARE_TOKENS, "1.0", "1.00", "word 1 differs, in line 1 of the output");
}

static void tokens_of_nothing_are_nothing(void **state)
{
	(void)state;

	assert_true(equal(COMPARE_TOKENS, "", " \n\t"));
	assert_differs(COMPARE_TOKENS, "1", "", "the output ends after 0 words; more were expected");
}

static void numbers_may_differ_by_the_tolerance_absolute_or_relative(void **state)
{
	(void)state;

	assert_true(equal(COMPARE_FLOAT, "0.5 1e3 x", "0.5000009 1000.0009 x"));
	assert_false(equal(COMPARE_FLOAT, "0.5", "0.500002"));
	assert_true(equal(COMPARE_FLOAT, "1000000000", "1000000999"));
	assert_false(equal(COMPARE_FLOAT, "1000000000", "1000001001"));
}

static void nan_equals_only_nan_and_infinities_have_a_sign(void **state)
{
	(void)state;

	assert_true(equal(COMPARE_FLOAT, "nan", "NaN"));
	assert_false(equal(COMPARE_FLOAT, "1", "nan"));
	assert_false(equal(COMPARE_FLOAT, "nan", "1"));
	assert_true(equal(COMPARE_FLOAT, "-inf", "-Infinity"));
	assert_false(equal(COMPARE_FLOAT, "inf", "-inf"));
	assert_false(equal(COMPARE_FLOAT, "1e308", "inf"));
	assert_false(equal(COMPARE_FLOAT, "inf", "1e999"));
	assert_true(equal(COMPARE_FLOAT, "1e999", "1e999"));
}

static void only_decimal_numbers_are_numbers(void **state)
{
	(void)state;

	assert_false(equal(COMPARE_FLOAT, "16", "0x10"));
	assert_false(equal(COMPARE_FLOAT, "1", "1.0f"));
	assert_false(equal(COMPARE_FLOAT, "1", "1,0"));
	assert_false(equal(COMPARE_FLOAT, "0", "-"));
	assert_false(equal(COMPARE_FLOAT, "0", "nan(0)"));
}

static void excerpts_are_short_valid_and_around_the_difference(void **state)
{
	AUTO_TEXT struct text expected = { 0 }, actual = { 0 };
	struct output_match match;
	(void)state;
	text_add_times(&expected, "ä", 5000);
	text_add_times(&actual, "ä", 2500);
	text_add_times(&actual, "\xff", 2500);

	compare(&match, COMPARE_EXACT, text_bytes(&expected), text_bytes(&actual));

	assert_true(strlen(match.expected) <= 400 && strlen(match.actual) <= 400);
	assert_true(text_is_utf8(match.actual, strlen(match.actual)));
	assert_non_null(strstr(match.actual, "ä\xEF\xBF\xBD"));
	output_match_done(&match);
}

static void a_checker_is_not_compared_here(void **state)
{
	struct output_match match = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(output_compare(&match, COMPARE_CHECKER, 0, "", 0, "", 0, &e), -1);

	assert_int_equal(e.kind, ERR_INTERNAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exact_forgives_a_missing_last_newline_on_either_side),
		cmocka_unit_test(exact_forgives_nothing_else),
		cmocka_unit_test(exact_sees_what_stands_behind_a_nul),
		cmocka_unit_test(tokens_care_for_words_and_not_for_space),
		cmocka_unit_test(tokens_of_nothing_are_nothing),
		cmocka_unit_test(numbers_may_differ_by_the_tolerance_absolute_or_relative),
		cmocka_unit_test(nan_equals_only_nan_and_infinities_have_a_sign),
		cmocka_unit_test(only_decimal_numbers_are_numbers),
		cmocka_unit_test(excerpts_are_short_valid_and_around_the_difference),
		cmocka_unit_test(a_checker_is_not_compared_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
