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

struct sheet {
	struct text *t;
	const struct scorecard *card;
	const struct report_style *style;
	size_t title_columns, mark_columns;
};

static void lay_out(struct sheet *sheet)
{
	size_t cards = sheet->card->card_count, right;

	sheet->mark_columns = MARK_COLUMNS;
	while (sheet->mark_columns > MARK_COLUMNS_LEAST &&
		cards * sheet->mark_columns + 2 * NUMBER_COLUMNS + 30 > sheet->style->columns)
		sheet->mark_columns--;
	right = cards * sheet->mark_columns + 2 * NUMBER_COLUMNS;
	sheet->title_columns = right + 24 < sheet->style->columns ? sheet->style->columns - right : 24;
}

static void add_rule(const struct sheet *sheet)
{
	text_add_times(sheet->t, "─", sheet->style->columns);
	text_add(sheet->t, "\n");
}

static void add_wrapped(const struct sheet *sheet, const char *lead, const char *s)
{
	AUTO_TEXT struct text line = { 0 };

	text_add(&line, lead);
	text_add_visible(&line, s, true);
	sheet->t->failed |= line.failed;
	text_add(sheet->t, "      ");
	text_add_wrapped(sheet->t, text_bytes(&line), sheet->style->columns, "        ");
	text_add(sheet->t, "\n");
}

static void add_head(const struct sheet *sheet)
{
	const struct scorecard *card = sheet->card;
	char held[32];

	date_render_local(card->held_ms, sheet->style->language, held);
	text_addf(sheet->t, _("Scorecard %s: "), card->session);
	parts_add_candidate(sheet->t, card);
	text_addf(sheet->t, "\n%s · %s", card->position, card->stage);
	if (card->held_ms)
		text_addf(sheet->t, _(" · held %s"), held);
	text_addf(sheet->t, _("\nrubric %s, version %d · cards sealed: %d of %d\n\n"), card->rubric, card->rubric_version,
		card->sealed, card->due);
}

static void add_columns(const struct sheet *sheet)
{
	text_add_padded(sheet->t, _("Criterion"), sheet->title_columns);
	for (size_t i = 0; i < sheet->card->card_count; i++) {
		AUTO_TEXT struct text name = { 0 };

		parts_add_interviewer(&name, sheet->card, i);
		sheet->t->failed |= name.failed;
		parts_add_right(sheet->t, text_bytes(&name), sheet->mark_columns);
	}
	parts_add_right(sheet->t, _("mean"), NUMBER_COLUMNS);
	parts_add_right(sheet->t, _("spread"), NUMBER_COLUMNS);
	text_add(sheet->t, "\n");
	add_rule(sheet);
}

static void add_part(const struct sheet *sheet, enum part_kind part)
{
	char mean[PARTS_NUMBER];

	parts_mean(parts_part_mean(sheet->card, part), sheet->style->language, mean);
	text_add_padded(sheet->t, part_kind_title(part), sheet->title_columns);
	text_add_times(sheet->t, " ", sheet->card->card_count * sheet->mark_columns);
	parts_add_right(sheet->t, mean, NUMBER_COLUMNS);
	text_add(sheet->t, "\n");
}

static void add_words(const struct sheet *sheet, const struct criterion_row *row)
{
	for (size_t i = 0; i < sheet->card->card_count; i++) {
		AUTO_TEXT struct text lead = { 0 };

		if (!row->evidence_texts[i] || !*row->evidence_texts[i])
			continue;
		parts_add_line(&lead, sheet->card->interviewers.item[i]);
		text_add(&lead, ": ");
		sheet->t->failed |= lead.failed;
		add_wrapped(sheet, text_bytes(&lead), row->evidence_texts[i]);
	}
}

static void add_criterion(const struct sheet *sheet, const struct criterion_row *row)
{
	AUTO_TEXT struct text title = { 0 };
	char number[PARTS_NUMBER];

	text_add(&title, "  ");
	parts_add_line(&title, localised_text(&row->title, sheet->style->language));
	if (row->weight != 1)
		text_addf(&title, " ×%d", row->weight);
	sheet->t->failed |= title.failed;
	text_add_padded(sheet->t, text_bytes(&title), sheet->title_columns);
	for (size_t i = 0; i < sheet->card->card_count; i++) {
		parts_mark(row->marks[i], number);
		parts_add_right(sheet->t, number, sheet->mark_columns);
	}
	parts_mean(row->mean, sheet->style->language, number);
	parts_add_right(sheet->t, number, NUMBER_COLUMNS);
	parts_spread(row, sheet->card->card_count, number);
	parts_add_right(sheet->t, number, NUMBER_COLUMNS);
	text_add(sheet->t, "\n");
	for (size_t i = 0; i < row->evidence_count; i++)
		add_wrapped(sheet, row->evidence[i].forgeable ? _("(forgeable) ") : "", row->evidence[i].text);
	if (!sheet->style->brief)
		add_words(sheet, row);
}

