// SPDX-License-Identifier: MIT
/*
 * check50's JSON (`check50 --output json`). "passed" is true, false, or null: a check that was not run because the one
 * it depends on failed, or one that broke, which its cause tells by an "error". A description is a sentence in
 * somebody's language; the name is the check's function.
 */
#include "score/reported.h"

#include "base/i18n.h"
#include "base/text.h"
#include "score/json_report.h"

#include <string.h>

enum { ELEMENT_DEPTH = 2 }; /* {"results": [ */

static enum outcome outcome_of(const struct json_at *at, const struct json_at *cause)
{
	struct json_at passed = json_member(at, "passed"), error = json_member(cause, "error");

	if (error.value)
		return OUTCOME_ERROR;
	if (json_is(&passed, JSON_BOOL_KIND))
		return json_as_bool(&passed) ? OUTCOME_PASSED : OUTCOME_FAILED;
	return passed.value ? OUTCOME_ERROR : OUTCOME_NOT_RUN;
}

/* "expected" and "actual" are strings, or lists of what was seen. */
static int read_side(char **to, struct reported_test *test, const struct json_at *at, struct err *e)
{
	AUTO_TEXT struct text lines = { 0 };
	AUTO_FREE char *plain = NULL;

	json_report_lines(&lines, at);
	if (lines.failed)
		return err_memory(e);
	if (json_is(at, JSON_STRING_KIND) || !lines.length)
		return json_report_text(to, test, at, e);
	if (reported_plain(&plain, lines.bytes, lines.length - 1, e) < 0)
		return -1;
	return reported_cap_text(to, &test->truncated, plain, strlen(plain), e);
}

static int read_cause(struct reported_test *test, const struct json_at *cause, struct text *output, struct err *e)
{
	struct json_at rationale = json_member(cause, "rationale"), help = json_member(cause, "help");
	struct json_at expected = json_member(cause, "expected"), actual = json_member(cause, "actual");
	struct json_at error = json_member(cause, "error"), value = json_member(&error, "value");
	struct json_at traceback = json_member(&error, "traceback");

	json_report_lines(output, &help);
	json_report_lines(output, &traceback);
	json_report_lines(output, &value);
	if (json_report_text(&test->message, test, &rationale, e) < 0 ||
		read_side(&test->expected, test, &expected, e) < 0)
		return -1;
	return read_side(&test->actual, test, &actual, e);
}

static int read_test(struct reported *out, const struct json_at *at, struct err *e)
{
	AUTO_TEXT struct text output = { 0 };
	struct reported_test *test;
	struct json_at log = json_member(at, "log"), cause = json_member(at, "cause");
	int added = json_report_add(out, &test, json_get_string(at, "name", ""), e);

	if (added != 0 || !test)
		return added;
	test->outcome = outcome_of(at, &cause);
	json_report_lines(&output, &log);
	if (read_cause(test, &cause, &output, e) < 0)
		return -1;
	if (test->outcome == OUTCOME_ERROR &&
		json_report_message(test, _("it says neither that it passed nor that it failed"), e) < 0)
		return -1;
	return json_report_output(test, &output, e);
}

/* check50 itself gave up, before or amidst its checks. */
static int read_error(struct reported *out, const struct json_at *root, struct err *e)
{
	struct json_at error = json_member(root, "error");

	if (!error.value)
		return 0;
	return reported_odd(out, e, _("an error outside any test: %s"), json_get_string(&error, "value", ""));
}

static int fill(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct json_at root, results;

	if (json_report_open(&doc, out, bytes, size, ELEMENT_DEPTH, e) < 0)
		return -1;
	if (!doc)
		return 0;
	root = json_root(doc);
	results = json_member(&root, "results");
	if (read_error(out, &root, e) < 0)
		return -1;
	for (size_t i = 0; i < json_report_count(&results); i++) {
		struct json_at at = json_element(&results, i);
		int status = read_test(out, &at, e);

		if (status < 0)
			return -1;
		if (status > 0)
			break;
	}
	return json_report_end(out, e);
}

int parse_check50(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	struct reported reported = { 0 };

	if (fill(&reported, bytes, size, e) < 0) {
		reported_done(&reported);
		return -1;
	}
	*out = reported;
	return 0;
}
