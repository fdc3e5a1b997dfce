// SPDX-License-Identifier: MIT
/* Any bytes as a document: parsed or refused with a place, and the place of every member is found. */
#include "base/json.h"

#include <stdint.h>

static void visit(const struct json_at *at, int depth)
{
	size_t count = json_count(at);
	bool is_object = json_is(at, JSON_OBJECT_KIND);

	(void)json_line(at);
	if (depth > 8)
		return;
	for (size_t i = 0; i < count && i < 16; i++) {
		struct json_at child = is_object ? json_member_at(at, i) : json_element(at, i);
		struct err e = { 0 };

		json_fail(&child, &e, "is visited");
		visit(&child, depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };

	if (json_doc_parse(&doc, "fuzz.json", (const char *)data, size, &e) == 0) {
		struct json_at root = json_root(doc);

		visit(&root, 0);
	}
	return 0;
}