static void add_totals(const struct sheet *sheet)
{
	const struct scorecard *card = sheet->card;
	char mean[PARTS_NUMBER];

	add_rule(sheet);
	parts_mean(card->mean, sheet->style->language, mean);
	text_add_padded(sheet->t, _("Mean of the parts"), sheet->title_columns);
	text_add_times(sheet->t, " ", card->card_count * sheet->mark_columns);
	parts_add_right(sheet->t, mean, NUMBER_COLUMNS);
	text_add(sheet->t, "\n");
	for (size_t i = 0; i < card->card_count; i++) {
		text_add(sheet->t, i == 0 ? _("Recommendation: ") : "; ");
		parts_add_line(sheet->t, card->interviewers.item[i]);
		text_addf(sheet->t, " – %s",
			card->recommendations[i] ? recommendation_title(card->recommendations[i]) : "–");
	}
	text_add(sheet->t, card->card_count ? "\n" : "");
}

static void add_list(const struct sheet *sheet, const char *title, const struct strings *list)
{
	if (list->count == 0)
		return;
	text_addf(sheet->t, "\n%s\n", title);
	for (size_t i = 0; i < list->count; i++) {
		AUTO_TEXT struct text line = { 0 };

		text_add_visible(&line, list->item[i], true);
		sheet->t->failed |= line.failed;
		text_add(sheet->t, "  - ");
		text_add_wrapped(sheet->t, text_bytes(&line), sheet->style->columns, "    ");
		text_add(sheet->t, "\n");
	}
}

static void add_pins(const struct sheet *sheet)
{
	const struct scorecard *card = sheet->card;
	text_addf(sheet->t, "\n%s\n  %s ", _("Pins"), _("task repo"));
	parts_add_line(sheet->t, card->task_repo ? card->task_repo : "–");
	text_add(sheet->t, " ");
	parts_add_digest(sheet->t, card->task_commit);
	text_addf(sheet->t, " · %s ", _("rubric"));
	parts_add_digest(sheet->t, card->rubric_digest);
	text_add(sheet->t, "\n");
	for (size_t i = 0; i < card->pin_count; i++) {
		const struct pins *pins = &card->pins[i];

		text_addf(sheet->t, "  %s ", pins->task ? pins->task : "–");
		parts_add_digest(sheet->t, pins->task_tree);
		text_addf(sheet->t, " · %s ", _("box"));
		parts_add_digest(sheet->t, pins->box_policy);
		text_addf(sheet->t, " · %s %s · assay %s\n", _("limits"), pins->limits_mode ? pins->limits_mode : "–",
			pins->assay ? pins->assay : "–");
	}
}

int report_scorecard_text(char **out, const struct scorecard *card, const struct report_style *style, struct err *e)
{
	struct text t = { 0 };
	struct sheet sheet = { .t = &t, .card = card, .style = style };
	AUTO_STRINGS struct strings changes = { 0 };

	if (parts_list_changes(&changes, card, false, style->language, style->brief, e) < 0)
		return -1;
	lay_out(&sheet);
	add_head(&sheet);
	add_columns(&sheet);
	for (size_t i = 0; i < card->criterion_count; i++) {
		if (parts_starts_part(card, i))
			add_part(&sheet, card->criteria[i].part);
		add_criterion(&sheet, &card->criteria[i]);
	}
	add_totals(&sheet);
	if (!style->brief) {
		add_list(&sheet, _("Strengths"), &card->strengths);
		add_list(&sheet, _("Concerns"), &card->concerns);
		add_list(&sheet, _("Open questions"), &card->open_questions);
	}
	add_list(&sheet, _("Changed after the reveal"), &changes);
	add_list(&sheet, _("Missing"), &card->missing);
	add_list(&sheet, _("Please note"), &card->warnings);
	add_pins(&sheet);
	return text_take(&t, out, e);
}
