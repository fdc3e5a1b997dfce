// SPDX-License-Identifier: MIT
/*
 * Reports as test runners really write them, and as somebody writes them who wants to be believed: every directory
 * below tests/cases/junit and its like holds an input and what is read from it.
 */
#include "score/reported.h"

#include "support/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef int parse(struct reported *out, const char *bytes, size_t size, struct err *e);

static struct json *clean(const char *s)
{
	return json_clean(s, s ? strlen(s) : 0);
}

/* Only what was said is written. */
static struct json *test_json(const struct reported_test *test)
{
	struct json *object = json_new_object();

	json_put_take(&object, "name", json_new_string(test->name));
	json_put_take(&object, "outcome", json_new_string(outcome_name(test->outcome)));
	if (test->message)
		json_put_take(&object, "message", clean(test->message));
	if (test->expected || test->actual) {
		json_put_take(&object, "expected", clean(test->expected));
		json_put_take(&object, "actual", clean(test->actual));
	}
	if (test->output)
		json_put_take(&object, "output", clean(test->output));
	if (test->truncated)
		json_put_take(&object, "truncated", json_pack_new("b", true));
	if (test->duration_ms >= 0)
		json_put_take(&object, "duration_ms", json_pack_new("I", (long long)test->duration_ms));
	return object;
}

static struct json *reported_json(const struct reported *reported)
{
	struct json *root = json_new_object(), *tests = json_new_array();

	for (size_t i = 0; i < reported->count; i++)
		json_append_take(&tests, test_json(&reported->tests[i]));
	json_put_take(&root, "tests", tests);
	json_put_take(&root, "incomplete", json_pack_new("b", reported->incomplete));
	if (reported->without_plan)
		json_put_take(&root, "without_plan", json_pack_new("b", true));
	json_put_take(&root, "anomalies", json_from_strings(&reported->anomalies));
	return root;
}

static void assert_read_as_expected(const char *dir, const char *input, parse *parse_it)
{
	struct reported reported = { 0 };
	struct err e = { 0 };
	struct json *said;
	size_t size;
	AUTO_FREE char *bytes = cases_read(dir, input, &size);

	assert_int_equal(parse_it(&reported, bytes, size, &e), 0);

	said = reported_json(&reported);
	reported_done(&reported);
	cases_assert_json_take(dir, "expected.json", said);
}

static void a_junit_report_is_read_as_expected(void **state)
{
	assert_read_as_expected(*state, "input.xml", parse_junit);
}

static void a_tap_report_is_read_as_expected(void **state)
{
	assert_read_as_expected(*state, "input.tap", parse_tap);
}

static void a_unity_report_is_read_as_expected(void **state)
{
	assert_read_as_expected(*state, "input.txt", parse_unity);
}

static void a_ctrf_report_is_read_as_expected(void **state)
{
	assert_read_as_expected(*state, "input.json", parse_ctrf);
}

static void a_gradescope_report_is_read_as_expected(void **state)
{
	assert_read_as_expected(*state, "input.json", parse_gradescope);
}

static void a_check50_report_is_read_as_expected(void **state)
{
	assert_read_as_expected(*state, "input.json", parse_check50);
}

int main(void)
{
	const struct cases_topic topics[] = {
		{ "tests/cases/junit", a_junit_report_is_read_as_expected },
		{ "tests/cases/tap", a_tap_report_is_read_as_expected },
		{ "tests/cases/unity", a_unity_report_is_read_as_expected },
		{ "tests/cases/ctrf", a_ctrf_report_is_read_as_expected },
		{ "tests/cases/gradescope", a_gradescope_report_is_read_as_expected },
		{ "tests/cases/check50", a_check50_report_is_read_as_expected },
	};

	return cases_run("score/report_cases", topics, sizeof(topics) / sizeof(*topics));
}
