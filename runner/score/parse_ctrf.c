// SPDX-License-Identifier: MIT
/*
 * The Common Test Report Format. A test's place in its suites belongs to its name; in older reports that is one string,
 * in newer ones a list. "pending" is a test that was not to run; "other" is no verdict at all, and nothing that
 * somebody can't name passes. The summary is never looked at.
 */
#include "score/reported.h"

#include "base/i18n.h"
#include "base/text.h"
#include "score/json_report.h"

#include <string.h>

enum { ELEMENT_DEPTH = 3 }; /* {"results": {"tests": [ */

static const struct {
	const char *word;
	enum outcome outcome;
} statuses[] = {
	{ "passed", OUTCOME_PASSED },   { "failed", OUTCOME_FAILED }, { "skipped", OUTCOME_SKIPPED },
	{ "pending", OUTCOME_SKIPPED }, { "other", OUTCOME_ERROR },
};

static int read_status(struct reported_test *test, const char *status, struct err *e)
{
	test->outcome = OUTCOME_ERROR;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		if (strcmp(statuses[i].word, status) == 0) {
			test->outcome = statuses[i].outcome;
			return 0;
		}
	}
	return json_report_message(test, _("its status is none that the format knows"), e);
}

static void add_suites(struct text *name, const struct json_at *suite)
{
	const char *alone = json_as_string(suite);

	if (*alone)
		text_addf(name, "%s > ", alone);
	for (size_t i = 0; i < json_report_count(suite); i++) {
		struct json_at one = json_element(suite, i);

		if (*json_as_string(&one))
			text_addf(name, "%s > ", json_as_string(&one));
	}
}

static int read_name(struct reported *out, struct reported_test **test, const struct json_at *at, struct err *e)
{
	AUTO_TEXT struct text name = { 0 };
	struct json_at suite = json_member(at, "suite");
	const char *own = json_get_string(at, "name", "");

	if (*own) {
		add_suites(&name, &suite);
		text_add(&name, own);
	}
	return name.failed ? err_memory(e) : json_report_add(out, test, text_bytes(&name), e);
}

static int read_texts(struct reported_test *test, const struct json_at *at, struct err *e)
{
	static const char *const streams[] = { "trace", "stdout", "stderr" };
	AUTO_TEXT struct text output = { 0 };
	struct json_at message = json_member(at, "message");

	if (json_report_text(&test->message, test, &message, e) < 0)
		return -1;
	for (size_t i = 0; i < sizeof(streams) / sizeof(*streams); i++) {
		struct json_at stream = json_member(at, streams[i]);

		json_report_lines(&output, &stream);
	}
	return json_report_output(test, &output, e);
}

static int read_test(struct reported *out, const struct json_at *at, size_t *flaky, struct err *e)
{
	struct reported_test *test;
	struct json_at duration = json_member(at, "duration");
	int added = read_name(out, &test, at, e);

	if (added != 0 || !test)
		return added;
	test->duration_ms = json_report_ms(&duration, 1);
	if (read_texts(test, at, e) < 0 || read_status(test, json_get_string(at, "status", ""), e) < 0)
		return -1;
	*flaky += test->outcome == OUTCOME_PASSED && json_get_bool(at, "flaky", false);
	return 0;
}

static int fill(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct json_at root, results, tests;
	size_t flaky = 0;

	if (json_report_open(&doc, out, bytes, size, ELEMENT_DEPTH, e) < 0)
		return -1;
	if (!doc)
		return 0;
	root = json_root(doc);
	results = json_member(&root, "results");
	tests = json_member(&results, "tests");
	for (size_t i = 0; i < json_report_count(&tests); i++) {
		struct json_at at = json_element(&tests, i);
		int status = read_test(out, &at, &flaky, e);

		if (status < 0)
			return -1;
		if (status > 0)
			break;
	}
	if (flaky && reported_odd(out, e,
			     ngettext("%zu test passed only when it was repeated",
				     "%zu tests passed only when they were repeated", flaky),
			     flaky) < 0)
		return -1;
	return json_report_end(out, e);
}

int parse_ctrf(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	struct reported reported = { 0 };

	if (fill(&reported, bytes, size, e) < 0) {
		reported_done(&reported);
		return -1;
	}
	*out = reported;
	return 0;
}
