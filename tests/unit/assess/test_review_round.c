// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evening.h"
#include "store/store_review.h"

static void answer(struct evening *v, const char *text)
{
	struct err e = { 0 };
	AUTO_FREE char *file = evening_file(v, "answer.json", text);

	evening_must(review_answer(v->workspace, "anna", v->session, file, &e), &e);
}

static int confirm(struct evening *v, const char *actor, const char *text, struct err *e)
{
	AUTO_FREE char *file = evening_file(v, "decided.json", text);

	return review_confirm(v->workspace, actor, v->session, file, e);
}

static void an_answer_is_matched_and_earns_nothing_yet(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_REVIEW_VIEW struct review_view view = { 0 };

	evening_start(v);
	answer(v, evening_comment);
	assert_int_equal(review_view(&view, v->workspace, "ben", v->session, &e), 0);

	assert_true(view.answered);
	assert_false(view.confirmed);
	assert_int_equal(view.matching.count, 1);
	assert_int_equal(view.matching.item[0].band, BAND_PROPOSED);
	assert_int_equal(view.findings.proposed, 1);
	assert_int_equal(view.findings.all.found, 0);
	assert_int_equal(view.findings.all.planted, 1);
}

static void a_confirmed_match_counts_and_names_who_confirmed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_REVIEW_VIEW struct review_view view = { 0 };

	evening_start(v);
	answer(v, evening_comment);
	assert_int_equal(confirm(v, "anna", evening_decision, &e), 0);
	assert_int_equal(review_view(&view, v->workspace, "anna", v->session, &e), 0);

	assert_true(view.confirmed);
	assert_string_equal(view.decisions.by, "anna");
	assert_true(view.confirmed_ms > 0);
	assert_int_equal(view.findings.all.found, 1);
}

static void both_states_of_a_match_are_kept(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_ANSWER struct store_answer kept = { 0 };
	AUTO_STORE_DECISION struct store_decision decision = { 0 };

	evening_start(v);
	answer(v, evening_comment);
	assert_int_equal(confirm(v, "anna",
				 "{\"format\": 1, \"by\": \"anna\", \"decisions\": [{\"comment\": "
				 "\"c1\", \"flaw\": null,"
				 " \"as\": \"taste\", \"reason\": \"copied\"}]}",
				 &e),
		0);

	assert_int_equal(store_answer_get(&kept, v->workspace->store, v->session, 4, &e), 0);
	assert_int_equal(store_decision_get(&decision, v->workspace->store, kept.id, &e), 0);
	assert_non_null(strstr(decision.proposed, "sql-concat"));
	assert_non_null(strstr(decision.proposed, "proposed"));
	assert_non_null(strstr(decision.decided, "taste"));
}

