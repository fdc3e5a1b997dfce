// SPDX-License-Identifier: MIT
#include "score/card.h"

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
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	assert_int_equal(json_doc_parse(&doc, "card.json", text, strlen(text), &bench->e), 0);
	return card_take_file(bench->card, bench->rubric, doc, &bench->e);
}

static char *render(const struct card *card)
{
	AUTO_JSON struct json *document = card_json(card);
	struct err e = { 0 };
	char *text = NULL;

	assert_int_equal(json_render(document, JSON_STYLE_PRETTY, &text, &e), 0);
	return text;
}

static const char whole_file[] =
	"{\"format\": 1, \"marks\": [\n"
	" {\"criterion\": \"quality\", \"mark\": 3},\n"
	" {\"criterion\": \"errors\", \"mark\": null, \"evidence\": \"not reached\"},\n"
	" {\"criterion\": \"depth\", \"mark\": 4, \"evidence\": \"found all\"}],\n"
	" \"strengths\": \"calm\", \"recommendation\": \"yes\", \"language\": \"en\", \"minutes_present\": 90}";

static void a_new_card_has_every_criterion_undecided(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(bench->card->mark_count, 3);
	assert_false(bench->card->marks[2].set);
	assert_string_equal(bench->card->rubric_digest, bench->rubric->digest);
	assert_int_equal(bench->card->state, CARD_DRAFT);
}

static void a_file_sets_marks_and_not_observed_is_a_decision(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(take(bench, whole_file), 0);

	assert_int_equal(card_mark_of(bench->card, "quality")->mark, 3);
	assert_true(card_mark_of(bench->card, "errors")->set);
	assert_int_equal(card_mark_of(bench->card, "errors")->mark, MARK_NOT_OBSERVED);
	assert_int_equal(bench->card->recommendation, 3);
	assert_int_equal(bench->card->minutes_present, 90);
}

static void a_second_file_changes_only_what_it_names(void **state)
{
	struct bench *bench = *state;
	assert_int_equal(take(bench, whole_file), 0);

	assert_int_equal(take(bench, "{\"format\": 1, \"marks\": [{\"criterion\": \"depth\", \"mark\": 2}]}"), 0);

	assert_int_equal(card_mark_of(bench->card, "depth")->mark, 2);
	assert_string_equal(card_mark_of(bench->card, "depth")->evidence, "found all");
	assert_string_equal(bench->card->strengths, "calm");
	assert_int_equal(bench->card->recommendation, 3);
}

static void a_file_with_a_mistake_changes_nothing(void **state)
{
	struct bench *bench = *state;
	AUTO_FREE char *before = render(bench->card), *after = NULL;

	assert_int_equal(take(bench, "{\"format\": 1, \"strengths\": \"x\", \"marks\": [\n"
		"{\"criterion\": \"depth\", \"mark\": 2},\n{\"criterion\": \"dept\", \"mark\": 2}]}"), -1);

	after = render(bench->card);
	assert_string_equal(before, after);
	assert_string_equal(bench->e.text, "card.json:3: /marks/1/criterion is no criterion of the rubric sample");
}

static void a_mark_of_five_is_refused_with_its_line(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(take(bench, "{\"format\": 1, \"marks\": [\n{\"criterion\": \"depth\", \"mark\": 5}]}"), -1);

	assert_int_equal(bench->e.kind, ERR_INVALID);
	assert_string_equal(bench->e.text, "card.json:2: /marks/0/mark must be a whole number from 1 to 4");
}

static void half_a_mark_is_refused(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(take(bench, "{\"format\": 1, \"marks\": [{\"criterion\": \"depth\", \"mark\": 2.5}]}"), -1);

	assert_int_equal(bench->e.kind, ERR_INVALID);
}

static void a_criterion_that_comes_twice_is_refused(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(take(bench, "{\"format\": 1, \"marks\": [{\"criterion\": \"depth\", \"mark\": 2},"
		"{\"criterion\": \"depth\", \"mark\": 3}]}"), -1);

	assert_string_equal(bench->e.text, "card.json:1: /marks/1/criterion is marked twice");
}

static void a_middle_recommendation_does_not_exist(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(take(bench, "{\"format\": 1, \"recommendation\": \"maybe\"}"), -1);

	assert_non_null(strstr(bench->e.text, "/recommendation must be \"strong_no\", \"no\", \"yes\" or \"strong_yes\""));
}

static void a_card_begun_with_another_rubric_takes_no_file(void **state)
{
	struct bench *bench = *state;
	bench->rubric->digest[0] ^= 1;

	assert_int_equal(take(bench, whole_file), -1);

	assert_int_equal(bench->e.kind, ERR_CONFLICT);
}

