// SPDX-License-Identifier: MIT
/*
 * Reports that are too large, too deep or too clever for a file below tests/cases/.
 */
#include "score/reported.h"

#include "base/clock.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

struct bench {
	struct text input;
	struct reported reported;
	struct err e;
};

static int set_up(void **state)
{
	*state = mem_new(1, sizeof(struct bench), NULL);
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	text_done(&bench->input);
	reported_done(&bench->reported);
	free(bench);
	return 0;
}

static void junit(struct bench *bench)
{
	assert_int_equal(parse_junit(&bench->reported, bench->input.bytes, bench->input.length, &bench->e), 0);
}

static void tap(struct bench *bench)
{
	assert_int_equal(parse_tap(&bench->reported, bench->input.bytes, bench->input.length, &bench->e), 0);
}

static void assert_odd(const struct bench *bench, const char *sentence)
{
	assert_true(strings_find(&bench->reported.anomalies, sentence) >= 0);
}

static void a_hundred_thousand_tests_are_read_quickly(void **state)
{
	struct bench *bench = *state;
	int64_t began = clock_monotonic_ms();
	text_add(&bench->input, "<testsuite>");
	for (int i = 0; i < 100000; i++)
		text_addf(&bench->input, "<testcase classname='c' name='n%d'/>", i % 90000);
	text_add(&bench->input, "</testsuite>");

	junit(bench);

	assert_int_equal(bench->reported.count, 90000);
	assert_odd(bench, "10000 tests were reported more than once: the worst outcome counts");
	assert_true(clock_monotonic_ms() - began < 10000);
}

static void the_test_behind_a_hundred_thousand_is_not_read(void **state)
{
	struct bench *bench = *state;
	text_add(&bench->input, "<testsuite>");
	for (int i = 0; i < 100001; i++)
		text_addf(&bench->input, "<testcase name='%d'/>", i);

	junit(bench);

	assert_int_equal(bench->reported.count, 100000);
	assert_true(bench->reported.incomplete);
	assert_odd(bench, "the report has more than 100000 tests: the rest was not read");
}

static void a_report_deeper_than_64_levels_is_read_up_to_there(void **state)
{
	struct bench *bench = *state;
	text_add(&bench->input, "<testsuite><testcase name='before'/>");
	text_add_times(&bench->input, "<testsuite>", 70);
	text_add(&bench->input, "<testcase name='too deep'/>");

	junit(bench);

	assert_int_equal(bench->reported.count, 1);
	assert_true(bench->reported.incomplete);
	assert_odd(bench, "the report is nested deeper than 64 levels: it was read up to there");
}

static void a_test_at_the_deepest_level_does_not_pass_by_being_cut_off(void **state)
{
	struct bench *bench = *state;
	text_add_times(&bench->input, "<testsuite>", 62);
	text_add(&bench->input, "<testcase name='fails'><failure/></testcase>");
	text_add(&bench->input, "<testcase name='deep'><a><failure/></a></testcase>");

	junit(bench);

	assert_int_equal(bench->reported.count, 1);
	assert_string_equal(bench->reported.tests[0].name, "fails");
	assert_int_equal(bench->reported.tests[0].outcome, OUTCOME_FAILED);
}

static void an_attribute_of_a_mebibyte_becomes_a_short_name(void **state)
{
	struct bench *bench = *state;
	text_add(&bench->input, "<testsuite><testcase classname='c' name='");
	text_add_times(&bench->input, "ä", 512 << 10);
	text_add(&bench->input, "'/></testsuite>");

	junit(bench);

	assert_true(strlen(bench->reported.tests[0].name) <= 1024);
	assert_true(text_ends_with(bench->reported.tests[0].name, "ä…"));
	assert_odd(bench, "the name of a test is longer than 1024 bytes");
}

static void a_long_text_keeps_its_head_and_its_tail(void **state)
{
	struct bench *bench = *state;
	const struct reported_test *test;
	text_add(&bench->input, "<testsuite><testcase name='n'><system-out>HEAD");
	text_add_times(&bench->input, "0123456789\n", 100000);
	text_add(&bench->input, "TAIL</system-out></testcase></testsuite>");

	junit(bench);

	test = &bench->reported.tests[0];
	assert_true(test->truncated);
	assert_true(strlen(test->output) < 66 << 10);
	assert_true(text_starts_with(test->output, "HEAD") && text_ends_with(test->output, "TAIL"));
	assert_non_null(strstr(test->output, "bytes left out"));
}

static void of_more_than_16_mib_the_whole_tests_are_kept(void **state)
{
	struct bench *bench = *state;
	text_add(&bench->input, "<testsuite><testcase name='first'/><testcase name='second'><system-out>");
	text_add_times(&bench->input, "0123456789abcdef", 1 << 20);
	text_add(&bench->input, "</system-out></testcase></testsuite>");

	junit(bench);

	assert_int_equal(bench->reported.count, 1);
	assert_true(bench->reported.incomplete);
	assert_odd(bench, "the report is larger than 16 MiB: the rest was not read");
}

static void ampersands_alone_take_no_quadratic_time(void **state)
{
	struct bench *bench = *state;
	int64_t began = clock_monotonic_ms();
	text_add(&bench->input, "<testsuite><testcase name='n'><failure>");
	text_add_times(&bench->input, "&#1<!-", 300000);

	junit(bench);

	assert_true(bench->reported.incomplete);
	assert_true(clock_monotonic_ms() - began < 10000);
}

