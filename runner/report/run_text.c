// SPDX-License-Identifier: MIT
/*
 * A run for the terminal of the candidate. All of it comes out of visible suites, so all of it may be shown: also what
 * the service printed while a test failed, which is what one looks for first.
 */
#include "report/report.h"

#include "report/parts.h"
#include "report/result_suites.h"

#include <string.h>

enum { OUTPUT_LINES = 15 };

/* Where the last lines begin: a trace ends with what went wrong. */
static const char *last_lines(const char *bytes, int lines)
{
	const char *at = bytes + strlen(bytes);

	while (at > bytes && at[-1] == '\n')
		at--;
	while (at > bytes && lines > 0) {
		at--;
		while (at > bytes && at[-1] != '\n')
			at--;
		lines--;
	}
	return at;
}

static void add_block(struct text *t, const char *title, const char *bytes)
{
	const char *at;

	if (!bytes || !*bytes)
		return;
	at = last_lines(bytes, OUTPUT_LINES);
	text_addf(t, "    %s\n", title);
	if (at > bytes)
		text_add(t, "      …\n");
	while (*at) {
		AUTO_TEXT struct text line = { 0 };
		size_t length = strcspn(at, "\n");

		text_add_bytes(&line, at, length);
		text_add(t, "      ");
		text_add_visible(t, text_bytes(&line), true);
		text_add(t, "\n");
		t->failed |= line.failed;
		at += length + (at[length] == '\n');
	}
}

/* The rest, in which a line's end is an escape by now, stands in what the test printed. */
static void add_first_line(struct text *t, const char *reason)
{
	AUTO_TEXT struct text first = { 0 };
	const char *end = strstr(reason, "\\n");

	text_add_bytes(&first, reason, end ? (size_t)(end - reason) : strlen(reason));
	parts_add_line(t, text_bytes(&first));
	t->failed |= first.failed;
}

static void add_test(struct text *t, const struct test_result *test, const struct report_style *style)
{
	bool passed = test->outcome == OUTCOME_PASSED;
	const char *says = localised_text(&test->says, style->language);
	AUTO_TEXT struct text line = { 0 };

	text_addf(&line, "%s ", passed ? "✓" : "✗");
	parts_add_line(&line, test->name);
	if (*says) {
		text_add(&line, ": ");
		parts_add_line(&line, says);
	}
	if (!passed)
		text_addf(&line, " – %s", outcome_title(test->outcome));
	if (test->reason) {
		text_add(&line, passed ? " – " : ": ");
		(test->output ? add_first_line : parts_add_line)(&line, test->reason);
	}
	t->failed |= line.failed;
	text_add(t, "  ");
	text_add_wrapped(t, text_bytes(&line), style->columns, "    ");
	text_add(t, "\n");
	/* What a test printed that doesn't count since another failed is no help. */
	if (passed || test->outcome == OUTCOME_NOT_RUN)
		return;
	add_block(t, _("expected:"), test->expected);
	add_block(t, _("actual:"), test->actual);
	add_block(t, _("printed:"), test->output);
}

/* Of boxes in which the candidate's own code ran. */
static void add_logs(struct text *t, const struct result *result, const char *suite)
{
	static const struct {
		const char *what, *title;
	} rows[] = {
		{ "build", N_("the build printed:") },
		{ "service", N_("your service printed:") },
		{ "module", N_("your module printed:") },
	};

	for (size_t i = 0; i < result->run_count; i++) {
		const struct box_run *run = &result->runs[i];

		for (size_t r = 0; r < sizeof(rows) / sizeof(*rows); r++)
			if (strcmp(run->what, rows[r].what) == 0 && (suite ? run->suite && strcmp(run->suite, suite) == 0 : !run->suite))
				add_block(t, _(rows[r].title), run->log);
	}
}

static void add_suite(struct text *t, const struct result *result, const struct result_suite *suite,
	const struct report_style *style)
{
	text_addf(t, "%s\n", suite->id);
	for (size_t i = 0; i < result->test_count; i++)
		if (result_suite_has(suite, &result->tests[i]))
			add_test(t, &result->tests[i], style);
	if (suite->outcomes[OUTCOME_PASSED] < suite->count)
		add_logs(t, result, suite->id);
	text_add(t, "\n");
}

int report_run_text(char **out, const struct result *result, const struct strings *only,
	const struct report_style *style, struct err *e)
{
	struct text t = { 0 };
	struct result_suite suite;
	size_t index = 0, count = 0, passed = 0;

	if (!result->gradable) {
		text_add(&t, _("The tests could not be run, which is no fault of yours: "));
		parts_add_line(&t, result->reason ? result->reason : "–");
		text_add(&t, "\n");
		return text_take(&t, out, e);
	}
	if (result->verdict == RESULT_COMPILE_ERROR) {
		text_addf(&t, "%s\n", result_verdict_title(result->verdict));
		add_logs(&t, result, NULL);
		text_add(&t, "\n");
	}
	while (result_next_suite(result, &index, &suite)) {
		if (only->count > 0 && strings_find(only, suite.id) < 0)
			continue;
		add_suite(&t, result, &suite, style);
		count += suite.count;
		passed += suite.outcomes[OUTCOME_PASSED];
	}
	text_addf(&t, _("%zu of %zu visible tests passed.\n"), passed, count);
	for (size_t i = 0; i < result->dropped.count; i++) {
		text_add(&t, _("  not taken: "));
		parts_add_line(&t, result->dropped.item[i]);
		text_add(&t, "\n");
	}
	return text_take(&t, out, e);
}
