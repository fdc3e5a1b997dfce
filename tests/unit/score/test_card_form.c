// SPDX-License-Identifier: MIT
#include "score/card_form.h"

#include "support/score_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A draft of somebody, and the rubric it is marked against. */
struct bench {
	struct rubric *rubric;
	struct card *card;
	struct err e;
};

static int set_up(void **state)
{
	struct bench *bench = mem_new(1, sizeof(*bench), NULL);

	bench->rubric = sample_rubric();
	*state = bench;
	return card_new(&bench->card, bench->rubric, "kim", &bench->e);
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	rubric_free(bench->rubric);
	card_free(bench->card);
	free(bench);
	return 0;
}

static int take(struct bench *bench, const char *text)
{
	long long saved_ms;

	return card_form_take(bench->card, &saved_ms, bench->rubric, "card.txt", text, strlen(text), &bench->e);
}

static char *render(const struct bench *bench, enum language language)
{
	const struct card_form form = { bench->card, bench->rubric, "Card of kim", NULL, 42 };
	struct err e = { 0 };
	char *text = NULL;

	assert_int_equal(card_form_render(&text, &form, language, &e), 0);
	return text;
}

static void a_form_is_read_as_it_was_written(void **state)
{
	struct bench *bench = *state;
	const char *evidence = "first line\n# looks like a comment\n[errors]\nmark: 1\n  two blanks\n\nlast";

	assert_int_equal(card_set(bench->card, "quality", 4, evidence, &bench->e), 0);
	assert_int_equal(card_set(bench->card, "errors", MARK_NOT_OBSERVED, NULL, &bench->e), 0);
	for (int language = 0; language < LANGUAGE_COUNT; language++) {
		AUTO_FREE char *text = render(bench, (enum language)language), *again = NULL;

		assert_int_equal(take(bench, text), 0);
		assert_string_equal(card_mark_of(bench->card, "quality")->evidence, evidence);
		assert_int_equal(card_mark_of(bench->card, "quality")->mark, 4);
		assert_true(card_mark_of(bench->card, "errors")->set);
		again = render(bench, (enum language)language);
		assert_string_equal(text, again);
	}
}

static void what_is_left_empty_stays_open(void **state)
{
	struct bench *bench = *state;
	AUTO_FREE char *text = render(bench, LANGUAGE_EN);

	assert_int_equal(take(bench, text), 0);
	assert_false(card_mark_of(bench->card, "quality")->set);
	assert_int_equal(bench->card->recommendation, 0);
}

static void words_are_understood_in_both_languages(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(take(bench, "[quality]\nSTUFE: 2\nBeleg: gut\n[errors]\nmark: nicht beobachtet\n"
				     "[card]\nEmpfehlung: eher ja\nBefangen: ja\nMinuten anwesend: 90\n"),
		0);
	assert_int_equal(card_mark_of(bench->card, "quality")->mark, 2);
	assert_string_equal(card_mark_of(bench->card, "quality")->evidence, "gut");
	assert_int_equal(bench->card->recommendation, 3);
	assert_true(bench->card->conflict_of_interest);
	assert_int_equal(bench->card->minutes_present, 90);
}

static void a_text_without_blanks_before_its_lines_is_taken_as_well(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(take(bench, "[quality]\nevidence:\nas one types it\nin two lines\n\n\nmark: 3\n"), 0);
	assert_string_equal(card_mark_of(bench->card, "quality")->evidence, "as one types it\nin two lines");
	assert_int_equal(card_mark_of(bench->card, "quality")->mark, 3);
}

static void a_mistake_has_its_line_and_changes_nothing(void **state)
{
	static const struct {
		const char *form, *place;
	} slips[] = {
		{ "[quality]\nmark: 3\n\n[errors]\nmark: 5\n", "card.txt:5: " },
		{ "mark: 3\n", "card.txt:1: " },
		{ "[nothing]\n", "card.txt:1: " },
		{ "[quality\nmark: 3\n", "card.txt:1: " },
		{ "[quality]\nmark: 3\nmark: 2\n", "card.txt:3: " },
		{ "[quality]\nmark: 3\n[card]\nrecommendation: perhaps\n", "card.txt:4: " },
		{ "[quality]\nmark: 3\nwhat is this\n", "card.txt:3: " },
		{ "[quality]\nmark: 3\n[card]\nminutes present: long\n", "card.txt:4: " },
		{ "[quality]\nmark: 3\n[card]\nconflict of interest: maybe\n", "card.txt:4: " },
	};
	struct bench *bench = *state;

	for (size_t i = 0; i < sizeof(slips) / sizeof(*slips); i++) {
		bench->e = (struct err){ 0 };
		assert_int_equal(take(bench, slips[i].form), -1);
		assert_int_equal(bench->e.kind, ERR_INVALID);
		assert_non_null(strstr(bench->e.text, slips[i].place));
		assert_false(card_mark_of(bench->card, "quality")->set);
	}
}

static void a_sealed_card_takes_no_form(void **state)
{
	struct bench *bench = *state;

	bench->card->state = CARD_SEALED;
	assert_int_equal(take(bench, "[quality]\nmark: 3\n"), -1);
	assert_int_equal(bench->e.kind, ERR_CONFLICT);
}

/* How many of its beginnings pass for the whole form. */
static size_t count_whole(const char *text)
{
	size_t count = 0;

	for (size_t length = 0; length < strlen(text); length++)
		count += card_form_is_whole(text, length);
	return count;
}

static void a_form_that_was_cut_off_anywhere_is_not_whole(void **state)
{
	struct bench *bench = *state;
	AUTO_FREE char *english = NULL, *german = NULL;

	assert_int_equal(card_set(bench->card, "quality", 4, "saved: by the bell\nsaved: again", &bench->e), 0);
	english = render(bench, LANGUAGE_EN);
	german = render(bench, LANGUAGE_DE);

	assert_true(card_form_is_whole(english, strlen(english)));
	assert_true(card_form_is_whole(german, strlen(german)));
	assert_int_equal(count_whole(english), 0);
	assert_int_equal(count_whole(german), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_form_is_read_as_it_was_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_left_empty_stays_open, set_up, tear_down),
		cmocka_unit_test_setup_teardown(words_are_understood_in_both_languages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_text_without_blanks_before_its_lines_is_taken_as_well, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_mistake_has_its_line_and_changes_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_sealed_card_takes_no_form, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_form_that_was_cut_off_anywhere_is_not_whole, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
