// SPDX-License-Identifier: MIT
#include "score/scorecard.h"

#include "support/score_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* Two interviewers, one result and one confirmed review. */
struct bench {
	struct rubric *rubric;
	struct card *cards[2];
	struct result *result;
	struct findings findings;
	struct part_evidence evidence[2];
	struct scorecard_order order;
	struct scorecard *made;
	struct err e;
};

static const char *const names[] = { "Kim", "Lee" };

static int set_up(void **state)
{
	static const int kim[] = { 3, 0, 4 }, lee[] = { 2, 0, 0 };
	struct bench *bench = mem_new(1, sizeof(*bench), NULL);

	bench->rubric = sample_rubric();
	bench->cards[0] = sample_card(bench->rubric, "kim", kim);
	bench->cards[1] = sample_card(bench->rubric, "lee", lee);
	bench->result = sample_result();
	bench->findings = (struct findings){ .confirmed = true, .all = { 6, 4, 7 }, .weight_found_halves = 20,
		.weight_total = 15 };
	bench->findings.by_category[CATEGORY_SECURITY] = (struct findings_count){ 3, 2, 4 };
	bench->evidence[0] = (struct part_evidence){ PART_CODING, "queue", bench->result, NULL };
	bench->evidence[1] = (struct part_evidence){ PART_REVIEW, "upload", NULL, &bench->findings };
	bench->order = (struct scorecard_order){ .session = "S1", .position = "backend", .stage = "technical",
		.candidate = "C-7Q2K", .rubric = bench->rubric, .cards = (const struct card *const *)bench->cards,
		.card_count = 2, .due = 2, .sealed = 2, .interviewers = names, .evidence = bench->evidence,
		.evidence_count = 2 };
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	scorecard_free(bench->made);
	rubric_free(bench->rubric);
	card_free(bench->cards[0]);
	card_free(bench->cards[1]);
	result_free(bench->result);
	free(bench);
	return 0;
}

static void make(struct bench *bench)
{
	assert_int_equal(scorecard_make(&bench->made, &bench->order, &bench->e), 0);
}

static const struct criterion_row *row(const struct bench *bench, size_t i)
{
	return &bench->made->criteria[i];
}

static void assert_near(double a, double b)
{
	assert_true(a > b - 1e-9 && a < b + 1e-9);
}

static void assert_has(const struct strings *list, const char *sentence)
{
	assert_true(strings_find(list, sentence) >= 0);
}

static void marks_stand_beside_each_other_with_mean_and_range(void **state)
{
	struct bench *bench = *state;

	make(bench);

	assert_int_equal(row(bench, 0)->marks[0], 3);
	assert_int_equal(row(bench, 0)->marks[1], 2);
	assert_near(row(bench, 0)->mean, 2.5);
	assert_int_equal(row(bench, 0)->highest - row(bench, 0)->lowest, 1);
}

static void not_observed_counts_nowhere(void **state)
{
	struct bench *bench = *state;

	make(bench);

	assert_near(row(bench, 1)->mean, -1);
	assert_int_equal(row(bench, 1)->lowest, 0);
	assert_near(row(bench, 2)->mean, 4);
	assert_near(bench->made->parts[0].mean, 2.5);
	assert_near(bench->made->mean, (2.5 + 4) / 2);
}

static void a_part_is_weighted_and_a_session_is_not(void **state)
{
	struct bench *bench = *state;
	bench->cards[0]->marks[1].mark = 1;

	make(bench);

	assert_near(bench->made->parts[0].mean, (2 * 2.5 + 1 * 1) / 3);
	assert_near(bench->made->mean, ((2 * 2.5 + 1 * 1) / 3 + 4) / 2);
}

static void nobody_observed_anything_is_no_number(void **state)
{
	struct bench *bench = *state;
	bench->order.card_count = 0;
	bench->order.sealed = 0;

	make(bench);

	assert_near(bench->made->mean, -1);
	assert_has(&bench->made->missing, "2 of 2 cards are not sealed yet");
}

static void gaps_are_named(void **state)
{
	struct bench *bench = *state;

	make(bench);

	assert_has(&bench->made->missing, "nobody observed: Errors");
	assert_has(&bench->made->missing, "only one of 2 observed: Review depth");
	assert_int_equal(bench->made->missing.count, 2);
}

static void a_card_that_is_not_revealed_never_reaches_a_scorecard(void **state)
{
	struct bench *bench = *state;
	bench->cards[1]->state = CARD_SEALED;

	assert_int_equal(scorecard_make(&bench->made, &bench->order, &bench->e), -1);

	assert_int_equal(bench->e.kind, ERR_DENIED);
	assert_string_equal(bench->e.text, "the card of Lee is not revealed");
	assert_null(bench->made);
}

static void evidence_is_told_in_words_with_its_share(void **state)
{
	struct bench *bench = *state;

	make(bench);

	assert_string_equal(row(bench, 0)->evidence[0].text, "suite open: 2 of 5 points");
	assert_near(row(bench, 0)->evidence[0].share, 0.4);
	assert_int_equal(row(bench, 0)->evidence_count, 1);
	assert_string_equal(row(bench, 1)->evidence[0].text, "suite secret: 4 of 6 points");
	assert_string_equal(row(bench, 1)->evidence[1].text, "test t.holds: passed");
	assert_string_equal(row(bench, 2)->evidence[0].text, "security: 2 of 3 found (95 %: 21–94 %)");
	assert_string_equal(row(bench, 2)->evidence[1].text, "all flaws: 4 of 6 found (95 %: 30–90 %)");
}

static void a_mark_is_suggested_from_the_share_of_points(void **state)
{
	struct bench *bench = *state;

	make(bench);

	assert_int_equal(row(bench, 0)->suggested, 2);
	assert_int_equal(row(bench, 1)->suggested, 0);
}

