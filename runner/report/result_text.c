// SPDX-License-Identifier: MIT
/*
 * A result for a terminal: points by suite, what a compiler said that could not build it, then every test that earned
 * less than it could, with its reason, and what was odd about the reports.
 */
#include "report/report.h"

#include "report/parts.h"
#include "score/telling.h"

#include <string.h>

enum { ODD_LINES = 5 };

static void add_suites(struct text *t, const struct result *result)
{
	for (size_t i = 0; i < result->test_count; i++) {
		const char *suite = result->tests[i].suite;
		int points, max_points;
		size_t first = 0;

		while (strcmp(result->tests[first].suite, suite) != 0)
			first++;
		if (first != i)
			continue;
		result_suite_points(result, suite, &points, &max_points);
		text_add(t, "  ");
		text_add_padded(t, suite, 24);
		text_addf(t, _(" %4d of %d\n"), points, max_points);
	}
}

static void add_test(struct text *t, const struct test_result *test, const struct report_style *style)
{
	AUTO_TEXT struct text line = { 0 };
	const char *says = localised_text(&test->says, style->language);

	text_addf(&line, "%s %s: ", outcome_title(test->outcome), test->suite);
	parts_add_line(&line, *says ? says : test->name);
	if (test->reason) {
		text_add(&line, " – ");
		parts_add_line(&line, test->reason);
	}
	t->failed |= line.failed;
	text_add(t, "  ");
	text_add_wrapped(t, text_bytes(&line), style->columns, "    ");
	text_add(t, "\n");
}

/* What was odd about the reports, of each the first: it earns and costs nothing, and may be the only sign of a forgery. */
static void add_oddities(struct text *t, const struct result *result, const struct report_style *style)
{
	for (size_t i = 0, shown = 0; i < result->report_count; i++) {
		const struct report_note *report = &result->reports[i];

		for (size_t j = 0; j < report->anomalies.count && j <= ODD_LINES; j++) {
			AUTO_TEXT struct text line = { 0 };

			if (shown++ == 0)
				text_addf(t, "\n%s\n", _("What was odd about the reports"));
			parts_add_line(&line, report->suite);
			text_add(&line, ": ");
			if (j < ODD_LINES)
				parts_add_line(&line, report->anomalies.item[j]);
			else
				text_addf(&line, _("and %zu more"), report->anomalies.count - ODD_LINES);
			t->failed |= line.failed;
			text_add(t, "  ");
			text_add_wrapped(t, text_bytes(&line), style->columns, "    ");
			text_add(t, "\n");
		}
	}
}

static void add_build(struct text *t, const struct result *result, const struct report_style *style)
{
	const struct box_run *build = result_failed_build(result);

	if (!build || !build->log)
		return;
	text_addf(t, "\n%s\n", _("What the build said"));
	telling_add_lines(t, build->log, style->columns, "  ");
}

static void add_runs(struct text *t, const struct result *result)
{
	text_addf(t, "\n%s\n", _("Boxes"));
	for (size_t i = 0; i < result->run_count; i++) {
		const struct box_run *run = &result->runs[i];

		text_addf(t, "  %-13s %-16s %-14s %6lld ms %8lld KiB", run->what, run->suite ? run->suite : "",
			verdict_name(run->verdict), (long long)run->wall_ms, (long long)run->memory_peak_kib);
		if (run->test) {
			text_add(t, "  ");
			parts_add_line(t, run->test);
		}
		if (run->message) {
			text_add(t, "  ");
			parts_add_line(t, run->message);
		}
		text_add(t, "\n");
	}
}

int report_result_text(char **out, const struct result *result, const struct report_style *style, struct err *e)
{
	struct text t = { 0 };
	size_t self_judged = 0;

	if (!result->gradable) {
		text_add(&t, _("Not gradable, and no attempt is used up: "));
		parts_add_line(&t, result->reason ? result->reason : "–");
		text_add(&t, "\n");
		return text_take(&t, out, e);
	}
	text_addf(&t, _("%s: %d of %d points\n"), result_verdict_title(result->verdict), result->points,
		result->max_points);
	if (result->forgeable)
		text_addf(&t, "%s\n", _("Forgeable: the tests ran in one process with the candidate's code."));
	for (size_t i = 0; i < result->test_count; i++)
		self_judged += result->tests[i].self_judged;
	if (self_judged)
		text_addf(&t,
			ngettext("Self-judged: in %zu test the candidate's own code compared two of its objects.\n",
				"Self-judged: in %zu tests the candidate's own code compared two of its objects.\n",
				self_judged),
			self_judged);
	text_add(&t, "\n");
	add_suites(&t, result);
	add_build(&t, result, style);
	for (size_t i = 0, shown = 0; i < result->test_count; i++) {
		const struct test_result *test = &result->tests[i];

		if (test->outcome == OUTCOME_PASSED && test->points == test->max_points)
			continue;
		if (shown++ == 0)
			text_addf(&t, "\n%s\n", _("What earned less than it could"));
		add_test(&t, test, style);
	}
	add_oddities(&t, result, style);
	for (size_t i = 0; i < result->dropped.count; i++) {
		text_add(&t, i == 0 ? _("\nFiles that were not taken\n  ") : "  ");
		parts_add_line(&t, result->dropped.item[i]);
		text_add(&t, "\n");
	}
	add_runs(&t, result);
	return text_take(&t, out, e);
}
