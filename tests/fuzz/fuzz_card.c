// SPDX-License-Identifier: MIT
/* Any bytes as a stored card, and as a card file over a draft: refused, or the same again when written and read. */
#include "score/card.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *render(const struct card *card)
{
	AUTO_JSON struct json *document = card_json(card);
	char *text = NULL;
	struct err e = { 0 };

	if (json_render(document, JSON_STYLE_COMPACT, &text, &e) < 0)
		abort();
	return text;
}

static void write_and_read(const struct card *card)
{
	AUTO_FREE char *text = render(card), *again = NULL;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_CARD struct card *read = NULL;
	struct err e = { 0 };

	if (json_doc_parse(&doc, "card.json", text, strlen(text), &e) < 0 || card_parse(&read, doc, &e) < 0)
		abort();
	again = render(read);
	if (strcmp(text, again) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct criterion criteria[] = { { .id = (char *)(uintptr_t)"a" }, { .id = (char *)(uintptr_t)"b" } };
	struct rubric rubric = { .id = (char *)(uintptr_t)"r", .version = 1, .criteria = criteria, .criterion_count = 2 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_CARD struct card *stored = NULL, *draft = NULL;
	struct err e = { 0 };

	if (json_doc_parse(&doc, "card.json", (const char *)data, size, &e) < 0)
		return 0;
	if (card_parse(&stored, doc, &e) == 0)
		write_and_read(stored);
	if (card_new(&draft, &rubric, "someone", &e) < 0)
		abort();
	(void)card_take_file(draft, &rubric, doc, &e);
	(void)card_check_complete(draft, &rubric, &e);
	write_and_read(draft);
	return 0;
}