static void three_wrong_claims_cost_a_suggested_mark(void **state)
{
	struct bench *bench = *state;
	make(bench);
	assert_int_equal(row(bench, 2)->suggested, 3);
	scorecard_free(take_ptr(&bench->made));
	bench->findings.wrong = 3;

	make(bench);

	assert_int_equal(row(bench, 2)->suggested, 2);
}

static void unconfirmed_matches_count_for_nothing_and_are_missing(void **state)
{
	struct bench *bench = *state;
	bench->findings = (struct findings){ .all = { 6, 0, 0 }, .proposed = 3, .to_check = 1, .weight_total = 15 };

	make(bench);

	assert_int_equal(row(bench, 2)->suggested, 0);
	assert_near(row(bench, 2)->evidence[0].share, -1);
	assert_has(&bench->made->missing,
		"upload: 3 proposed matches and 1 to check are not confirmed: they count for nothing yet");
}

static void an_ungradable_result_is_no_zero(void **state)
{
	struct bench *bench = *state;
	bench->result->gradable = false;
	bench->result->reason = mem_copy("the box could not be built", NULL);

	make(bench);

	assert_string_equal(row(bench, 0)->evidence[0].text, "suite open: not gradable");
	assert_near(row(bench, 0)->evidence[0].share, -1);
	assert_int_equal(row(bench, 0)->suggested, 0);
	assert_has(&bench->made->warnings,
		"queue: not gradable, through no fault of the candidate: the box could not be built");
}

static void a_missing_result_says_so_in_its_line(void **state)
{
	struct bench *bench = *state;
	bench->evidence[0].result = NULL;

	make(bench);

	assert_string_equal(row(bench, 0)->evidence[0].text, "suite open: no result so far");
	assert_int_equal(row(bench, 0)->suggested, 0);
	assert_has(&bench->made->missing, "queue: no result so far");
}

static void forgeable_evidence_is_marked_where_it_stands(void **state)
{
	struct bench *bench = *state;
	bench->result->forgeable = bench->result->reports[0].forgeable = true;

	make(bench);

	assert_true(row(bench, 0)->evidence[0].forgeable);
	assert_false(row(bench, 1)->evidence[0].forgeable);
	assert_has(&bench->made->warnings,
		"queue: the result can be forged, its tests ran together with the candidate's code");
}

static void what_a_reader_must_know_about_a_card_is_a_warning(void **state)
{
	struct bench *bench = *state;
	bench->cards[0]->conflict_of_interest = true;
	bench->cards[1]->rubric_digest[0] ^= 1;

	make(bench);

	assert_has(&bench->made->warnings, "Kim knows this person privately");
	assert_has(&bench->made->warnings, "Lee marked with another version of the rubric");
}

static void one_interviewer_says_nothing_about_certainty(void **state)
{
	struct bench *bench = *state;
	bench->order.card_count = bench->order.due = bench->order.sealed = 1;

	make(bench);

	assert_has(&bench->made->warnings, "One interviewer: nothing can be said about certainty.");
	assert_int_equal(bench->made->missing.count, 1);
}

static void words_stand_with_the_name_of_who_wrote_them(void **state)
{
	struct bench *bench = *state;
	free(bench->cards[0]->strengths);
	bench->cards[0]->strengths = mem_copy("calm", NULL);

	make(bench);

	assert_int_equal(bench->made->strengths.count, 1);
	assert_string_equal(bench->made->strengths.item[0], "Kim: calm");
}

static void recommendations_are_shown_and_never_averaged(void **state)
{
	struct bench *bench = *state;
	double mean;
	make(bench);
	mean = bench->made->mean;
	scorecard_free(take_ptr(&bench->made));
	bench->cards[0]->recommendation = 1;

	make(bench);

	assert_int_equal(bench->made->recommendations[0], 1);
	assert_near(bench->made->mean, mean);
}

static void the_document_has_no_number_where_nothing_was_observed(void **state)
{
	struct bench *bench = *state;
	AUTO_JSON struct json *document = NULL;
	struct json_at root, criteria, errors;
	make(bench);

	document = scorecard_json(bench->made);

	root = json_value_root(document);
	criteria = json_member(&root, "criteria");
	errors = json_element(&criteria, 1);
	assert_null(json_member(&errors, "mean").value);
	assert_null(json_member(&errors, "spread").value);
	assert_string_equal(json_get_string(&errors, "id", ""), "errors");
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(marks_stand_beside_each_other_with_mean_and_range),
		CLAIM(not_observed_counts_nowhere),
		CLAIM(a_part_is_weighted_and_a_session_is_not),
		CLAIM(nobody_observed_anything_is_no_number),
		CLAIM(gaps_are_named),
		CLAIM(a_card_that_is_not_revealed_never_reaches_a_scorecard),
		CLAIM(evidence_is_told_in_words_with_its_share),
		CLAIM(a_mark_is_suggested_from_the_share_of_points),
		CLAIM(three_wrong_claims_cost_a_suggested_mark),
		CLAIM(unconfirmed_matches_count_for_nothing_and_are_missing),
		CLAIM(an_ungradable_result_is_no_zero),
		CLAIM(a_missing_result_says_so_in_its_line),
		CLAIM(forgeable_evidence_is_marked_where_it_stands),
		CLAIM(what_a_reader_must_know_about_a_card_is_a_warning),
		CLAIM(one_interviewer_says_nothing_about_certainty),
		CLAIM(words_stand_with_the_name_of_who_wrote_them),
		CLAIM(recommendations_are_shown_and_never_averaged),
		CLAIM(the_document_has_no_number_where_nothing_was_observed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
