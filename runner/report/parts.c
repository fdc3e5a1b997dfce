// SPDX-License-Identifier: MIT
/*
 * Numbers are rounded here, once, and nowhere else.
 */
#include "report/parts.h"

#include "base/date.h"

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

enum { DIGEST_SHOWN = 10 };

void parts_add_digest(struct text *t, const char *digest)
{
	size_t length = digest ? strlen(digest) : 0;
	bool is_hex = length && strspn(digest, "0123456789abcdef") == length;

	if (is_hex && (length == 40 || length == 64))
		text_add_bytes(t, digest, DIGEST_SHOWN);
	else
		parts_add_line(t, length ? digest : "–");
}

void parts_add_right(struct text *t, const char *s, size_t columns)
{
	size_t width = text_columns(s);

	if (width >= columns) {
		text_add(t, " ");
		text_add_padded(t, s, columns - 1);
		return;
	}
	text_add_times(t, " ", columns - width);
	text_add(t, s);
}

void parts_add_interviewer(struct text *t, const struct scorecard *card, size_t index)
{
	const char *name = card->interviewers.item[index];
	size_t first = strcspn(name, " "), alike = 0;
	AUTO_FREE char *shown = NULL;

	for (size_t i = 0; i < card->interviewers.count; i++)
		alike += strncmp(card->interviewers.item[i], name, first) == 0 &&
			 strchr(" ", card->interviewers.item[i][first]) != NULL;
	shown = strndup(name, alike > 1 ? strlen(name) : first);
	if (shown)
		parts_add_line(t, shown);
	t->failed |= !shown;
}

/* A mark as a number, a recommendation as its words. */
static void add_value(struct text *t, const struct card_change *change, int value)
{
	char number[PARTS_NUMBER];

	parts_mark(value, number);
	text_add(t, change->criterion || !value ? number : recommendation_title(value));
}

void parts_add_change(struct text *t, const char *who, const char *what, const struct card_change *change,
	enum language language, bool brief)
{
	char at[32];

	date_render_local(change->at_ms, language, at);
	parts_add_line(t, who);
	text_add(t, ", ");
	parts_add_line(t, what);
	text_add(t, ": ");
	add_value(t, change, change->from);
	if (change->from != change->to) {
		text_add(t, " → ");
		add_value(t, change, change->to);
	}
	text_addf(t, change->from != change->to ? _(" on %s") : _(", other evidence since %s"), at);
	if (brief)
		return;
	text_add(t, _(", because: "));
	parts_add_line(t, change->reason);
	if (change->evidence && *change->evidence) {
		text_add(t, _("; the evidence was: "));
		parts_add_line(t, change->evidence);
	}
}

static const char *title_of(const struct scorecard *card, const struct card_change *change, enum language language)
{
	const struct criterion_row *row = change->criterion ? parts_row_of(card, change->criterion) : NULL;

	return row ? localised_text(&row->title, language) : change->criterion ? change->criterion : _("recommendation");
}

int parts_list_changes(struct strings *lines, const struct scorecard *card, bool with_candidate, enum language language,
	bool brief, struct err *e)
{
	for (size_t i = 0; i < card->card_count && card->changes; i++)
		for (size_t k = 0; k < card->changes[i].count; k++) {
			const struct card_change *change = &card->changes[i].item[k];
			AUTO_TEXT struct text line = { 0 };

			if (with_candidate) {
				parts_add_candidate(&line, card);
				text_add(&line, " – ");
			}
			parts_add_change(&line, card->interviewers.item[i], title_of(card, change, language), change,
				language, brief);
			if (line.failed)
				return err_memory(e);
			if (strings_add(lines, text_bytes(&line), e) < 0)
				return -1;
		}
	return 0;
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

/* Whether an earlier column has the criterion already. */
static bool seen_before(const struct comparison_table *table, size_t column, const char *id)
{
	for (size_t i = 0; i < column; i++)
		if (parts_row_of(table->cards[i], id))
			return true;
	return false;
}

const struct criterion_row *parts_nth_criterion(const struct comparison_table *table, size_t n)
{
	for (int part = 0; part < PART_KINDS; part++) {
		for (size_t column = 0; column < table->count; column++) {
			const struct scorecard *card = table->cards[column];

			for (size_t i = 0; i < card->criterion_count; i++)
				if ((int)card->criteria[i].part == part &&
					!seen_before(table, column, card->criteria[i].id) && n-- == 0)
					return &card->criteria[i];
		}
	}
	return NULL;
}

void parts_add_difference(struct text *t, const struct comparison_table *table, const struct pin_difference *difference)
{
	parts_add_candidate(t, table->cards[difference->column]);
	text_addf(t, " – %s: ", difference->field);
	parts_add_digest(t, difference->other);
	text_add(t, " ≠ ");
	parts_add_digest(t, difference->first);
	text_add(t, " (");
	parts_add_candidate(t, table->cards[0]);
	text_add(t, ")");
}
