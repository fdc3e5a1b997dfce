// SPDX-License-Identifier: MIT
/*
 * A result as TAP 14: every suite is a subtest, and what a test has besides its name stands in a YAML block, whose texts
 * are strings as JSON writes them, which is YAML too. TAP knows "ok", "not ok" and SKIP; which way a test was not ok
 * is the block's `outcome`, by which score/parse_tap.c knows it again.
 */
#include "report/report.h"

#include "base/json.h"
#include "base/text.h"
#include "report/result_suites.h"

#include <string.h>

/* One line: a description, or a reason behind a directive. */
static void add_line(struct text *t, const char *s)
{
	AUTO_TEXT struct text visible = { 0 };

	text_add_visible(&visible, s, true);
	t->failed = t->failed || visible.failed;
	for (const char *p = text_bytes(&visible); *p; p++) {
		if (*p == '\\' || *p == '#')
			text_add(t, "\\");
		text_add_bytes(t, p, 1);
	}
}

static int add_text(struct text *t, const char *key, const char *value, struct err *e)
{
	AUTO_TEXT struct text visible = { 0 };
	AUTO_JSON struct json *string = NULL;
	AUTO_FREE char *quoted = NULL;

	if (!value)
		return 0;
	text_add_visible(&visible, value, false);
	if (visible.failed)
		return err_memory(e);
	string = json_new_string(text_bytes(&visible));
	if (json_render(string, JSON_STYLE_COMPACT, &quoted, e) < 0)
		return -1;
	text_addf(t, "      %s: %s\n", key, quoted);
	return 0;
}

static bool is_ok(const struct test_result *test)
{
	return test->outcome == OUTCOME_PASSED || test->outcome == OUTCOME_SKIPPED;
}

static int add_block(struct text *t, const struct test_result *test, bool stable, struct err *e)
{
	text_add(t, "      ---\n");
	if (!is_ok(test))
		text_addf(t, "      outcome: %s\n", outcome_name(test->outcome));
	text_addf(t, "      points: %d\n      max_points: %d\n", test->points, test->max_points);
	if (!stable) {
		if (test->duration_ms >= 0)
			text_addf(t, "      duration_ms: %lld\n", (long long)test->duration_ms);
		if (add_text(t, "message", test->reason, e) < 0 || add_text(t, "expected", test->expected, e) < 0 ||
			add_text(t, "actual", test->actual, e) < 0 || add_text(t, "output", test->output, e) < 0)
			return -1;
	}
	text_add(t, "      ...\n");
	return 0;
}

static int add_test(struct text *t, const struct test_result *test, size_t number, bool stable, struct err *e)
{
	text_addf(t, "    %s %zu - ", is_ok(test) ? "ok" : "not ok", number);
	add_line(t, test->name);
	if (test->outcome == OUTCOME_SKIPPED) {
		text_add(t, " # SKIP ");
		add_line(t, test->reason && !stable ? test->reason : "");
	}
	text_add(t, "\n");
	return add_block(t, test, stable, e);
}

static int add_suite(struct text *t, const struct result *result, const struct result_suite *suite, size_t number,
	bool stable, struct err *e)
{
	bool all_ok = suite->outcomes[OUTCOME_PASSED] + suite->outcomes[OUTCOME_SKIPPED] == suite->count;
	size_t count = 0;

	text_add(t, "# Subtest: ");
	add_line(t, suite->id);
	text_addf(t, "\n    1..%zu\n", suite->count);
	for (size_t i = 0; i < result->test_count; i++)
		if (result_suite_has(suite, &result->tests[i]) &&
			add_test(t, &result->tests[i], ++count, stable, e) < 0)
			return -1;
	text_addf(t, "%s %zu - ", all_ok ? "ok" : "not ok", number);
	add_line(t, suite->id);
	text_add(t, "\n");
	return 0;
}

/* What is said of the whole. */
static void add_head(struct text *t, const struct result *result)
{
	text_addf(t, "TAP version 14\n# verdict: %s\n# points: %d of %d\n", result_verdict_name(result->verdict),
		result->points, result->max_points);
	if (result->forgeable)
		text_add(t, "# forgeable: the tests ran in one process with the candidate's code\n");
}

int report_result_tap(char **out, const struct result *result, bool stable, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	struct result_suite suite;
	size_t index = 0, count = 0;

	add_head(&t, result);
	if (!result->gradable) {
		text_add(&t, "Bail out! ");
		add_line(&t, result->reason ? result->reason : "");
		text_add(&t, "\n");
		return text_take(&t, out, e);
	}
	while (result_next_suite(result, &index, &suite))
		count++;
	text_addf(&t, "1..%zu\n", count);
	for (index = count = 0; result_next_suite(result, &index, &suite);)
		if (add_suite(&t, result, &suite, ++count, stable, e) < 0)
			return -1;
	return text_take(&t, out, e);
}