static void nobody_confirms_under_anothers_name(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	answer(v, evening_comment);
	assert_int_equal(confirm(v, "ben", evening_decision, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

static void somebody_outside_of_the_session_confirms_nothing(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	answer(v, evening_comment);
	assert_int_equal(
		confirm(v, "pia", "{\"format\": 1, \"by\": \"pia\", \"decisions\": []}", &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

static void every_comment_wants_a_decision(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	answer(v, evening_comment);
	assert_int_equal(
		confirm(v, "anna", "{\"format\": 1, \"by\": \"anna\", \"decisions\": []}", &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "c1"));
}

static void there_is_nothing_to_confirm_without_an_answer(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	assert_int_equal(confirm(v, "anna", evening_decision, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void a_later_answer_counts_until_one_is_confirmed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *file = NULL;
	AUTO_REVIEW_VIEW struct review_view view = { 0 };

	evening_start(v);
	answer(v, "{\"format\": 1, \"comments\": []}");
	answer(v, evening_comment);
	assert_int_equal(confirm(v, "anna", evening_decision, &e), 0);
	file = evening_file(v, "late.json", "{\"format\": 1, \"comments\": []}");
	assert_int_equal(review_answer(v->workspace, "anna", v->session, file, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(review_view(&view, v->workspace, "anna", v->session, &e), 0);
	assert_int_equal(view.comments.count, 1);
}

static void an_answer_with_a_mistake_is_refused_with_its_line(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *file = evening_file(v, "bad.json",
		"{\"format\": 1, \"comments\": [\n {\"id\": \"c1\", \"file\": \"app.py\", "
		"\"line\": \"five\", \"text\": \"x\"}]}");

	evening_start(v);
	assert_int_equal(review_answer(v->workspace, "anna", v->session, file, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "bad.json:2"));
}

static void nothing_is_answered_before_the_session_starts(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *file = evening_file(v, "a.json", evening_comment);

	assert_int_equal(review_answer(v->workspace, "anna", v->session, file, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void matches_dont_change_under_a_sealed_card(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	assert_int_equal(confirm(v, "anna", evening_decision, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "sealed"));
}

static void the_panel_sees_no_flaws_before_the_reveal(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_REVIEW_VIEW struct review_view view = { 0 };

	evening_start(v);
	answer(v, evening_comment);
	assert_int_equal(review_view(&view, v->workspace, "pia", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

/* Up to the review, and in it. */
static void begin_review(struct evening *v)
{
	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_next(v);
}

static int tick(struct evening *v, const char *actor, const char *flaw, struct err *e)
{
	const struct review_said said = { .flaw = flaw, .category = CATEGORY_NONE };
	AUTO_FREE char *id = NULL;

	return review_tick(&id, v->workspace, actor, v->session, &said, e);
}

static const char spoken_decision[] =
	"{\"format\": 1, \"by\": \"ben\", \"decisions\": [{\"comment\": \"spoken-1\","
	" \"flaw\": \"sql-concat\", \"as\": \"planted\", \"credit\": 1, \"reason\": \"said so\"}]}";

static void what_was_only_spoken_counts_once_it_is_confirmed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_REVIEW_VIEW struct review_view before = { 0 }, after = { 0 };

	begin_review(v);
	assert_int_equal(tick(v, "anna", "sql-concat", &e), 0);
	assert_int_equal(review_view(&before, v->workspace, "ben", v->session, &e), 0);
	assert_int_equal(confirm(v, "ben", spoken_decision, &e), 0);
	assert_int_equal(review_view(&after, v->workspace, "ben", v->session, &e), 0);

	assert_false(before.answered);
	assert_int_equal(before.findings.all.found, 0);
	assert_int_equal(before.findings.proposed, 1);
	assert_int_equal(after.findings.all.found, 1);
	assert_int_equal(after.findings.spoken_count, 1);
	assert_string_equal(after.findings.spoken[0].what, "sql-concat");
	assert_string_equal(after.findings.spoken[0].by, "Anna Abend");
}

static void both_states_of_what_was_spoken_are_kept(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_ANSWER struct store_answer answered = { 0 };
	AUTO_STORE_DECISION struct store_decision kept = { 0 };

	begin_review(v);
	assert_int_equal(tick(v, "anna", "sql-concat", &e), 0);
	assert_int_equal(confirm(v, "ben", spoken_decision, &e), 0);
	assert_int_equal(store_answer_get(&answered, v->workspace->store, v->session, 4, &e), 0);
	assert_int_equal(store_decision_get(&kept, v->workspace->store, answered.id, &e), 0);

	assert_string_equal(answered.actor, "ben");
	assert_non_null(strstr(kept.proposed, "\"spoken-1\""));
	assert_non_null(strstr(kept.decided, "\"planted\""));
}

static void what_was_spoken_lets_nobody_seal_before_it_is_confirmed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	begin_review(v);
	assert_int_equal(tick(v, "anna", "sql-concat", &e), 0);
	evening_must(session_end(&step, v->workspace, "anna", v->session, &e), &e);
	evening_mark(v, "anna");
	assert_int_equal(marking_seal(v->workspace, "anna", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "not confirmed"));
}

static void nothing_spoken_is_entered_under_a_sealed_card(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	begin_review(v);
	evening_must(session_end(&step, v->workspace, "anna", v->session, &e), &e);
	evening_seal(v, "anna");
	assert_int_equal(tick(v, "ben", "sql-concat", &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "sealed"));
}

static void a_lead_enters_what_was_spoken_and_the_panel_does_not(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	begin_review(v);
	assert_int_equal(tick(v, "lea", "sql-concat", &e), 0);
	assert_int_equal(tick(v, "pia", "sql-concat", &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

static void only_so_much_is_spoken(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	int entered = 0;

	begin_review(v);
	while (entered <= REVIEW_MAX_SPOKEN && tick(v, "anna", "sql-concat", &e) == 0)
		entered++;

	assert_int_equal(entered, REVIEW_MAX_SPOKEN);
	assert_int_equal(e.kind, ERR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(an_answer_is_matched_and_earns_nothing_yet),
		EVENING(a_confirmed_match_counts_and_names_who_confirmed),
		EVENING(both_states_of_a_match_are_kept),
		EVENING(nobody_confirms_under_anothers_name),
		EVENING(somebody_outside_of_the_session_confirms_nothing),
		EVENING(every_comment_wants_a_decision),
		EVENING(there_is_nothing_to_confirm_without_an_answer),
		EVENING(a_later_answer_counts_until_one_is_confirmed),
		EVENING(an_answer_with_a_mistake_is_refused_with_its_line),
		EVENING(nothing_is_answered_before_the_session_starts),
		EVENING(matches_dont_change_under_a_sealed_card),
		EVENING(the_panel_sees_no_flaws_before_the_reveal),
		EVENING(what_was_only_spoken_counts_once_it_is_confirmed),
		EVENING(both_states_of_what_was_spoken_are_kept),
		EVENING(what_was_spoken_lets_nobody_seal_before_it_is_confirmed),
		EVENING(nothing_spoken_is_entered_under_a_sealed_card),
		EVENING(a_lead_enters_what_was_spoken_and_the_panel_does_not),
		EVENING(only_so_much_is_spoken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
