// SPDX-License-Identifier: MIT
/*
 * Scorecards, comparisons and results as people read them. Pure: values in, text out; no file, clock or terminal.
 *
 * Everything a stranger wrote is shown and obeyed by nothing: control and bidi characters become visible escapes in
 * text, and HTML carries neither script nor anything that loads from elsewhere, with a content security policy that
 * would stop it.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/err.h"
#include "base/i18n.h"
#include "score/compare.h"
#include "score/result.h"
#include "score/scorecard.h"

#include <stdbool.h>
#include <stddef.h>

struct report_style {
	size_t columns;         /* of the terminal: 80 and more */
	enum language language; /* of numbers, dates and localised titles; sentences follow i18n_start */
	bool brief;             /* without the interviewers' own words */
};

/* Each hands out a text that the caller frees. */
int report_scorecard_text(char **out, const struct scorecard *card, const struct report_style *style, struct err *e);
int report_scorecard_html(char **out, const struct scorecard *card, const struct report_style *style, struct err *e);
int report_comparison_text(char **out, const struct comparison_table *table, const struct report_style *style,
	struct err *e);
int report_comparison_html(char **out, const struct comparison_table *table, const struct report_style *style,
	struct err *e);
int report_result_text(char **out, const struct result *result, const struct report_style *style, struct err *e);

/* A run of the visible suites for whoever wrote the code: every test of the suites in `only` (none: of all) with its
 * outcome and reason, and behind what failed what it printed. */
int report_run_text(char **out, const struct result *result, const struct strings *only,
	const struct report_style *style, struct err *e);

/*
 * For other programs: JUnit XML and TAP 14, which score/reported.h reads back with the same outcomes. A suite is a
 * <testsuite> whose id is its tests' classname, and a subtest. `stable` leaves out what differs between equal runs, as in
 * score/result.h. An ungradable result is XML whose tests are all missing, and TAP that bails out with the reason.
 */
int report_result_junit(char **out, const struct result *result, bool stable, struct err *e);
int report_result_tap(char **out, const struct result *result, bool stable, struct err *e);

#endif
