// SPDX-License-Identifier: MIT
/*
 * A scorecard as one self-contained page.
 */
#include "report/report.h"

#include "base/date.h"
#include "report/page.h"
#include "report/parts.h"

static void add_head(struct text *t, const struct scorecard *card, const struct report_style *style)
{
	AUTO_TEXT struct text name = { 0 }, line = { 0 };
	char held[32];

	date_render_local(card->held_ms, style->language, held);
	parts_add_candidate(&name, card);
	text_add(t, "<h1>");
	parts_add_html(t, text_bytes(&name));
	text_add(t, "</h1>\n<p class=\"dim\">");
	text_addf(&line, _("Scorecard %s: "), card->session);
	text_addf(&line, "%s · %s", card->position, card->stage);
	if (card->held_ms)
		text_addf(&line, _(" · held %s"), held);
	text_addf(&line, _("\nrubric %s, version %d · cards sealed: %d of %d\n\n"), card->rubric, card->rubric_version,
		card->sealed, card->due);
	parts_add_html(t, text_bytes(&line));
	t->failed |= name.failed || line.failed;
	text_add(t, "</p>\n");
}

static void add_columns(struct text *t, const struct scorecard *card)
{
	text_add(t, "<div class=\"scroll\">\n<table>\n<thead><tr><th scope=\"col\">");
	parts_add_html(t, _("Criterion"));
	text_add(t, "</th>");
	for (size_t i = 0; i < card->card_count; i++) {
		text_add(t, "<th scope=\"col\" class=\"number\">");
		parts_add_html(t, card->interviewers.item[i]);
		text_add(t, "</th>");
	}
	text_add(t, "<th scope=\"col\">");
	parts_add_html(t, _("mean"));
	text_add(t, "</th><th scope=\"col\" class=\"number\">");
	parts_add_html(t, _("spread"));
	text_add(t, "</th></tr></thead>\n<tbody>\n");
}

static void add_sum_row(struct text *t, const char *class, const char *title, double mean, size_t cards,
	enum language language)
{
	char number[PARTS_NUMBER];

	parts_mean(mean, language, number);
	text_addf(t, "<tr class=\"%s\"><th scope=\"row\" colspan=\"%zu\">", class, cards + 1);
	parts_add_html(t, title);
	text_addf(t, "</th><td>%s</td><td></td></tr>\n", number);
}

static void add_evidence(struct text *t, const struct scorecard *card, const struct criterion_row *row, bool brief)
{
	for (size_t i = 0; i < row->evidence_count; i++) {
		text_addf(t, "<p class=\"evidence%s\">", row->evidence[i].forgeable ? " warn" : "");
		if (row->evidence[i].forgeable)
			parts_add_html(t, _("(forgeable) "));
		parts_add_html(t, row->evidence[i].text);
		text_add(t, "</p>");
	}
	for (size_t i = 0; i < card->card_count && !brief; i++) {
		if (!row->evidence_texts[i] || !*row->evidence_texts[i])
			continue;
		text_add(t, "<p class=\"words\"><b>");
		parts_add_html(t, card->interviewers.item[i]);
		text_add(t, ":</b> ");
		parts_add_html(t, row->evidence_texts[i]);
		text_add(t, "</p>");
	}
}

static void add_criterion(struct text *t, const struct scorecard *card, const struct criterion_row *row,
	const struct report_style *style)
{
	char number[PARTS_NUMBER];

	text_add(t, "<tr><th scope=\"row\">");
	parts_add_html(t, localised_text(&row->title, style->language));
	if (row->weight != 1)
		text_addf(t, " ×%d", row->weight);
	add_evidence(t, card, row, style->brief);
	text_add(t, "</th>");
	for (size_t i = 0; i < card->card_count; i++) {
		parts_mark(row->marks[i], number);
		page_cell(t, "number", number);
	}
	text_add(t, "<td class=\"bar\">");
	page_marks(t, row, card->card_count, style->language);
	text_add(t, "</td>");
	parts_spread(row, card->card_count, number);
	page_cell(t, "number", number);
	text_add(t, "</tr>\n");
}

static void add_recommendations(struct text *t, const struct scorecard *card)
{
	text_add(t, "<h2>");
	parts_add_html(t, _("Recommendations"));
	text_add(t, "</h2>\n<ul>\n");
	for (size_t i = 0; i < card->card_count; i++) {
		text_add(t, "<li>");
		parts_add_html(t, card->interviewers.item[i]);
		text_add(t, " – ");
		parts_add_html(t, card->recommendations[i] ? recommendation_title(card->recommendations[i]) : "–");
		text_add(t, "</li>\n");
	}
	text_add(t, "</ul>\n");
}

static void add_pin(struct text *t, const char *name, const char *value)
{
	text_add(t, "<tr><th scope=\"row\">");
	parts_add_html(t, name);
	text_add(t, "</th><td><code>");
	parts_add_html(t, value && *value ? value : "–");
	text_add(t, "</code></td></tr>\n");
}

static void add_pins(struct text *t, const struct scorecard *card)
{
	text_add(t, "<h2>");
	parts_add_html(t, _("Pins"));
	text_add(t, "</h2>\n<div class=\"scroll\"><table>\n<tbody>\n");
	add_pin(t, _("task repo"), card->task_repo);
	add_pin(t, _("commit"), card->task_commit);
	add_pin(t, _("rubric digest"), card->rubric_digest);
	for (size_t i = 0; i < card->pin_count; i++) {
		add_pin(t, _("task"), card->pins[i].task);
		add_pin(t, _("task tree"), card->pins[i].task_tree);
		add_pin(t, _("manifest"), card->pins[i].manifest);
		add_pin(t, _("box policy"), card->pins[i].box_policy);
		add_pin(t, _("limits"), card->pins[i].limits_mode);
		add_pin(t, "assay", card->pins[i].assay);
	}
	text_add(t, "</tbody>\n</table></div>\n");
}

int report_scorecard_html(char **out, const struct scorecard *card, const struct report_style *style, struct err *e)
{
	struct text t = { 0 };
	AUTO_TEXT struct text title = { 0 };
	AUTO_STRINGS struct strings changes = { 0 };

	if (parts_list_changes(&changes, card, false, style->language, style->brief, e) < 0)
		return -1;
	text_addf(&title, _("Scorecard %s: "), card->session);
	parts_add_candidate(&title, card);
	t.failed |= title.failed;
	page_open(&t, text_bytes(&title), style);
	add_head(&t, card, style);
	add_columns(&t, card);
	for (size_t i = 0; i < card->criterion_count; i++) {
		const struct criterion_row *row = &card->criteria[i];

		if (parts_starts_part(card, i))
			add_sum_row(&t, "part", part_kind_title(row->part), parts_part_mean(card, row->part),
				card->card_count, style->language);
		add_criterion(&t, card, row, style);
	}
	add_sum_row(&t, "total", _("Mean of the parts"), card->mean, card->card_count, style->language);
	text_add(&t, "</tbody>\n</table>\n</div>\n");
	add_recommendations(&t, card);
	if (!style->brief) {
		page_list(&t, _("Strengths"), &card->strengths);
		page_list(&t, _("Concerns"), &card->concerns);
		page_list(&t, _("Open questions"), &card->open_questions);
	}
	page_list(&t, _("Changed after the reveal"), &changes);
	page_list(&t, _("Missing"), &card->missing);
	page_list(&t, _("Please note"), &card->warnings);
	add_pins(&t, card);
	page_close(&t);
	return text_take(&t, out, e);
}
