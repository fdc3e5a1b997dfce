// SPDX-License-Identifier: MIT
/*
 * A scorecard for a terminal: one row for each criterion, all marks side by side, the evidence below it.
 *
 * The columns of numbers stand at the right; the titles get what is left, so the same table serves 80 columns and
 * 120. Nothing is wider than the style says, whatever the names are.
 */
#include "report/report.h"

#include "base/date.h"
#include "report/parts.h"

#include <string.h>

enum { NUMBER_COLUMNS = 8, MARK_COLUMNS = 9, MARK_COLUMNS_LEAST = 5 };

struct table {
	struct text *t;
	const struct scorecard *card;
	const struct report_style *style;
	size_t title_columns, mark_columns;
};

/* Right-aligned in its column; cut when it is wider. */
static void add_right(struct text *t, const char *s, size_t columns)
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

static void lay_out(struct table *table)
{
	size_t cards = table->card->card_count, right;

	table->mark_columns = MARK_COLUMNS;
	while (table->mark_columns > MARK_COLUMNS_LEAST &&
		cards * table->mark_columns + 2 * NUMBER_COLUMNS + 30 > table->style->columns)
		table->mark_columns--;
	right = cards * table->mark_columns + 2 * NUMBER_COLUMNS;
	table->title_columns = right + 24 < table->style->columns ? table->style->columns - right : 24;
}

static void add_rule(const struct table *table)
{
	text_add_times(table->t, "─", table->style->columns);
	text_add(table->t, "\n");
}

static void add_wrapped(const struct table *table, const char *lead, const char *s)
{
	AUTO_TEXT struct text line = { 0 };

	text_add(&line, lead);
	text_add_visible(&line, s, true);
	table->t->failed |= line.failed;
	text_add(table->t, "      ");
	text_add_wrapped(table->t, text_bytes(&line), table->style->columns - 6, "        ");
	text_add(table->t, "\n");
}

static void add_head(const struct table *table)
{
	const struct scorecard *card = table->card;
	char held[32], digest[PARTS_NUMBER];

	date_render_local(card->held_ms, table->style->language, held);
	text_addf(table->t, _("Scorecard %s: "), card->session);
	parts_add_candidate(table->t, card);
	text_addf(table->t, "\n%s · %s", card->position, card->stage);
	if (card->held_ms)
		text_addf(table->t, _(" · held %s"), held);
	parts_short_digest(card->rubric_digest, digest);
	text_addf(table->t, _("\nrubric %s, version %d (%s) · cards sealed: %d of %d\n\n"), card->rubric,
		card->rubric_version, digest, card->sealed, card->due);
}

static void add_columns(const struct table *table)
{
	text_add_padded(table->t, _("Criterion"), table->title_columns);
	for (size_t i = 0; i < table->card->card_count; i++) {
		AUTO_TEXT struct text name = { 0 };

		parts_add_line(&name, table->card->interviewers.item[i]);
		table->t->failed |= name.failed;
		add_right(table->t, text_bytes(&name), table->mark_columns);
	}
	add_right(table->t, _("mean"), NUMBER_COLUMNS);
	add_right(table->t, _("spread"), NUMBER_COLUMNS);
	text_add(table->t, "\n");
	add_rule(table);
}

static void add_part(const struct table *table, enum part_kind part)
{
	char mean[PARTS_NUMBER];

	parts_mean(parts_part_mean(table->card, part), table->style->language, mean);
	text_add_padded(table->t, part_kind_title(part), table->title_columns);
	text_add_times(table->t, " ", table->card->card_count * table->mark_columns);
	add_right(table->t, mean, NUMBER_COLUMNS);
	text_add(table->t, "\n");
}

static void add_words(const struct table *table, const struct criterion_row *row)
{
	for (size_t i = 0; i < table->card->card_count; i++) {
		AUTO_TEXT struct text lead = { 0 };

		if (!row->evidence_texts[i] || !*row->evidence_texts[i])
			continue;
		parts_add_line(&lead, table->card->interviewers.item[i]);
		text_add(&lead, ": ");
		table->t->failed |= lead.failed;
		add_wrapped(table, text_bytes(&lead), row->evidence_texts[i]);
	}
}

