// SPDX-License-Identifier: MIT
/* Any bytes as a result: refused, or read such that writing and reading it again gives the same bytes, a
 * candidate's document tells nothing of hidden tests, and what is written for other programs is whole. */
#include "base/text.h"
#include "report/report.h"
#include "score/reported.h"
#include "score/result.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct result *parse(const char *bytes, size_t size)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct result *result = NULL;
	struct err e = { 0 };

	if (json_doc_parse(&doc, "result.json", bytes, size, &e) == 0)
		result_parse(&result, doc, &e);
	return result;
}

static char *render(const struct result *result, enum reader reader)
{
	AUTO_JSON struct json *document = result_json(result, reader, true, false);
	char *text = NULL;
	struct err e = { 0 };

	if (json_render(document, JSON_STYLE_COMPACT, &text, &e) < 0)
		abort();
	return text;
}

typedef int render_report(char **out, const struct result *result, bool stable, struct err *e);
typedef int parse_report(struct reported *out, const char *bytes, size_t size, struct err *e);

static void read_back(const struct result *result, render_report *render_it, parse_report *parse_it)
{
	struct reported reported = { 0 };
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };

	if (render_it(&text, result, false, &e) < 0 || !text_is_utf8(text, strlen(text)) || strchr(text, 0x1B) ||
		parse_it(&reported, text, strlen(text), &e) < 0 || (result->gradable && reported.incomplete))
		abort();
	reported_done(&reported);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_RESULT struct result *result = parse((const char *)data, size), *again = NULL;
	AUTO_FREE char *text = NULL, *second = NULL, *shown = NULL;

	if (!result)
		return 0;
	text = render(result, READER_INTERVIEWER);
	again = parse(text, strlen(text));
	if (!again)
		abort();
	second = render(again, READER_INTERVIEWER);
	shown = render(result, READER_CANDIDATE);
	if (strcmp(text, second) != 0 || strstr(shown, "\"visibility\":\"hidden\""))
		abort();
	read_back(result, report_result_junit, parse_junit);
	read_back(result, report_result_tap, parse_tap);
	return 0;
}
