// SPDX-License-Identifier: MIT
#include "score/card_change.h"
#include "score/scorecard.h"

#include "support/score_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A revealed card as it was and as it is. */
struct bench {
	struct rubric *rubric;
	struct card *before, *after;
	struct card_changes changes;
	struct err e;
};

static int set_up(void **state)
{
	static const int marks[] = { 3, 0, 4 };
	struct bench *bench = mem_new(1, sizeof(*bench), NULL);

	bench->rubric = sample_rubric();
	bench->before = sample_card(bench->rubric, "kim", marks);
	bench->after = sample_card(bench->rubric, "kim", marks);
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	card_changes_done(&bench->changes);
	card_free(bench->before);
	card_free(bench->after);
	rubric_free(bench->rubric);
	free(bench);
	return 0;
}

static void find(struct bench *bench)
{
	assert_int_equal(card_changes_add(&bench->changes, bench->before, bench->after, "seen again", 17, &bench->e), 0);
}

static void a_changed_mark_is_one_change_with_what_it_was(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(card_amend(bench->after, "quality", 2, NULL, &bench->e), 0);
	find(bench);

	assert_int_equal(bench->changes.count, 1);
	assert_string_equal(bench->changes.item[0].criterion, "quality");
	assert_int_equal(bench->changes.item[0].from, 3);
	assert_int_equal(bench->changes.item[0].to, 2);
	assert_null(bench->changes.item[0].evidence);
	assert_string_equal(bench->changes.item[0].reason, "seen again");
	assert_int_equal(bench->changes.item[0].at_ms, 17);
}

static void a_mark_after_not_observed_is_a_change(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(card_amend(bench->after, "errors", 1, NULL, &bench->e), 0);
	find(bench);

	assert_int_equal(bench->changes.count, 1);
	assert_int_equal(bench->changes.item[0].from, MARK_NOT_OBSERVED);
}

static void other_evidence_is_a_change_that_keeps_the_former_words(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(card_set(bench->before, "quality", 3, "x", &bench->e), -1);
	assert_int_equal(card_amend(bench->before, "quality", 3, "as it was", &bench->e), 0);
	assert_int_equal(card_amend(bench->after, "quality", 3, "as it is", &bench->e), 0);
	find(bench);

	assert_int_equal(bench->changes.count, 1);
	assert_int_equal(bench->changes.item[0].from, bench->changes.item[0].to);
	assert_string_equal(bench->changes.item[0].evidence, "as it was");
}

static void a_recommendation_is_a_change_without_a_criterion(void **state)
{
	struct bench *bench = *state;

	bench->before->recommendation = 3;
	assert_int_equal(card_amend_recommendation(bench->after, 1, &bench->e), 0);
	find(bench);

	assert_int_equal(bench->changes.count, 1);
	assert_null(bench->changes.item[0].criterion);
	assert_int_equal(bench->changes.item[0].from, 3);
	assert_int_equal(bench->changes.item[0].to, 1);
}

static void what_is_alike_is_no_change(void **state)
{
	struct bench *bench = *state;

	find(bench);

	assert_int_equal(bench->changes.count, 0);
}

static void a_card_that_is_not_revealed_is_not_amended(void **state)
{
	struct bench *bench = *state;

	bench->after->state = CARD_SEALED;
	assert_int_equal(card_amend(bench->after, "quality", 2, NULL, &bench->e), -1);
	assert_int_equal(bench->e.kind, ERR_CONFLICT);
	assert_int_equal(card_amend_recommendation(bench->after, 1, &bench->e), -1);

	assert_int_equal(bench->e.kind, ERR_CONFLICT);
}

static void a_scorecard_says_who_changed_what_and_counts_the_later_mark(void **state)
{
	struct bench *bench = *state;
	AUTO_SCORECARD struct scorecard *made = NULL;
	const struct scorecard_order order = { .session = "S1", .position = "backend", .stage = "technical",
		.candidate = "C-7Q2K", .rubric = bench->rubric, .cards = (const struct card *const *)&bench->after,
		.card_count = 1, .due = 1, .sealed = 1, .changes = &bench->changes };

	assert_int_equal(card_amend(bench->after, "quality", 2, NULL, &bench->e), 0);
	find(bench);
	assert_int_equal(scorecard_make(&made, &order, &bench->e), 0);

	assert_true(made->criteria[0].mean > 1.99 && made->criteria[0].mean < 2.01);
	assert_int_equal(made->changes[0].count, 1);
	assert_true(strings_find(&made->warnings, "kim changed the card after the reveal: what came later counts") >= 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_changed_mark_is_one_change_with_what_it_was),
		TEST(a_mark_after_not_observed_is_a_change),
		TEST(other_evidence_is_a_change_that_keeps_the_former_words),
		TEST(a_recommendation_is_a_change_without_a_criterion),
		TEST(what_is_alike_is_no_change),
		TEST(a_card_that_is_not_revealed_is_not_amended),
		TEST(a_scorecard_says_who_changed_what_and_counts_the_later_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
