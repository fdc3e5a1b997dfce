// SPDX-License-Identifier: MIT
/*
 * What the parsers of reports in JSON share; for this room only.
 */
#ifndef SCORE_JSON_REPORT_H
#define SCORE_JSON_REPORT_H

#include "base/json.h"
#include "base/text.h"
#include "score/reported.h"

/*
 * Reads a report, cleaned (score/json_clean.h, which explains `depth`), and notes what was odd. *doc is NULL where it
 * is no JSON at all, which is noted too. -1 only for memory.
 */
int json_report_open(struct json_doc **doc, struct reported *out, const char *bytes, size_t size, size_t depth,
	struct err *e);

/* Adds a test called so; 0, or 1 when there are too many. An empty name is counted: *test is NULL then. */
int json_report_add(struct reported *out, struct reported_test **test, const char *name, struct err *e);

/* Keeps a text of a test, without colours: *to is NULL for "" and for what is no string. */
int json_report_text(char **to, struct reported_test *test, const struct json_at *at, struct err *e);

/* Adds an array of strings to a text, each with a line end; a string alone too. */
void json_report_lines(struct text *t, const struct json_at *at);

/* Keeps the collected text as the test's output. */
int json_report_output(struct reported_test *test, const struct text *t, struct err *e);

/* Milliseconds from a number that makes sense, else -1. */
int64_t json_report_ms(const struct json_at *at, double per_unit);

/* The elements of an array; 0 for anything else. */
size_t json_report_count(const struct json_at *at);

/* Gives a test that has no message this one. */
int json_report_message(struct reported_test *test, const char *message, struct err *e);

/* The parser's last step: an empty report is noted, equal names are merged. */
int json_report_end(struct reported *out, struct err *e);

#endif
