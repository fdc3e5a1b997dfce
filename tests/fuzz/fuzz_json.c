// SPDX-License-Identifier: MIT
/* Any bytes as a document: parsed or refused with a place, and the place of every member is found. Shown, it is the same
 * document and commands no terminal. */
#include "base/json.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

static void show(const struct json_at *root)
{
	AUTO_JSON struct json *value = json_copy_value(root), *again = NULL;
	AUTO_FREE char *kept = NULL;
	AUTO_FREE char *shown = NULL;
	AUTO_FREE char *kept_again = NULL;
	struct err e = { 0 };
	unsigned c;

	if (json_render(value, JSON_STYLE_COMPACT, &kept, &e) < 0 ||
		json_render(value, JSON_STYLE_SHOWN_LINE, &shown, &e) < 0)
		return;
	for (size_t i = 0, length = strlen(shown); i < length;) {
		i += text_decode(shown + i, length - i, &c);
		if (text_is_invisible(c))
			abort();
	}
	again = json_parse_value(shown, strlen(shown));
	if (json_render(again, JSON_STYLE_COMPACT, &kept_again, &e) < 0 || strcmp(kept, kept_again) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };

	if (json_doc_parse(&doc, "fuzz.json", (const char *)data, size, &e) == 0) {
		struct json_at root = json_root(doc);

		visit(&root, 0);
		show(&root);
	}
	return 0;
}
