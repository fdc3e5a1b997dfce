// SPDX-License-Identifier: MIT
#include "score/compare.h"

#include "support/score_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* Two candidates with one result each; Zoe is handed in first. */
struct bench {
	struct rubric *rubric;
	struct card *card;
	struct result *results[2];
	struct part_evidence evidence[2];
	struct scorecard_order orders[2];
	struct scorecard *cards[2];
	struct comparison_table *table;
	struct err e;
};

static int set_up(void **state)
{
	static const int marks[] = { 3, 2, 4 };
	static const char *const names[] = { "Zoe", "Amira" };
	struct bench *bench = mem_new(1, sizeof(*bench), NULL);

	bench->rubric = sample_rubric();
	bench->card = sample_card(bench->rubric, "kim", marks);
	for (size_t i = 0; i < 2; i++) {
		bench->results[i] = sample_result();
		bench->evidence[i] = (struct part_evidence){ PART_CODING, "queue", bench->results[i], NULL };
		bench->orders[i] = (struct scorecard_order){ .session = "S", .position = "backend",
			.stage = "technical", .candidate = i ? "C-2" : "C-1", .name = names[i],
			.rubric = bench->rubric, .cards = (const struct card *const *)&bench->card, .card_count = 1,
			.due = 1, .sealed = 1, .evidence = &bench->evidence[i], .evidence_count = 1,
			.task_commit = "1111" };
	}
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	comparison_free(bench->table);
	for (size_t i = 0; i < 2; i++) {
		scorecard_free(bench->cards[i]);
		result_free(bench->results[i]);
	}
	card_free(bench->card);
	rubric_free(bench->rubric);
	free(bench);
	return 0;
}

static int compare(struct bench *bench)
{
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(scorecard_make(&bench->cards[i], &bench->orders[i], &bench->e), 0);
	return comparison_make(&bench->table, (const struct scorecard *const *)bench->cards, 2, &bench->e);
}

static void columns_stand_in_the_order_of_names(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(compare(bench), 0);

	assert_string_equal(bench->table->cards[0]->name, "Amira");
	assert_string_equal(bench->table->cards[1]->name, "Zoe");
}

static void without_names_pseudonyms_give_the_order(void **state)
{
	struct bench *bench = *state;
	bench->orders[0].name = bench->orders[1].name = NULL;

	assert_int_equal(compare(bench), 0);

	assert_string_equal(bench->table->cards[0]->candidate, "C-1");
}

static void equal_pins_are_no_difference(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(compare(bench), 0);

	assert_int_equal(bench->table->difference_count, 0);
}

static void every_pin_that_differs_is_named_with_both_values(void **state)
{
	struct bench *bench = *state;
	bench->results[0]->pins.limits.wall_ms = 9;
	bench->results[0]->pins.versions[0].version[0] = '2';
	bench->orders[0].task_commit = "2222";

	assert_int_equal(compare(bench), 0);

	assert_int_equal(bench->table->difference_count, 3);
	assert_int_equal(bench->table->differences[0].column, 1);
	assert_string_equal(bench->table->differences[0].field, "task_commit");
	assert_string_equal(bench->table->differences[0].other, "2222");
	assert_string_equal(bench->table->differences[1].field, "queue: limits");
	assert_string_equal(bench->table->differences[1].first, "wall_ms 30000");
	assert_string_equal(bench->table->differences[1].other, "wall_ms 9");
	assert_string_equal(bench->table->differences[2].field, "queue: versions");
	assert_string_equal(bench->table->differences[2].other, "python3 2.11.2");
}

static void a_result_that_only_one_has_is_a_difference(void **state)
{
	struct bench *bench = *state;
	bench->orders[0].evidence_count = 0;

	assert_int_equal(compare(bench), 0);

	assert_int_equal(bench->table->difference_count, 1);
	assert_string_equal(bench->table->differences[0].field, "queue");
	assert_string_equal(bench->table->differences[0].other, "without a result");
}

static void another_stage_is_not_comparable(void **state)
{
	struct bench *bench = *state;
	bench->orders[1].stage = "screening";

	assert_int_equal(compare(bench), -1);

	assert_int_equal(bench->e.kind, ERR_INVALID);
	assert_null(bench->table);
}

static void nothing_is_not_comparable(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(comparison_make(&bench->table, NULL, 0, &bench->e), -1);

	assert_int_equal(bench->e.kind, ERR_INVALID);
}

static void one_interviewer_and_missing_cards_are_noted(void **state)
{
	struct bench *bench = *state;
	bench->orders[0].due = 2;

	assert_int_equal(compare(bench), 0);

	assert_true(strings_find(&bench->table->notes, "Zoe: 1 of 2 cards") >= 0);
	assert_true(strings_find(&bench->table->notes,
			    "Amira: One interviewer: nothing can be said about certainty.") >= 0);
}

static void the_document_holds_both_scorecards_and_the_differences(void **state)
{
	struct bench *bench = *state;
	AUTO_JSON struct json *document = NULL;
	struct json_at root, list;
	bench->results[0]->pins.box_policy[0] = '9';
	assert_int_equal(compare(bench), 0);

	document = comparison_json(bench->table);

	root = json_value_root(document);
	list = json_member(&root, "scorecards");
	assert_int_equal(json_count(&list), 2);
	list = json_member(&root, "differences");
	root = json_element(&list, 0);
	assert_string_equal(json_get_string(&root, "field", ""), "queue: box_policy");
	assert_string_equal(json_get_string(&root, "candidate", ""), "C-1");
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(columns_stand_in_the_order_of_names),
		CLAIM(without_names_pseudonyms_give_the_order),
		CLAIM(equal_pins_are_no_difference),
		CLAIM(every_pin_that_differs_is_named_with_both_values),
		CLAIM(a_result_that_only_one_has_is_a_difference),
		CLAIM(another_stage_is_not_comparable),
		CLAIM(nothing_is_not_comparable),
		CLAIM(one_interviewer_and_missing_cards_are_noted),
		CLAIM(the_document_holds_both_scorecards_and_the_differences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
