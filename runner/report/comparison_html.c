// SPDX-License-Identifier: MIT
/*
 * A comparison as one self-contained page.
 */
#include "report/report.h"

#include "report/page.h"
#include "report/parts.h"


static void add_columns(struct text *t, const struct comparison_table *table)
{
	text_add(t, "<div class=\"scroll\">\n<table>\n<thead><tr><th scope=\"col\">");
	parts_add_html(t, _("Criterion"));
	text_add(t, "</th>");
	for (size_t i = 0; i < table->count; i++) {
		text_add(t, "<th scope=\"col\">");
		parts_add_html(t, table->cards[i]->name ? table->cards[i]->name : table->cards[i]->candidate);
		text_add(t, "<p class=\"evidence\">");
		parts_add_html(t, table->cards[i]->candidate);
		text_add(t, "</p></th>");
	}
	text_add(t, "</tr></thead>\n<tbody>\n");
}

static void add_means(struct text *t, const struct comparison_table *table, const char *class, const char *title,
	int part, enum language language)
{
	text_addf(t, "<tr class=\"%s\"><th scope=\"row\">", class);
	parts_add_html(t, title);
	text_add(t, "</th>");
	for (size_t i = 0; i < table->count; i++) {
		const struct scorecard *card = table->cards[i];
		char mean[PARTS_NUMBER];

		parts_mean(part < 0 ? card->mean : parts_part_mean(card, (enum part_kind)part), language, mean);
		page_cell(t, NULL, mean);
	}
	text_add(t, "</tr>\n");
}

static void add_criterion(struct text *t, const struct comparison_table *table, const struct criterion_row *first,
	enum language language)
{
	text_add(t, "<tr><th scope=\"row\">");
	parts_add_html(t, localised_text(&first->title, language));
	text_add(t, "</th>");
	for (size_t i = 0; i < table->count; i++) {
		const struct criterion_row *row = parts_row_of(table->cards[i], first->id);

		text_add(t, "<td class=\"bar\">");
		if (row)
			page_marks(t, row, table->cards[i]->card_count, language);
		else
			text_add(t, "–");
		text_add(t, "</td>");
	}
	text_add(t, "</tr>\n");
}

static void add_recommendations(struct text *t, const struct comparison_table *table)
{
	text_add(t, "<tr><th scope=\"row\">");
	parts_add_html(t, _("Recommendations"));
	text_add(t, "</th>");
	for (size_t i = 0; i < table->count; i++) {
		const struct scorecard *card = table->cards[i];

		text_add(t, "<td>");
		for (size_t k = 0; k < card->card_count; k++) {
			text_add(t, k ? "<br>" : "");
			parts_add_html(t, card->recommendations[k] ? recommendation_title(card->recommendations[k]) : "–");
		}
		text_add(t, "</td>");
	}
	text_add(t, "</tr>\n");
}

static void add_differences(struct text *t, const struct comparison_table *table)
{
	text_addf(t, "<h2%s>", table->difference_count ? " class=\"warn\"" : "");
	parts_add_html(t, table->difference_count ? _("Different pins: these scorecards are not alike")
						  : _("Pins: the same for all"));
	text_add(t, "</h2>\n");
	if (table->difference_count)
		text_add(t, "<ul>\n");
	for (size_t i = 0; i < table->difference_count; i++) {
		const struct pin_difference *d = &table->differences[i];
		AUTO_TEXT struct text line = { 0 };

		parts_add_difference(&line, table, d);
		t->failed |= line.failed;
		text_add(t, "<li>");
		parts_add_html(t, text_bytes(&line));
		text_add(t, "</li>\n");
	}
	if (table->difference_count)
		text_add(t, "</ul>\n");
}

int report_comparison_html(char **out, const struct comparison_table *table, const struct report_style *style,
	struct err *e)
{
	struct text t = { 0 };
	const struct criterion_row *row;
	int part = -1;
	AUTO_TEXT struct text title = { 0 };
	AUTO_STRINGS struct strings changes = { 0 };

	for (size_t i = 0; i < table->count; i++)
		if (parts_list_changes(&changes, table->cards[i], true, style->language, style->brief, e) < 0)
			return -1;
	text_addf(&title, _("Comparison: %s · %s"), table->position, table->stage);
	t.failed |= title.failed;
	page_open(&t, text_bytes(&title), style);
	text_add(&t, "<h1>");
	parts_add_html(&t, text_bytes(&title));
	text_add(&t, "</h1>\n<p class=\"dim\">");
	parts_add_html(&t, _("The order of the columns is that of the names. A dot is a mark, the line their mean."));
	text_add(&t, "</p>\n");
	add_columns(&t, table);
	for (size_t i = 0; (row = parts_nth_criterion(table, i)); i++) {
		if ((int)row->part != part)
			add_means(&t, table, "part", part_kind_title(row->part), (int)row->part, style->language);
		part = (int)row->part;
		add_criterion(&t, table, row, style->language);
	}
	add_means(&t, table, "total", _("Mean of the parts"), -1, style->language);
	add_recommendations(&t, table);
	text_add(&t, "</tbody>\n</table>\n</div>\n");
	add_differences(&t, table);
	page_list(&t, _("Changed after the reveal"), &changes);
	page_list(&t, _("Please note"), &table->notes);
	page_close(&t);
	return text_take(&t, out, e);
}
