// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/*
 * What assay writes for other programs it can read itself, and finds the same tests with the same outcomes in it.
 */
#include "report/report.h"

#include "base/json.h"
#include "base/text.h"
#include "score/reported.h"
#include "support/failing_alloc.h"
#include "support/score_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

typedef int render(char **out, const struct result *result, bool stable, struct err *e);
typedef int parse(struct reported *out, const char *bytes, size_t size, struct err *e);

/* Texts that some format takes for something else. */
static const char *const hostile[] = {
	"plain", "a # SKIP b", "\\", "ends with \\", "\\# #\\", "1..5", "- dash", "ok 7", "Bail out!", "---", "...",
	"# Subtest: x", "a > b", "<testcase/>", "]]>", "&amp; &#0; &", "\"quoted\" 'too'", "tab\there", "two\nlines",
	"\x1b[31mred", "\xef\xbf\xbf is none", "\xe2\x80\xae reversed", "\xf0\x9f\x98\x80", "nul \xef\xbf\xbd", "test_x[a.b-1]", "\x01",
	"TAP version 13", "not ok 2 # TODO", "%s%n", "a: |", "{\"a\": 1}", "# SKIP", "12",
};

enum { HOSTILE = sizeof(hostile) / sizeof(hostile[0]) };

static char *copy(const char *s)
{
	char *made = mem_copy(s, NULL);

	assert_non_null(made);
	return made;
}

/* One test for each hostile name and text, every outcome in turn, in two suites. */
static struct result *hostile_result(void)
{
	struct result *result = result_new(NULL);

	for (size_t i = 0; i < HOSTILE; i++) {
		struct test_result *test = result_add_test(result, NULL);

		test->name = mem_format(NULL, "%s%zu", hostile[i], i);
		test->suite = copy(i % 2 ? "odd" : "even");
		test->outcome = (enum outcome)(i % (OUTCOME_MISSING + 1));
		test->max_points = 1;
		test->points = test->outcome == OUTCOME_PASSED;
		test->duration_ms = (int64_t)i;
		test->reason = copy(hostile[i]);
		test->expected = copy(hostile[HOSTILE - 1 - i]);
		test->actual = copy(hostile[i]);
		test->output = copy(hostile[i]);
	}
	result->gradable = true;
	return result;
}

/* What a name becomes on its way: visible, one line where the format has lines, without what XML can't hold; behind the name of its suite and us. */
static char *expected_name(const struct test_result *test, const char *between, bool one_line)
{
	struct text t = { 0 };
	char *name = NULL, *none;

	text_addf(&t, "%s%s", test->suite, between);
	text_add_visible(&t, test->name, one_line);
	assert_int_equal(text_take(&t, &name, NULL), 0);
	none = one_line ? NULL : strstr(name, "\xef\xbf\xbf");
	if (none)
		none[2] = (char)0xbd;
	return name;
}

static const struct reported_test *find(const struct reported *reported, const char *name)
{
	for (size_t i = 0; i < reported->count; i++)
		if (strcmp(reported->tests[i].name, name) == 0)
			return &reported->tests[i];
	fail_msg("nothing is called \"%s\"", name);
	return NULL;
}

static void assert_read_back(const struct result *result, render *render_it, parse *parse_it, const char *between,
	bool one_line)
{
	struct reported reported = { 0 };
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };

	assert_int_equal(render_it(&text, result, false, &e), 0);
	assert_int_equal(parse_it(&reported, text, strlen(text), &e), 0);

	assert_true(text_is_utf8(text, strlen(text)));
	for (size_t i = 0; i < reported.anomalies.count; i++)
		print_message("odd: %s\n", reported.anomalies.item[i]);
	assert_int_equal(reported.anomalies.count, 0);
	assert_false(reported.incomplete);
	assert_int_equal(reported.count, result->test_count);
	for (size_t i = 0; i < result->test_count; i++) {
		AUTO_FREE char *name = expected_name(&result->tests[i], between, one_line);
		const struct reported_test *said = find(&reported, name);

		if (said->outcome != result->tests[i].outcome)
			fail_msg("\"%s\" is %s, was %s", name, outcome_name(said->outcome),
				outcome_name(result->tests[i].outcome));
		assert_int_equal(said->duration_ms, result->tests[i].duration_ms);
	}
	reported_done(&reported);
}

static void junit_is_read_back_whatever_stands_in_it(void **state)
{
	struct result *hostile_one = hostile_result(), *sample = sample_result();
	(void)state;

	assert_read_back(hostile_one, report_result_junit, parse_junit, ".", false);
	assert_read_back(sample, report_result_junit, parse_junit, ".", false);

	result_free(hostile_one);
	result_free(sample);
}

