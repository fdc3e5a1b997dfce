// SPDX-License-Identifier: MIT
/* Any bytes as a change with comments written into it: refused without a trace, or comments that comments.json can hold. */
#include "review/annotation.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct comments comments = { 0 }, again = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };

	if (annotation_take(&comments, "change.diff", (const char *)data, size, &e) < 0) {
		if (comments.count)
			abort();
		return 0;
	}
	AUTO_JSON struct json *json = comments_json(&comments);

	if (json_render(json, JSON_STYLE_COMPACT, &text, &e) < 0 ||
		json_doc_parse(&doc, "comments.json", text, strlen(text), &e) < 0 || comments_parse(&again, doc, &e) < 0 ||
		again.count != comments.count)
		abort();
	comments_done(&again);
	comments_done(&comments);
	return 0;
}
