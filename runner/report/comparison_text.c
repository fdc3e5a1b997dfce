// SPDX-License-Identifier: MIT
/*
 * Scorecards side by side for a terminal: a column for each candidate, the mean and the spread of every criterion.
 *
 * When the candidates don't fit beside each other, the table is printed in several blocks with the same rows.
 */
#include "report/report.h"

#include "report/parts.h"

#include <stdio.h>
#include <string.h>

enum { TITLE_COLUMNS = 32, CANDIDATE_COLUMNS = 16, CANDIDATE_COLUMNS_WIDE = 22 };

struct block {
	struct text *t;
	const struct comparison_table *table;
	const struct report_style *style;
	size_t first, count, columns;
};

static void add_cell(const struct block *block, const char *s)
{
	parts_add_right(block->t, s, block->columns);
}

static void add_title(const struct block *block, const char *indent, const char *s)
{
	AUTO_TEXT struct text title = { 0 };

	text_add(&title, indent);
	parts_add_line(&title, s);
	block->t->failed |= title.failed;
	text_add_padded(block->t, text_bytes(&title), TITLE_COLUMNS);
}

static void add_rule(const struct block *block)
{
	text_add_times(block->t, "─", TITLE_COLUMNS + block->count * block->columns);
	text_add(block->t, "\n");
}

static void add_names(const struct block *block)
{
	add_title(block, "", "");
	for (size_t i = 0; i < block->count; i++) {
		const struct scorecard *card = block->table->cards[block->first + i];
		AUTO_TEXT struct text name = { 0 };

		parts_add_line(&name, card->name ? card->name : card->candidate);
		block->t->failed |= name.failed;
		add_cell(block, text_bytes(&name));
	}
	text_add(block->t, "\n");
	add_title(block, "", "");
	for (size_t i = 0; i < block->count; i++)
		add_cell(block, block->table->cards[block->first + i]->candidate);
	text_add(block->t, "\n");
	add_rule(block);
}

/* "3.50 (3–4)": the mean, and the marks it lies between when they differ. */
static void add_criterion(const struct block *block, const struct criterion_row *first)
{
	add_title(block, "  ", localised_text(&first->title, block->style->language));
	for (size_t i = 0; i < block->count; i++) {
		const struct criterion_row *row = parts_row_of(block->table->cards[block->first + i], first->id);
		char mean[PARTS_NUMBER], cell[64];

		parts_mean(row ? row->mean : -1, block->style->language, mean);
		if (row && row->lowest != row->highest)
			snprintf(cell, sizeof(cell), "%s (%d–%d)", mean, row->lowest, row->highest);
		else
			snprintf(cell, sizeof(cell), "%s      ", mean);
		add_cell(block, cell);
	}
	text_add(block->t, "\n");
}

static void add_means(const struct block *block, const char *title, int part)
{
	add_title(block, "", title);
	for (size_t i = 0; i < block->count; i++) {
		const struct scorecard *card = block->table->cards[block->first + i];
		char mean[PARTS_NUMBER], cell[64];

		parts_mean(part < 0 ? card->mean : parts_part_mean(card, (enum part_kind)part), block->style->language,
			mean);
		snprintf(cell, sizeof(cell), "%s      ", mean);
		add_cell(block, cell);
	}
	text_add(block->t, "\n");
}

/* One line for each card: a candidate may have three and another two. */
static void add_recommendations(const struct block *block)
{
	size_t lines = 0;

	for (size_t i = 0; i < block->count; i++)
		if (block->table->cards[block->first + i]->card_count > lines)
			lines = block->table->cards[block->first + i]->card_count;
	for (size_t line = 0; line < lines; line++) {
		add_title(block, "", line == 0 ? _("Recommendations") : "");
		for (size_t i = 0; i < block->count; i++) {
			const struct scorecard *card = block->table->cards[block->first + i];
			int level = line < card->card_count ? card->recommendations[line] : 0;

			add_cell(block, level ? recommendation_title(level) : "–");
		}
		text_add(block->t, "\n");
	}
}

static void add_block(const struct block *block)
{
	const struct criterion_row *row;
	int part = -1;

	add_names(block);
	for (size_t i = 0; (row = parts_nth_criterion(block->table, i)); i++) {
		if ((int)row->part != part)
			add_means(block, part_kind_title(row->part), (int)row->part);
		part = (int)row->part;
		add_criterion(block, row);
	}
	add_rule(block);
	add_means(block, _("Mean of the parts"), -1);
	add_recommendations(block);
}

static void add_differences(struct text *t, const struct comparison_table *table, const struct report_style *style)
{
	text_addf(t, "\n%s\n", table->difference_count ? _("Different pins: these scorecards are not alike")
							   : _("Pins: the same for all"));
	for (size_t i = 0; i < table->difference_count; i++) {
		const struct pin_difference *d = &table->differences[i];
		AUTO_TEXT struct text line = { 0 };

		parts_add_difference(&line, table, d);
		t->failed |= line.failed;
		text_add(t, "  - ");
		text_add_wrapped(t, text_bytes(&line), style->columns, "    ");
		text_add(t, "\n");
	}
}

static void add_changes(struct text *t, const struct strings *changes, const struct report_style *style)
{
	if (changes->count)
		text_addf(t, "\n%s\n", _("Changed after the reveal"));
	for (size_t i = 0; i < changes->count; i++) {
		AUTO_TEXT struct text line = { 0 };

		parts_add_line(&line, changes->item[i]);
		t->failed |= line.failed;
		text_add(t, "  - ");
		text_add_wrapped(t, text_bytes(&line), style->columns, "    ");
		text_add(t, "\n");
	}
	text_add(t, changes->count ? "\n" : "");
}

static void add_notes(struct text *t, const struct comparison_table *table, const struct report_style *style)
{
	for (size_t i = 0; i < table->notes.count; i++) {
		AUTO_TEXT struct text line = { 0 };

		text_add(&line, "- ");
		parts_add_line(&line, table->notes.item[i]);
		t->failed |= line.failed;
		text_add(t, "  ");
		text_add_wrapped(t, text_bytes(&line), style->columns, "    ");
		text_add(t, "\n");
	}
	text_add(t, "\n");
	text_add_wrapped(t, _("These figures describe the ratings, not the person. The order of the columns is that of the "
			      "names."), style->columns, "");
	text_add(t, "\n");
}

int report_comparison_text(char **out, const struct comparison_table *table, const struct report_style *style,
	struct err *e)
{
	struct text t = { 0 };
	size_t columns = style->columns >= 120 ? CANDIDATE_COLUMNS_WIDE : CANDIDATE_COLUMNS;
	size_t fit = (style->columns - TITLE_COLUMNS) / columns;
	AUTO_STRINGS struct strings changes = { 0 };

	for (size_t i = 0; i < table->count; i++)
		if (parts_list_changes(&changes, table->cards[i], true, style->language, style->brief, e) < 0)
			return -1;
	text_addf(&t, _("Comparison: %s · %s"), table->position, table->stage);
	text_add(&t, "\n\n");
	for (size_t first = 0; first < table->count; first += fit) {
		struct block block = { .t = &t, .table = table, .style = style, .first = first,
			.count = table->count - first < fit ? table->count - first : fit, .columns = columns };

		if (first)
			text_add(&t, "\n");
		add_block(&block);
	}
	add_differences(&t, table, style);
	add_changes(&t, &changes, style);
	add_notes(&t, table, style);
	return text_take(&t, out, e);
}
