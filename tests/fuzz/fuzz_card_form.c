// SPDX-License-Identifier: MIT
/* Any bytes as a filled-in form: refused with a line and without any change, or a card whose form reads the same. */
#include "score/card_form.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *render(const struct card *card, const struct rubric *rubric)
{
	const struct card_form form = { card, rubric, "somebody's card", NULL, 7 };
	struct err e = { 0 };
	char *text = NULL;

	if (card_form_render(&text, &form, LANGUAGE_DE, &e) < 0)
		abort();
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct criterion criteria[] = { { .id = (char *)(uintptr_t)"a" }, { .id = (char *)(uintptr_t)"b" } };
	struct rubric rubric = { .id = (char *)(uintptr_t)"r", .version = 1, .criteria = criteria, .criterion_count = 2 };
	AUTO_CARD struct card *card = NULL, *again = NULL;
	AUTO_FREE char *before = NULL, *after = NULL, *reread = NULL;
	struct err e = { 0 };
	long long saved_ms = 0;

	if (card_new(&card, &rubric, "someone", &e) < 0 || card_new(&again, &rubric, "someone", &e) < 0)
		abort();
	before = render(card, &rubric);
	if (card_form_take(card, &saved_ms, &rubric, "card.txt", (const char *)data, size, &e) < 0) {
		after = render(card, &rubric);
		if (strcmp(before, after) != 0)
			abort();
		return 0;
	}
	(void)card_form_is_whole((const char *)data, size);
	after = render(card, &rubric);
	if (!card_form_is_whole(after, strlen(after)) || card_form_take(again, &saved_ms, &rubric, "card.txt", after, strlen(after), &e) < 0)
		abort();
	reread = render(again, &rubric);
	if (strcmp(after, reread) != 0 || saved_ms != 7)
		abort();
	return 0;
}
