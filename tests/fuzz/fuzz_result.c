// SPDX-License-Identifier: MIT
/* Any bytes as a result: refused, or read such that writing and reading it again gives the same bytes, and a
 * candidate's document tells nothing of hidden tests. */
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
	return 0;
}
