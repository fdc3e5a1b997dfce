// SPDX-License-Identifier: MIT
#include "report/report.h"

#include "base/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* A scorecard of one criterion and two cards, made of borrowed literals; never freed as a scorecard. */
struct sample {
	int marks[2];
	int recommendations[2];
	char *texts[2];
	char *interviewers[2];
	struct evidence_line evidence;
	struct criterion_row row;
	struct part_row part;
	struct scorecard card;
};

#define LITERAL(text) ((char[]){ text })

static void make(struct sample *s, char *name, char *evidence)
{
	*s = (struct sample){ .marks = { 3, 4 }, .recommendations = { 3, 0 } };
	s->texts[0] = evidence;
	s->interviewers[0] = (char *)(uintptr_t)"Ines Vogel";
	s->interviewers[1] = (char *)(uintptr_t)"Jonas Brandt";
	s->evidence = (struct evidence_line){ .text = (char *)(uintptr_t)"suite errors: 6 of 8 points", .share = 0.75 };
	s->row = (struct criterion_row){ .id = (char *)(uintptr_t)"coding-errors", .part = PART_CODING, .weight = 2,
		.marks = s->marks, .evidence_texts = s->texts, .mean = 3.5, .lowest = 3, .highest = 4,
		.evidence = &s->evidence, .evidence_count = 1 };
	s->row.title.text[LANGUAGE_EN] = (char *)(uintptr_t)"Error handling in code";
	s->row.title.text[LANGUAGE_DE] = (char *)(uintptr_t)"Fehlerbehandlung im Code";
	s->part = (struct part_row){ PART_CODING, 3.5 };
	s->card = (struct scorecard){ .session = (char *)(uintptr_t)"S-0001", .position = (char *)(uintptr_t)"backend",
		.stage = (char *)(uintptr_t)"technical", .candidate = (char *)(uintptr_t)"C-7Q2K", .name = name,
		.rubric = (char *)(uintptr_t)"senior-backend", .rubric_version = 3,
		.rubric_digest = (char *)(uintptr_t)"0123456789abcdef", .interviewers = { s->interviewers, 2 },
		.recommendations = s->recommendations, .card_count = 2, .due = 2, .sealed = 2, .criteria = &s->row,
		.criterion_count = 1, .parts = &s->part, .part_count = 1, .mean = 3.5 };
}

static char *scorecard_text(char *name, char *evidence, size_t columns, enum language language)
{
	struct report_style style = { .columns = columns, .language = language };
	struct sample s;
	struct err e = { 0 };
	char *out = NULL;

	make(&s, name, evidence);
	assert_int_equal(report_scorecard_text(&out, &s.card, &style, &e), 0);
	return out;
}

static char *scorecard_html(char *name, char *evidence)
{
	struct report_style style = { .columns = 80, .language = LANGUAGE_EN };
	struct sample s;
	struct err e = { 0 };
	char *out = NULL;

	make(&s, name, evidence);
	assert_int_equal(report_scorecard_html(&out, &s.card, &style, &e), 0);
	return out;
}

static size_t widest_line(const char *text)
{
	size_t widest = 0;

	while (*text) {
		size_t length = strcspn(text, "\n");
		AUTO_FREE char *line = strndup(text, length);
		size_t width = text_columns(line);

		if (width > widest)
			widest = width;
		text += length + (text[length] == '\n');
	}
	return widest;
}

static void a_criterion_shows_all_marks_the_mean_and_the_spread(void **state)
{
	char name[] = "Anna Berg";
	AUTO_FREE char *text = scorecard_text(name, NULL, 80, LANGUAGE_EN);
	(void)state;

	assert_non_null(strstr(text, "  Error handling in code ×2                           3        4    3.50       1\n"));
}

static void numbers_and_titles_follow_the_language(void **state)
{
	char name[] = "Anna Berg";
	AUTO_FREE char *text = scorecard_text(name, NULL, 80, LANGUAGE_DE);
	(void)state;

	assert_non_null(strstr(text, "Fehlerbehandlung im Code"));
	assert_non_null(strstr(text, "3,50"));
}

static void no_line_is_wider_than_the_terminal(void **state)
{
	char name[] = "Anna Berg";
	char evidence[] = "An answer of many words that goes on and on, well past the end of any terminal that one "
			  "would find on a desk, and then some more of it so that it must be wrapped twice at least.";
	AUTO_FREE char *narrow = scorecard_text(name, evidence, 80, LANGUAGE_EN);
	AUTO_FREE char *wide = scorecard_text(name, evidence, 120, LANGUAGE_EN);
	(void)state;

	assert_true(widest_line(narrow) <= 80);
	assert_true(widest_line(wide) <= 120);
	assert_true(widest_line(wide) > 100);
}

static void a_name_commands_no_terminal(void **state)
{
	char name[] = "Anna\x1b]0;owned\x07\xe2\x80\xaeGreb";
	AUTO_FREE char *text = scorecard_text(name, NULL, 80, LANGUAGE_EN);
	(void)state;

	assert_null(strchr(text, '\x1b'));
	assert_null(strstr(text, "\xe2\x80\xae"));
	assert_non_null(strstr(text, "Anna\\x1b]0;owned\\x07\\u202eGreb (C-7Q2K)"));
}