static void tap_is_read_back_whatever_stands_in_it(void **state)
{
	struct result *hostile_one = hostile_result(), *sample = sample_result();
	(void)state;

	assert_read_back(hostile_one, report_result_tap, parse_tap, " > ", true);
	assert_read_back(sample, report_result_tap, parse_tap, " > ", true);

	result_free(hostile_one);
	result_free(sample);
}

static void the_texts_of_a_failed_test_come_along(void **state)
{
	struct reported reported = { 0 };
	struct result *sample = sample_result();
	AUTO_FREE char *text = NULL;
	const struct reported_test *test;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(report_result_tap(&text, sample, false, &e), 0);
	assert_int_equal(parse_tap(&reported, text, strlen(text), &e), 0);

	test = find(&reported, "open > t.writes");
	assert_string_equal(test->message, "2 != 3");
	assert_string_equal(test->expected, "2");
	assert_string_equal(test->actual, "3");
	assert_string_equal(test->output, "printed by the test\n");
	reported_done(&reported);
	result_free(sample);
}

static void assert_stable(render *render_it)
{
	struct result *one = sample_result(), *other = sample_result();
	AUTO_FREE char *first = NULL, *second = NULL;
	struct err e = { 0 };

	for (size_t i = 0; i < other->test_count; i++) {
		other->tests[i].duration_ms = 4711;
		free(other->tests[i].reason);
		free(other->tests[i].output);
		other->tests[i].reason = copy("another word");
		other->tests[i].output = copy("another text");
	}
	assert_int_equal(render_it(&first, one, true, &e), 0);
	assert_int_equal(render_it(&second, other, true, &e), 0);

	assert_string_equal(first, second);
	result_free(one);
	result_free(other);
}

static void stable_formats_hold_nothing_that_was_measured(void **state)
{
	(void)state;

	assert_stable(report_result_junit);
	assert_stable(report_result_tap);
}

static void nothing_in_them_commands_a_terminal(void **state)
{
	struct result *result = hostile_result();
	AUTO_FREE char *junit = NULL, *tap = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(report_result_junit(&junit, result, false, &e), 0);
	assert_int_equal(report_result_tap(&tap, result, false, &e), 0);

	assert_null(strpbrk(junit, "\x01\x1b\r"));
	assert_null(strpbrk(tap, "\x01\x1b\r\t"));
	assert_null(strstr(junit, "\xe2\x80\xae"));
	assert_null(strstr(tap, "\xe2\x80\xae"));
	result_free(result);
}

static void an_ungradable_result_bails_out(void **state)
{
	struct reported reported = { 0 };
	struct result *sample = sample_result();
	AUTO_FREE char *tap = NULL, *junit = NULL;
	struct err e = { 0 };
	(void)state;
	sample->gradable = false;
	sample->reason = copy("no box\nat all");

	assert_int_equal(report_result_tap(&tap, sample, false, &e), 0);
	assert_int_equal(report_result_junit(&junit, sample, false, &e), 0);
	assert_int_equal(parse_tap(&reported, tap, strlen(tap), &e), 0);

	assert_int_equal(reported.count, 0);
	assert_non_null(strstr(tap, "\nBail out! no box\\\\nat all\n"));
	assert_non_null(strstr(junit, "name=\"not_gradable\" value=\"no box&#10;at all\""));
	reported_done(&reported);
	result_free(sample);
}

static void assert_refuses_cleanly(render *render_it, enum failing_mode mode)
{
	struct result *sample = sample_result();
	bool failed = true;

	for (size_t n = 0; failed; n++) {
		struct err e = { 0 };
		char *text = NULL;
		int said;

		failing_alloc_start(n, mode);
		said = render_it(&text, sample, false, &e);
		free(text);
		failed = failing_alloc_stop();
		assert_int_equal(said, failed ? -1 : 0);
		assert_int_equal(e.kind, failed ? ERR_SYSTEM : ERR_NONE);
		assert_int_equal(failing_alloc_balance(), 0);
	}
	result_free(sample);
}

static void writing_them_refuses_cleanly_when_memory_runs_out(void **state)
{
	(void)state;

	assert_refuses_cleanly(report_result_junit, FAIL_ONCE);
	assert_refuses_cleanly(report_result_junit, FAIL_FROM_THEN_ON);
	assert_refuses_cleanly(report_result_tap, FAIL_ONCE);
	assert_refuses_cleanly(report_result_tap, FAIL_FROM_THEN_ON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(junit_is_read_back_whatever_stands_in_it),
		cmocka_unit_test(tap_is_read_back_whatever_stands_in_it),
		cmocka_unit_test(the_texts_of_a_failed_test_come_along),
		cmocka_unit_test(stable_formats_hold_nothing_that_was_measured),
		cmocka_unit_test(nothing_in_them_commands_a_terminal),
		cmocka_unit_test(an_ungradable_result_bails_out),
		cmocka_unit_test(writing_them_refuses_cleanly_when_memory_runs_out),
	};

	return cmocka_run_group_tests_name("report/result_formats", tests, NULL, NULL);
}