static void a_doctype_is_found_behind_a_nul(void **state)
{
	struct bench *bench = *state;
	static const char hidden[] = "<!DOC\0TYPE x [<!ENTITY a 'b'>]><testsuite><testcase name='&a;'/></testsuite>";
	text_add_bytes(&bench->input, hidden, sizeof(hidden) - 1);

	junit(bench);

	assert_int_equal(bench->reported.count, 0);
	assert_odd(bench, "the report declares a document type or entities: it was not read");
}

static void a_doctype_put_together_around_an_instruction_stays_refused(void **state)
{
	struct bench *bench = *state;
	text_add(&bench->input, "<!DOC<?x?>TYPE x [<!ENT<?x?>ITY a 'b'>]><testsuite><testcase name='&a;'/></testsuite>");

	junit(bench);

	assert_int_equal(bench->reported.count, 0);
	assert_true(bench->reported.incomplete);
}

static void our_own_root_cannot_be_closed_from_inside(void **state)
{
	struct bench *bench = *state;
	text_add(&bench->input, "<testcase name='one'/></assay-report><testcase name='two'/>");

	junit(bench);

	assert_int_equal(bench->reported.count, 1);
	assert_true(bench->reported.incomplete);
}

static void an_empty_report_holds_no_tests(void **state)
{
	struct bench *bench = *state;
	text_add(&bench->input, "");

	junit(bench);

	assert_int_equal(bench->reported.count, 0);
	assert_odd(bench, "the report holds no tests");
}

static void anomalies_are_noted_fifty_times_at_most(void **state)
{
	struct bench *bench = *state;
	text_add(&bench->input, "<testsuite>");
	text_add_times(&bench->input, "<error message='again \xE2\x80\xAE'/>", 1000);
	text_add(&bench->input, "</testsuite>");

	junit(bench);

	assert_int_equal(bench->reported.anomalies.count, 50);
	assert_string_equal(bench->reported.anomalies.item[0], "an error outside any test: again \\u202e");
}

static void a_hundred_thousand_lines_of_tap_are_read_quickly(void **state)
{
	struct bench *bench = *state;
	int64_t began = clock_monotonic_ms();
	text_add(&bench->input, "1..100001\n");
	for (int i = 1; i <= 100001; i++)
		text_addf(&bench->input, "ok %d - n%d\n", i, i);

	tap(bench);

	assert_int_equal(bench->reported.count, 100000);
	assert_true(bench->reported.incomplete);
	assert_true(clock_monotonic_ms() - began < 10000);
}

static void tap_nested_deeper_than_64_levels_is_noise(void **state)
{
	struct bench *bench = *state;
	text_add_times(&bench->input, "    ", 64);
	text_add(&bench->input, "ok 1 - too deep\n1..1\nok 1 - here\n");

	tap(bench);

	assert_int_equal(bench->reported.count, 1);
	assert_string_equal(bench->reported.tests[0].name, "here");
}

static void a_long_name_of_nested_tap_is_cut(void **state)
{
	struct bench *bench = *state;
	text_add(&bench->input, "    ok 1 - leaf\nok 1 - ");
	text_add_times(&bench->input, "x", 5000);
	text_add(&bench->input, "\n1..1\n");

	tap(bench);

	assert_true(strlen(bench->reported.tests[0].name) <= 1024);
	assert_true(text_ends_with(bench->reported.tests[0].name, "x…"));
}

static void an_exit_status_makes_one_test(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(parse_exit(&bench->reported, "check", 3, &bench->e), 0);

	assert_int_equal(bench->reported.count, 1);
	assert_int_equal(bench->reported.tests[0].outcome, OUTCOME_FAILED);
	assert_string_equal(bench->reported.tests[0].message, "ended with status 3");
}

static void the_exit_status_zero_passes(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(parse_exit(&bench->reported, "check", 0, &bench->e), 0);

	assert_int_equal(bench->reported.tests[0].outcome, OUTCOME_PASSED);
	assert_null(bench->reported.tests[0].message);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_hundred_thousand_tests_are_read_quickly),
		CLAIM(the_test_behind_a_hundred_thousand_is_not_read),
		CLAIM(a_report_deeper_than_64_levels_is_read_up_to_there),
		CLAIM(a_test_at_the_deepest_level_does_not_pass_by_being_cut_off),
		CLAIM(an_attribute_of_a_mebibyte_becomes_a_short_name),
		CLAIM(a_long_text_keeps_its_head_and_its_tail),
		CLAIM(of_more_than_16_mib_the_whole_tests_are_kept),
		CLAIM(ampersands_alone_take_no_quadratic_time),
		CLAIM(a_doctype_is_found_behind_a_nul),
		CLAIM(a_doctype_put_together_around_an_instruction_stays_refused),
		CLAIM(our_own_root_cannot_be_closed_from_inside),
		CLAIM(an_empty_report_holds_no_tests),
		CLAIM(anomalies_are_noted_fifty_times_at_most),
		CLAIM(a_hundred_thousand_lines_of_tap_are_read_quickly),
		CLAIM(tap_nested_deeper_than_64_levels_is_noise),
		CLAIM(a_long_name_of_nested_tap_is_cut),
		CLAIM(an_exit_status_makes_one_test),
		CLAIM(the_exit_status_zero_passes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
