// SPDX-License-Identifier: MIT
/* Any text as what an applicant or a spreadsheet writes into one cell: notices are days that there are, not before today;
 * answers are answers whose source lies within the cell; hints and headings are told without harm. */
#include "assess/applications_inside.h"
#include "assess/loose_words.h"
#include "assess/screening_inside.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void try_days(const char *text)
{
	const struct day today = { 2026, 11, 29 };
	struct day day, again;
	char written[DAY_TEXT];

	if (!notice_earliest(&day, text, today))
		return;
	day_render(day, written);
	need(day_parse(&again, written) && day_is_written(day, written));
	need(again.year == day.year && again.month == day.month && again.day == day.day);
	need(strcmp(written, "2026-11-29") >= 0);
}

static void try_cell(const char *text)
{
	enum screening_answer answer;
	const char *source;
	struct day from;

	if (screening_cell_parse(text, &answer, &source)) {
		AUTO_FREE char *cell = NULL;

		need(!source || (source > text && source < text + strlen(text) && *source));
		need(screening_cell(&cell, answer, source, LANGUAGE_DE, NULL) == 0);
		need((answer == SCREENING_NONE) == !cell);
	}
	screening_earliest_of(&from, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_STRINGS struct strings hints = { 0 };
	struct err e = { 0 };
	bool is;

	text_add_clean(&t, (const char *)data, size);
	need(!t.failed);
	try_days(text_bytes(&t));
	try_cell(text_bytes(&t));
	email_is_plausible(text_bytes(&t));
	need(loose_words(&hints, text_bytes(&t), &e) == 0 && hints.count <= 3);
	need(heading_is_current_pay(&is, text_bytes(&t), &e) == 0 && heading_is_protected(&is, text_bytes(&t), &e) == 0);
	return 0;
}
