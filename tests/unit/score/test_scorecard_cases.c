// SPDX-License-Identifier: MIT
/*
 * Every directory below tests/cases/scorecard is one claim: a rubric, a result as it was stored and the cards of
 * case.json, in its order, sum up to expected.json.
 *
 *   {"candidate": "C-7Q2K", "due": 2, "cards": {"Kim": "kim.json"}, "result": "result.json", "task": "queue"}
 */
#include "score/scorecard.h"

#include "support/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { MOST_CARDS = 8 };

static void need(int status, const struct err *e)
{
	if (status < 0)
		fail_msg("%s", e->text);
}

/* A card file as a revealed card. */
static struct card *load_card(const char *dir, const char *file, const char *interviewer, const struct rubric *rubric)
{
	AUTO_JSON_DOC struct json_doc *doc = cases_load(dir, file);
	struct card *card = NULL;
	struct err e = { 0 };

	need(card_new(&card, rubric, interviewer, &e), &e);
	need(card_take_file(card, rubric, doc, &e), &e);
	need(card_check_complete(card, rubric, &e), &e);
	card->state = CARD_REVEALED;
	card->sealed_ms = 1;
	return card;
}

static struct result *load_result(const char *dir, const char *file)
{
	AUTO_JSON_DOC struct json_doc *doc = *file ? cases_load(dir, file) : NULL;
	struct result *result = NULL;
	struct err e = { 0 };

	if (doc)
		need(result_parse(&result, doc, &e), &e);
	return result;
}

static void a_session_sums_up_as_expected(void **state)
{
	AUTO_JSON_DOC struct json_doc *doc = cases_load(*state, "case.json");
	AUTO_JSON_DOC struct json_doc *rubric_doc = cases_load(*state, "rubric.json");
	struct json_at root = json_root(doc), list = json_member(&root, "cards");
	AUTO_RUBRIC struct rubric *rubric = NULL;
	AUTO_RESULT struct result *result = load_result(*state, json_get_string(&root, "result", ""));
	struct card *cards[MOST_CARDS] = { NULL };
	AUTO_SCORECARD struct scorecard *made = NULL;
	struct err e = { 0 };
	struct part_evidence evidence = { PART_CODING, json_get_string(&root, "task", NULL), result, NULL };
	struct scorecard_order order = { .session = "S-1", .position = "backend", .stage = "technical",
		.candidate = json_get_string(&root, "candidate", ""), .cards = (const struct card *const *)cards,
		.card_count = json_count(&list), .due = (int)json_get_integer(&root, "due", 0),
		.sealed = (int)json_count(&list), .evidence = &evidence, .evidence_count = 1 };

	need(rubric_parse(&rubric, rubric_doc, &e), &e);
	order.rubric = rubric;
	assert_true(order.card_count <= MOST_CARDS);
	for (size_t i = 0; i < order.card_count; i++) {
		struct json_at member = json_member_at(&list, i);

		cards[i] = load_card(*state, json_as_string(&member), member.key, rubric);
	}

	need(scorecard_make(&made, &order, &e), &e);

	cases_assert_json_take(*state, "expected.json", scorecard_json(made));
	for (size_t i = 0; i < order.card_count; i++)
		card_free(cards[i]);
}

int main(void)
{
	const struct cases_topic topics[] = { { "tests/cases/scorecard", a_session_sums_up_as_expected } };

	return cases_run("score/scorecard_cases", topics, 1);
}
