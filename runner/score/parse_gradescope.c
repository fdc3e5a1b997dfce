// SPDX-License-Identifier: MIT
/*
 * Gradescope's results.json. Everything in it may be missing: a test without a status has passed when its score
 * reaches its maximum, and one that says both must mean both, since a test here earns its points as a whole. What it
 * says of points and of who may see it is the manifest's business, and the score of the whole is never looked at.
 */
#include "score/reported.h"

#include "base/i18n.h"
#include "base/text.h"
#include "score/json_report.h"

#include <string.h>

#define ROUNDING 1e-9 /* three times a third */

enum { ELEMENT_DEPTH = 2 }; /* {"tests": [ */

/* The name, or where there is none "1.2", as Gradescope itself numbers it, or its place in the list. */
static int read_name(struct reported *out, struct reported_test **test, const struct json_at *at, struct err *e)
{
	AUTO_FREE char *counted = mem_format(e, "%zu", at->index + 1);
	const char *name = json_get_string(at, "name", "");

	if (!counted)
		return -1;
	if (!*name)
		name = json_get_string(at, "number", counted);
	return json_report_add(out, test, *name ? name : counted, e);
}

/* What score and maximum say: "1 of 2" did not pass. */
static int read_score(struct reported_test *test, const struct json_at *at, bool *said, struct err *e)
{
	struct json_at score = json_member(at, "score"), most = json_member(at, "max_score");

	*said = json_is(&score, JSON_NUMBER_KIND) && json_is(&most, JSON_NUMBER_KIND);
	test->outcome = OUTCOME_PASSED;
	if (!*said || json_as_number(&score) >= json_as_number(&most) - ROUNDING)
		return 0;
	test->outcome = OUTCOME_FAILED;
	test->message = mem_format(e, _("%g of %g points"), json_as_number(&score), json_as_number(&most));
	return test->message ? 0 : -1;
}

static int read_verdict(struct reported_test *test, const struct json_at *at, struct err *e)
{
	const char *status = json_get_string(at, "status", "");
	bool scored;

	if (read_score(test, at, &scored, e) < 0)
		return -1;
	if (strcmp(status, "failed") == 0) {
		test->outcome = OUTCOME_FAILED;
	} else if (strcmp(status, "passed") != 0 && (*status || !scored)) {
		test->outcome = OUTCOME_ERROR;
		return json_report_message(test, _("neither its status nor its score says whether it passed"), e);
	}
	return 0;
}

static int read_test(struct reported *out, const struct json_at *at, struct err *e)
{
	AUTO_TEXT struct text output = { 0 };
	struct reported_test *test;
	struct json_at said = json_member(at, "output");
	int added = json_is(at, JSON_OBJECT_KIND) ? read_name(out, &test, at, e) : json_report_add(out, &test, "", e);

	if (added != 0 || !test)
		return added;
	if (read_verdict(test, at, e) < 0)
		return -1;
	json_report_lines(&output, &said);
	return json_report_output(test, &output, e);
}

static int fill(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct json_at root, tests;

	if (json_report_open(&doc, out, bytes, size, ELEMENT_DEPTH, e) < 0)
		return -1;
	if (!doc)
		return 0;
	root = json_root(doc);
	tests = json_member(&root, "tests");
	for (size_t i = 0; i < json_report_count(&tests); i++) {
		struct json_at at = json_element(&tests, i);
		int status = read_test(out, &at, e);

		if (status < 0)
			return -1;
		if (status > 0)
			break;
	}
	return json_report_end(out, e);
}

int parse_gradescope(struct reported *out, const char *bytes, size_t size, struct err *e)
{
	struct reported reported = { 0 };

	if (fill(&reported, bytes, size, e) < 0) {
		reported_done(&reported);
		return -1;
	}
	*out = reported;
	return 0;
}