static void evidence_commands_no_page(void **state)
{
	char name[] = "Anna Berg";
	char evidence[] = "<script>alert(1)</script><img src=x onerror=\"a&b\">'";
	AUTO_FREE char *page = scorecard_html(name, evidence);
	(void)state;

	assert_null(strstr(page, "<script"));
	assert_null(strstr(page, "<img"));
	assert_non_null(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;a&amp;b&quot;&gt;&#39;"));
}

static void a_page_loads_nothing_and_says_so_to_the_browser(void **state)
{
	char name[] = "Anna Berg";
	AUTO_FREE char *page = scorecard_html(name, NULL);
	(void)state;

	assert_non_null(strstr(page, "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
	assert_null(strstr(page, "http://"));
	assert_null(strstr(page, "https://"));
	assert_null(strstr(page, "url("));
}

static void what_was_not_observed_is_a_dash_and_no_number(void **state)
{
	struct report_style style = { .columns = 80, .language = LANGUAGE_EN };
	struct sample s;
	struct err e = { 0 };
	AUTO_FREE char *out = NULL;
	(void)state;
	make(&s, NULL, NULL);
	s.marks[0] = s.marks[1] = MARK_NOT_OBSERVED;
	s.row.mean = s.part.mean = s.card.mean = -1;

	assert_int_equal(report_scorecard_text(&out, &s.card, &style, &e), 0);

	assert_non_null(strstr(out, "  Error handling in code ×2                           –        –       –       –\n"));
	assert_null(strstr(out, "-1"));
}

static void a_comparison_flags_the_pin_that_differs(void **state)
{
	struct report_style style = { .columns = 80, .language = LANGUAGE_EN };
	struct sample a, b;
	char anna[] = "Anna Berg", ben[] = "Ben Acker", field[] = "rubric_digest", first[] = "0123", other[] = "4567";
	struct pin_difference difference = { 1, field, first, other };
	struct comparison_table table = { .position = LITERAL("backend"), .stage = LITERAL("technical"), .count = 2,
		.differences = &difference, .difference_count = 1 };
	const struct scorecard *cards[2];
	struct err e = { 0 };
	AUTO_FREE char *out = NULL;
	(void)state;
	make(&a, anna, NULL);
	make(&b, ben, NULL);
	cards[0] = &a.card;
	cards[1] = &b.card;
	table.cards = cards;

	assert_int_equal(report_comparison_text(&out, &table, &style, &e), 0);

	assert_non_null(strstr(out, "Different pins: these scorecards are not alike"));
	assert_non_null(strstr(out, "Ben Acker (C-7Q2K) – rubric_digest: 4567 ≠ 0123 (Anna Berg (C-7Q2K))"));
	assert_true(widest_line(out) <= 80);
}

static void a_pin_that_is_no_digest_is_shown_whole(void **state)
{
	struct sample a, b;
	char anna[] = "Anna Berg", ben[] = "Ben Acker", field[] = "plan", first[] = "senior-backend", other[] = "senior-backlog";
	struct pin_difference difference = { 1, field, first, other };
	struct comparison_table table = { .position = LITERAL("backend"), .stage = LITERAL("technical"), .count = 2,
		.differences = &difference, .difference_count = 1 };
	const struct scorecard *cards[2] = { &a.card, &b.card };
	struct report_style style = { .columns = 120, .language = LANGUAGE_EN };
	struct err e = { 0 };
	AUTO_FREE char *out = NULL;
	(void)state;
	make(&a, anna, NULL);
	make(&b, ben, NULL);
	table.cards = cards;

	assert_int_equal(report_comparison_text(&out, &table, &style, &e), 0);

	assert_non_null(strstr(out, "– plan: senior-backlog ≠ senior-backend (Anna Berg (C-7Q2K))"));
}

static void a_criterion_that_only_another_card_has_is_shown(void **state)
{
	struct sample a, b;
	char anna[] = "Anna Berg", ben[] = "Ben Acker", id[] = "idempotency", title[] = "Idempotency";
	struct comparison_table table = { .position = LITERAL("backend"), .stage = LITERAL("technical"), .count = 2 };
	const struct scorecard *cards[2] = { &a.card, &b.card };
	struct report_style style = { .columns = 80, .language = LANGUAGE_EN };
	struct err e = { 0 };
	AUTO_FREE char *out = NULL;
	(void)state;
	make(&a, anna, NULL);
	make(&b, ben, NULL);
	b.row.id = id;
	b.row.title.text[LANGUAGE_EN] = title;
	b.row.part = PART_DESIGN;
	table.cards = cards;

	assert_int_equal(report_comparison_text(&out, &table, &style, &e), 0);

	assert_non_null(strstr(out, "  Error handling in code"));
	assert_non_null(strstr(out, "  Idempotency"));
}

static void a_brief_page_keeps_the_interviewers_words_to_itself(void **state)
{
	struct report_style style = { .columns = 80, .language = LANGUAGE_EN, .brief = true };
	char name[] = "Anna Berg", words[] = "hesitated at first";
	struct sample s;
	struct err e = { 0 };
	AUTO_FREE char *out = NULL;
	(void)state;
	make(&s, name, words);

	assert_int_equal(report_scorecard_html(&out, &s.card, &style, &e), 0);

	assert_null(strstr(out, words));
}

static void interviewers_are_headed_by_their_first_names_unless_they_share_one(void **state)
{
	struct report_style style = { .columns = 80, .language = LANGUAGE_EN };
	char name[] = "Anna Berg", other_ines[] = "Ines Auer";
	struct sample s;
	struct err e = { 0 };
	AUTO_FREE char *apart = NULL;
	AUTO_FREE char *alike = NULL;
	(void)state;
	make(&s, name, NULL);

	assert_int_equal(report_scorecard_text(&apart, &s.card, &style, &e), 0);
	s.interviewers[1] = other_ines;
	assert_int_equal(report_scorecard_text(&alike, &s.card, &style, &e), 0);

	assert_non_null(strstr(apart, "     Ines    Jonas    mean"));
	assert_non_null(strstr(alike, " Ines Vo… Ines Au…    mean"));
}

static void what_could_be_forged_is_marked_on_every_page(void **state)
{
	struct report_style style = { .columns = 120, .language = LANGUAGE_EN };
	char name[] = "Anna Berg", *warning = (char *)(uintptr_t)"stack: the result can be forged";
	struct sample s;
	struct err e = { 0 };
	const struct scorecard *cards[1] = { &s.card };
	AUTO_COMPARISON struct comparison_table *table = NULL;
	AUTO_FREE char *text = NULL, *html = NULL, *table_text = NULL, *table_html = NULL, *result_text = NULL;
	AUTO_RESULT struct result *result = result_new(&e);
	(void)state;
	make(&s, name, NULL);
	s.evidence.forgeable = true;
	s.card.warnings = (struct strings){ &warning, 1 };
	result->gradable = result->forgeable = true;
	result->verdict = RESULT_PARTIAL;

	assert_int_equal(report_scorecard_text(&text, &s.card, &style, &e), 0);
	assert_int_equal(report_scorecard_html(&html, &s.card, &style, &e), 0);
	assert_int_equal(comparison_make(&table, cards, 1, &e), 0);
	assert_int_equal(report_comparison_text(&table_text, table, &style, &e), 0);
	assert_int_equal(report_comparison_html(&table_html, table, &style, &e), 0);
	assert_int_equal(report_result_text(&result_text, result, &style, &e), 0);

	assert_non_null(strstr(text, "(forgeable) suite errors: 6 of 8 points"));
	assert_non_null(strstr(text, warning));
	assert_non_null(strstr(html, "(forgeable) suite errors: 6 of 8 points"));
	assert_non_null(strstr(html, warning));
	assert_non_null(strstr(table_text, warning));
	assert_non_null(strstr(table_html, warning));
	assert_non_null(strstr(result_text, "Forgeable: the tests ran in one process"));
}

static void a_results_text_says_what_was_odd_of_each_report(void **state)
{
	struct report_style style = { .columns = 120, .language = LANGUAGE_EN };
	AUTO_RESULT struct result *result = result_new(NULL);
	struct report_note *report = result_add_report(result, NULL);
	AUTO_FREE char *text = NULL;
	(void)state;
	result->gradable = true;
	report->suite = mem_copy("unit", NULL);
	for (int i = 1; i <= 7; i++)
		strings_take(&report->anomalies, mem_format(NULL, "odd \x1b number %d", i), NULL);

	assert_int_equal(report_result_text(&text, result, &style, NULL), 0);

	assert_non_null(strstr(text, "What was odd about the reports\n  unit: odd \\x1b number 1\n"));
	assert_non_null(strstr(text, "  unit: odd \\x1b number 5\n  unit: and 2 more\n"));
}

static int use_utf8(void **state)
{
	(void)state;
	return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_criterion_shows_all_marks_the_mean_and_the_spread),
		cmocka_unit_test(numbers_and_titles_follow_the_language),
		cmocka_unit_test(no_line_is_wider_than_the_terminal),
		cmocka_unit_test(a_name_commands_no_terminal),
		cmocka_unit_test(evidence_commands_no_page),
		cmocka_unit_test(a_page_loads_nothing_and_says_so_to_the_browser),
		cmocka_unit_test(what_was_not_observed_is_a_dash_and_no_number),
		cmocka_unit_test(a_comparison_flags_the_pin_that_differs),
		cmocka_unit_test(a_pin_that_is_no_digest_is_shown_whole),
		cmocka_unit_test(a_criterion_that_only_another_card_has_is_shown),
		cmocka_unit_test(a_brief_page_keeps_the_interviewers_words_to_itself),
		cmocka_unit_test(interviewers_are_headed_by_their_first_names_unless_they_share_one),
		cmocka_unit_test(what_could_be_forged_is_marked_on_every_page),
		cmocka_unit_test(a_results_text_says_what_was_odd_of_each_report),
	};

	return cmocka_run_group_tests(tests, use_utf8, NULL);
}