static void a_sealed_card_cannot_be_changed(void **state)
{
	struct bench *bench = *state;
	bench->card->state = CARD_SEALED;
	bench->card->sealed_ms = 1;

	assert_int_equal(take(bench, whole_file), -1);
	assert_int_equal(bench->e.kind, ERR_CONFLICT);
	assert_int_equal(card_set(bench->card, "depth", 3, NULL, &bench->e), -1);
	assert_string_equal(bench->e.text, "the card of kim is sealed already");
}

static void setting_an_unknown_criterion_names_those_there_are(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(card_set(bench->card, "speed", 3, NULL, &bench->e), -1);

	assert_int_equal(bench->e.kind, ERR_NOT_FOUND);
	assert_string_equal(bench->e.text, "the rubric sample has no criterion 'speed'; it has quality, errors, depth");
}

static void a_mark_out_of_range_cannot_be_set(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(card_set(bench->card, "depth", 5, NULL, &bench->e), -1);
	assert_int_equal(bench->e.kind, ERR_INVALID);
	assert_int_equal(card_set(bench->card, "depth", -1, NULL, &bench->e), -1);
	assert_false(card_mark_of(bench->card, "depth")->set);
}

static void everything_that_is_missing_is_named_at_once(void **state)
{
	struct bench *bench = *state;
	assert_int_equal(card_set(bench->card, "depth", 4, " \n", &bench->e), 0);

	assert_int_equal(card_check_complete(bench->card, bench->rubric, &bench->e), -1);

	assert_int_equal(bench->e.kind, ERR_CONFLICT);
	assert_string_equal(bench->e.text, "the card is not complete: no mark for quality, errors; "
		"no evidence for the 4 of depth; no recommendation");
}

static void marks_in_the_middle_need_no_evidence(void **state)
{
	struct bench *bench = *state;
	assert_int_equal(take(bench, whole_file), 0);

	assert_int_equal(card_check_complete(bench->card, bench->rubric, &bench->e), 0);
}

static void a_one_needs_evidence_as_a_four_does(void **state)
{
	struct bench *bench = *state;
	assert_int_equal(take(bench, whole_file), 0);
	assert_int_equal(card_set(bench->card, "quality", 1, NULL, &bench->e), 0);

	assert_int_equal(card_check_complete(bench->card, bench->rubric, &bench->e), -1);

	assert_string_equal(bench->e.text, "the card is not complete: no evidence for the 1 of quality");
}

static void a_card_is_read_back_without_loss(void **state)
{
	struct bench *bench = *state;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_CARD struct card *read = NULL;
	AUTO_FREE char *text = NULL, *again = NULL;
	assert_int_equal(take(bench, whole_file), 0);
	text = render(bench->card);

	assert_int_equal(json_doc_parse(&doc, "card.json", text, strlen(text), &bench->e), 0);
	assert_int_equal(card_parse(&read, doc, &bench->e), 0);

	again = render(read);
	assert_string_equal(text, again);
}

static void a_draft_with_a_time_of_sealing_is_refused(void **state)
{
	struct bench *bench = *state;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_CARD struct card *read = NULL;
	AUTO_FREE char *text = NULL;
	bench->card->sealed_ms = 5;
	text = render(bench->card);

	assert_int_equal(json_doc_parse(&doc, "card.json", text, strlen(text), &bench->e), 0);
	assert_int_equal(card_parse(&read, doc, &bench->e), -1);

	assert_null(read);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_new_card_has_every_criterion_undecided),
		CLAIM(a_file_sets_marks_and_not_observed_is_a_decision),
		CLAIM(a_second_file_changes_only_what_it_names),
		CLAIM(a_file_with_a_mistake_changes_nothing),
		CLAIM(a_mark_of_five_is_refused_with_its_line),
		CLAIM(half_a_mark_is_refused),
		CLAIM(a_criterion_that_comes_twice_is_refused),
		CLAIM(a_middle_recommendation_does_not_exist),
		CLAIM(a_card_begun_with_another_rubric_takes_no_file),
		CLAIM(a_sealed_card_cannot_be_changed),
		CLAIM(setting_an_unknown_criterion_names_those_there_are),
		CLAIM(a_mark_out_of_range_cannot_be_set),
		CLAIM(everything_that_is_missing_is_named_at_once),
		CLAIM(marks_in_the_middle_need_no_evidence),
		CLAIM(a_one_needs_evidence_as_a_four_does),
		CLAIM(a_card_is_read_back_without_loss),
		CLAIM(a_draft_with_a_time_of_sealing_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
