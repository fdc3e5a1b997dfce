// SPDX-License-Identifier: MIT
/*
 * Numbers are rounded here, once, and nowhere else.
 */
#include "report/parts.h"

#include <stdio.h>
#include <string.h>

void parts_mean(double mean, enum language language, char out[PARTS_NUMBER])
{
	char *point;

	if (mean < 0) {
		snprintf(out, PARTS_NUMBER, "–");
		return;
	}
	snprintf(out, PARTS_NUMBER, "%.2f", mean);
	point = strchr(out, '.');
	if (point && language == LANGUAGE_DE)
		*point = ',';
}

void parts_mark(int mark, char out[PARTS_NUMBER])
{
	if (mark == MARK_NOT_OBSERVED)
		snprintf(out, PARTS_NUMBER, "–");
	else
		snprintf(out, PARTS_NUMBER, "%d", mark);
}

void parts_spread(const struct criterion_row *row, size_t cards, char out[PARTS_NUMBER])
{
	size_t marks = 0;

	for (size_t i = 0; i < cards; i++)
		marks += row->marks[i] != MARK_NOT_OBSERVED;
	if (marks < 2)
		snprintf(out, PARTS_NUMBER, "–");
	else
		snprintf(out, PARTS_NUMBER, "%d", row->highest - row->lowest);
}

void parts_short_digest(const char *digest, char out[PARTS_NUMBER])
{
	snprintf(out, PARTS_NUMBER, "%.10s", digest && *digest ? digest : "–");
}

void parts_add_line(struct text *t, const char *s)
{
	text_add_visible(t, s, true);
}

void parts_add_candidate(struct text *t, const struct scorecard *card)
{
	if (!card->name) {
		parts_add_line(t, card->candidate);
		return;
	}
	parts_add_line(t, card->name);
	text_add(t, " (");
	parts_add_line(t, card->candidate);
	text_add(t, ")");
}

void parts_add_html(struct text *t, const char *s)
{
	AUTO_TEXT struct text visible = { 0 };

	text_add_visible(&visible, s, false);
	t->failed |= visible.failed;
	for (const char *p = text_bytes(&visible); *p; p++) {
		switch (*p) {
		case '&':
			text_add(t, "&amp;");
			break;
		case '<':
			text_add(t, "&lt;");
			break;
		case '>':
			text_add(t, "&gt;");
			break;
		case '"':
			text_add(t, "&quot;");
			break;
		case '\'':
			text_add(t, "&#39;");
			break;
		default:
			text_add_bytes(t, p, 1);
		}
	}
}

double parts_part_mean(const struct scorecard *card, enum part_kind part)
{
	for (size_t i = 0; i < card->part_count; i++)
		if (card->parts[i].part == part)
			return card->parts[i].mean;
	return -1;
}

bool parts_starts_part(const struct scorecard *card, size_t criterion)
{
	return criterion == 0 || card->criteria[criterion].part != card->criteria[criterion - 1].part;
}

const struct criterion_row *parts_row_of(const struct scorecard *card, const char *id)
{
	for (size_t i = 0; i < card->criterion_count; i++)
		if (strcmp(card->criteria[i].id, id) == 0)
			return &card->criteria[i];
	return NULL;
}