static void add_criterion(const struct table *table, const struct criterion_row *row)
{
	AUTO_TEXT struct text title = { 0 };
	char number[PARTS_NUMBER];

	text_add(&title, "  ");
	parts_add_line(&title, localised_text(&row->title, table->style->language));
	if (row->weight != 1)
		text_addf(&title, " ×%d", row->weight);
	table->t->failed |= title.failed;
	text_add_padded(table->t, text_bytes(&title), table->title_columns);
	for (size_t i = 0; i < table->card->card_count; i++) {
		parts_mark(row->marks[i], number);
		add_right(table->t, number, table->mark_columns);
	}
	parts_mean(row->mean, table->style->language, number);
	add_right(table->t, number, NUMBER_COLUMNS);
	parts_spread(row, table->card->card_count, number);
	add_right(table->t, number, NUMBER_COLUMNS);
	text_add(table->t, "\n");
	for (size_t i = 0; i < row->evidence_count; i++)
		add_wrapped(table, row->evidence[i].forgeable ? _("(forgeable) ") : "", row->evidence[i].text);
	if (!table->style->brief)
		add_words(table, row);
}

static void add_totals(const struct table *table)
{
	const struct scorecard *card = table->card;
	char mean[PARTS_NUMBER];

	add_rule(table);
	parts_mean(card->mean, table->style->language, mean);
	text_add_padded(table->t, _("Mean of the parts"), table->title_columns);
	text_add_times(table->t, " ", card->card_count * table->mark_columns);
	add_right(table->t, mean, NUMBER_COLUMNS);
	text_add(table->t, "\n");
	for (size_t i = 0; i < card->card_count; i++) {
		text_add(table->t, i == 0 ? _("Recommendation: ") : "; ");
		parts_add_line(table->t, card->interviewers.item[i]);
		text_addf(table->t, " – %s",
			card->recommendations[i] ? recommendation_title(card->recommendations[i]) : "–");
	}
	text_add(table->t, card->card_count ? "\n" : "");
}

static void add_list(const struct table *table, const char *title, const struct strings *list)
{
	if (list->count == 0)
		return;
	text_addf(table->t, "\n%s\n", title);
	for (size_t i = 0; i < list->count; i++) {
		AUTO_TEXT struct text line = { 0 };

		text_add_visible(&line, list->item[i], true);
		table->t->failed |= line.failed;
		text_add(table->t, "  - ");
		text_add_wrapped(table->t, text_bytes(&line), table->style->columns - 4, "    ");
		text_add(table->t, "\n");
	}
}

static void add_pins(const struct table *table)
{
	const struct scorecard *card = table->card;
	char commit[PARTS_NUMBER];

	parts_short_digest(card->task_commit, commit);
	text_addf(table->t, "\n%s\n", _("Pins"));
	text_addf(table->t, _("  task repo %s at %s\n"), card->task_repo ? card->task_repo : "–", commit);
	for (size_t i = 0; i < card->pin_count; i++) {
		const struct pins *pins = &card->pins[i];
		char tree[PARTS_NUMBER], policy[PARTS_NUMBER];

		parts_short_digest(pins->task_tree, tree);
		parts_short_digest(pins->box_policy, policy);
		text_addf(table->t, _("  %s %s · box %s, limits %s · assay %s\n"), pins->task ? pins->task : "–", tree,
			policy, pins->limits_mode ? pins->limits_mode : "–", pins->assay ? pins->assay : "–");
	}
}

int report_scorecard_text(char **out, const struct scorecard *card, const struct report_style *style, struct err *e)
{
	struct text t = { 0 };
	struct table table = { .t = &t, .card = card, .style = style };

	lay_out(&table);
	add_head(&table);
	add_columns(&table);
	for (size_t i = 0; i < card->criterion_count; i++) {
		if (parts_starts_part(card, i))
			add_part(&table, card->criteria[i].part);
		add_criterion(&table, &card->criteria[i]);
	}
	add_totals(&table);
	if (!style->brief) {
		add_list(&table, _("Strengths"), &card->strengths);
		add_list(&table, _("Concerns"), &card->concerns);
		add_list(&table, _("Open questions"), &card->open_questions);
	}
	add_list(&table, _("Missing"), &card->missing);
	add_list(&table, _("Please note"), &card->warnings);
	add_pins(&table);
	return text_take(&t, out, e);
}
