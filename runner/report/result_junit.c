// SPDX-License-Identifier: MIT
/*
 * A result as JUnit XML for other programs: what their schemas allow and nothing besides, in XML 1.0. A suite of ours is
 * a <testsuite>, and its id the classname of its tests, so that tests of the same name in two suites stay two.
 *
 * The format has no word for a test that was not run or is missing. Nobody must take a suite that was stopped for a
 * good one, so both are errors; `status` has our word for them, by which score/parse_junit.c knows them again.
 */
#include "report/report.h"

#include "base/text.h"
#include "report/result_suites.h"

#include <string.h>

/* Adds s as the text of an element or the value of an attribute, with nothing in it that a terminal obeys. */
static void add_escaped(struct text *t, const char *s, bool in_attribute)
{
	AUTO_TEXT struct text visible = { 0 };
	const char *end;

	text_add_visible(&visible, s, false);
	t->failed = t->failed || visible.failed;
	end = text_bytes(&visible) + visible.length;
	for (const char *p = text_bytes(&visible); p < end;) {
		unsigned c;
		size_t length = text_decode(p, (size_t)(end - p), &c);

		if (c == '&')
			text_add(t, "&amp;");
		else if (c == '<')
			text_add(t, "&lt;");
		else if (c == '>')
			text_add(t, "&gt;");
		else if (c == '"')
			text_add(t, "&quot;");
		else if (in_attribute && (c == '\n' || c == '\t'))
			text_addf(t, "&#%u;", c);
		else if ((c & 0xFFFE) == 0xFFFE)
			text_add_char(t, 0xFFFD);
		else
			text_add_bytes(t, p, length);
		p += length;
	}
}

static void add_attribute(struct text *t, const char *name, const char *value)
{
	text_addf(t, " %s=\"", name);
	add_escaped(t, value, true);
	text_add(t, "\"");
}

static void add_seconds(struct text *t, int64_t ms)
{
	text_addf(t, " time=\"%lld.%03d\"", (long long)(ms / 1000), (int)(ms % 1000));
}

static void add_property(struct text *t, const char *name, const char *value)
{
	text_add(t, "      <property");
	add_attribute(t, "name", name);
	add_attribute(t, "value", value);
	text_add(t, "/>\n");
}

static void add_number(struct text *t, const char *name, int number)
{
	char value[16];

	snprintf(value, sizeof(value), "%d", number);
	add_property(t, name, value);
}

/* The element that says how a test did not pass; NULL for one that did. */
static const char *element_of(enum outcome outcome)
{
	static const char *const elements[] = {
		[OUTCOME_PASSED] = NULL,       [OUTCOME_FAILED] = "failure", [OUTCOME_ERROR] = "error",
		[OUTCOME_SKIPPED] = "skipped", [OUTCOME_NOT_RUN] = "error",  [OUTCOME_MISSING] = "error",
	};

	return elements[outcome];
}

static void add_side(struct text *t, const char *name, const char *value)
{
	if (!value)
		return;
	text_addf(t, "%s: ", name);
	add_escaped(t, value, false);
	text_add(t, "\n");
}

static void add_child(struct text *t, const struct test_result *test, bool stable)
{
	const char *element = element_of(test->outcome);

	if (!element)
		return;
	text_addf(t, "      <%s", element);
	if (test->reason && !stable)
		add_attribute(t, "message", test->reason);
	if (strcmp(element, "skipped") == 0) {
		text_add(t, "/>\n");
		return;
	}
	add_attribute(t, "type", outcome_name(test->outcome));
	text_add(t, ">");
	if (!stable) {
		add_side(t, "expected", test->expected);
		add_side(t, "actual", test->actual);
	}
	text_addf(t, "</%s>\n", element);
}

static void add_test(struct text *t, const struct test_result *test, bool stable)
{
	text_add(t, "    <testcase");
	add_attribute(t, "classname", test->suite);
	add_attribute(t, "name", test->name);
	if (test->outcome == OUTCOME_NOT_RUN || test->outcome == OUTCOME_MISSING)
		add_attribute(t, "status", outcome_name(test->outcome));
	if (test->duration_ms >= 0 && !stable)
		add_seconds(t, test->duration_ms);
	text_add(t, ">\n");
	add_child(t, test, stable);
	if (test->output && !stable) {
		text_add(t, "      <system-out>");
		add_escaped(t, test->output, false);
		text_add(t, "</system-out>\n");
	}
	text_add(t, "    </testcase>\n");
}

static void add_counts(struct text *t, const struct result_suite *suite, bool stable)
{
	text_addf(t, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\"", suite->count, suite->outcomes[OUTCOME_FAILED],
		suite->outcomes[OUTCOME_ERROR] + suite->outcomes[OUTCOME_NOT_RUN] + suite->outcomes[OUTCOME_MISSING]);
	if (!stable)
		add_seconds(t, suite->duration_ms);
}

static bool is_forgeable(const struct result *result, const char *suite)
{
	for (size_t i = 0; i < result->report_count; i++)
		if (strcmp(result->reports[i].suite, suite) == 0)
			return result->reports[i].forgeable;
	return false;
}

static void add_suite(struct text *t, const struct result *result, const struct result_suite *suite, bool stable)
{
	int points, max_points;

	text_add(t, "  <testsuite");
	add_attribute(t, "name", suite->id);
	add_counts(t, suite, stable);
	text_addf(t, " skipped=\"%zu\"", suite->outcomes[OUTCOME_SKIPPED]);
	text_add(t, ">\n    <properties>\n");
	result_suite_points(result, suite->id, &points, &max_points);
	add_number(t, "points", points);
	add_number(t, "max_points", max_points);
	add_property(t, "verdict", result_verdict_name(result->verdict));
	add_property(t, "forgeable", is_forgeable(result, suite->id) ? "true" : "false");
	if (result->reason)
		add_property(t, "not_gradable", result->reason);
	text_add(t, "    </properties>\n");
	for (size_t i = 0; i < result->test_count; i++)
		if (result_suite_has(suite, &result->tests[i]))
			add_test(t, &result->tests[i], stable);
	text_add(t, "  </testsuite>\n");
}

int report_result_junit(char **out, const struct result *result, bool stable, struct err *e)
{
	struct text t = { 0 };
	struct result_suite suite, all = { .count = result->test_count };
	size_t index = 0;

	while (result_next_suite(result, &index, &suite)) {
		for (size_t i = 0; i <= OUTCOME_MISSING; i++)
			all.outcomes[i] += suite.outcomes[i];
		all.duration_ms += suite.duration_ms;
	}
	text_add(&t, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
	add_attribute(&t, "name", result->pins.task ? result->pins.task : "");
	add_counts(&t, &all, stable);
	text_add(&t, ">\n");
	for (index = 0; result_next_suite(result, &index, &suite);)
		add_suite(&t, result, &suite, stable);
	text_add(&t, "</testsuites>\n");
	return text_take(&t, out, e);
}
