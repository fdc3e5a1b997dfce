// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evening.h"
#include "store/store_card.h"

static void a_card_is_marked_one_criterion_at_a_time(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_MARKING_VIEW struct marking_view view = { 0 };

	evening_start(v);
	assert_int_equal(
		marking_mark(v->workspace, "anna", v->session, "code", 4, "tests first", &e), 0);
	assert_int_equal(
		marking_mark(v->workspace, "anna", v->session, "scale", MARK_NOT_OBSERVED, "", &e),
		0);

	assert_int_equal(marking_view(&view, v->workspace, "anna", v->session, NULL, &e), 0);
	assert_int_equal(view.count, 1);
	assert_int_equal(view.cards[0]->marks[0].mark, 4);
	assert_string_equal(view.cards[0]->marks[0].evidence, "tests first");
	assert_true(view.cards[0]->marks[1].set);
	assert_false(view.cards[0]->marks[2].set);
}

static void nobody_marks_a_session_they_dont_sit_in(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	assert_int_equal(marking_mark(v->workspace, "pia", v->session, "code", 3, "", &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

static void nothing_is_marked_before_the_session_starts(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	assert_int_equal(marking_mark(v->workspace, "anna", v->session, "code", 3, "", &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void nobody_sees_anothers_card_before_all_are_revealed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_MARKING_VIEW struct marking_view view = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	evening_seal(v, "ben");

	assert_int_equal(marking_view(&view, v->workspace, "ben", v->session, "anna", &e), -1);
	assert_int_equal(e.kind, ERR_DENIED);
	assert_int_equal(marking_view(&view, v->workspace, "pia", v->session, NULL, &e), -1);
	assert_int_equal(e.kind, ERR_DENIED);
	assert_int_equal(marking_view(&view, v->workspace, "lea", v->session, NULL, &e), -1);
	assert_int_equal(e.kind, ERR_DENIED);
	assert_int_equal(marking_view(&view, v->workspace, "ben", v->session, NULL, &e), 0);
	assert_int_equal(view.count, 1);
	assert_string_equal(view.cards[0]->interviewer, "ben");
}

static void an_incomplete_card_is_not_sealed_and_stays_a_draft(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	assert_int_equal(marking_mark(v->workspace, "anna", v->session, "code", 3, "", &e), 0);
	assert_int_equal(marking_seal(v->workspace, "anna", v->session, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);

	assert_int_equal(marking_mark(v->workspace, "anna", v->session, "code", 2, "", &e), 0);
}

static void a_card_is_not_sealed_while_the_session_runs(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	evening_mark(v, "anna");
	assert_int_equal(marking_seal(v->workspace, "anna", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "has not ended"));
}

static void a_card_is_not_sealed_over_matches_nobody_confirmed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_sit(v);
	evening_mark(v, "anna");
	assert_int_equal(marking_seal(v->workspace, "anna", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "assay review confirm"));
}

static void a_sealed_card_takes_no_more_marks(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	assert_int_equal(marking_mark(v->workspace, "anna", v->session, "code", 1, "no", &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(marking_seal(v->workspace, "anna", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void nothing_is_revealed_while_a_card_is_due(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	evening_mark(v, "ben");
	assert_int_equal(marking_reveal(v->workspace, "anna", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "1 of 2"));
	assert_non_null(strstr(e.text, "ben"));
}

static void revealing_opens_all_cards_and_is_on_the_record(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_MARKING_VIEW struct marking_view view = { 0 };
	AUTO_STORE_EVENTS struct store_events events = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	evening_seal(v, "ben");
	assert_int_equal(marking_reveal(v->workspace, "ben", v->session, &e), 0);

	assert_int_equal(marking_view(&view, v->workspace, "pia", v->session, NULL, &e), 0);
	assert_int_equal(view.count, 2);
	assert_int_equal(view.cards[0]->state, CARD_REVEALED);
	assert_string_equal(view.names[1], "Ben Berg");
	assert_int_equal(store_event_list(&events, v->workspace->store, v->session, &e), 0);
	assert_string_equal(events.item[events.count - 1].action, "card.reveal");
	assert_string_equal(events.item[events.count - 1].actor, "ben");
}

static void a_stranger_reveals_nothing(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	evening_seal(v, "ben");
	assert_int_equal(marking_reveal(v->workspace, "account:test", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

static void a_card_file_with_a_mistake_changes_nothing(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *bad = NULL;
	AUTO_MARKING_VIEW struct marking_view view = { 0 };

	evening_start(v);
	assert_int_equal(marking_mark(v->workspace, "anna", v->session, "code", 2, "", &e), 0);
	bad = evening_file(v, "bad.json",
		"{\"format\": 1, \"marks\": [{\"criterion\": \"code\", \"mark\": 3, \"evidence\": "
		"\"\"},\n"
		" {\"criterion\": \"code-quality\", \"mark\": 3, \"evidence\": \"\"}]}");
	assert_int_equal(marking_take_file(v->workspace, "anna", v->session, bad, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, ":2:"));
	assert_int_equal(marking_view(&view, v->workspace, "anna", v->session, NULL, &e), 0);
	assert_int_equal(view.cards[0]->marks[0].mark, 2);
}

/* Everything up to the reveal. */
static void reveal(struct evening *v)
{
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	evening_seal(v, "ben");
	evening_must(marking_reveal(v->workspace, "ben", v->session, &e), &e);
}

static const char again[] = "the log shows what I did not see";

static void a_change_after_the_reveal_is_a_second_entry(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_ENTRIES struct store_entries entries = { 0 };
	AUTO_MARKING_VIEW struct marking_view view = { 0 };

	reveal(v);
	assert_int_equal(marking_amend(v->workspace, "anna", v->session, "code", 2, NULL, again, &e), 0);

	assert_int_equal(store_entry_list(&entries, v->workspace->store, v->session, "anna", &e), 0);
	assert_int_equal(entries.count, 2);
	assert_null(entries.item[0].reason);
	assert_string_equal(entries.item[1].reason, again);
	assert_int_equal(marking_view(&view, v->workspace, "ben", v->session, "anna", &e), 0);
	assert_int_equal(view.cards[0]->marks[0].mark, 2);
	assert_int_equal(view.changes[0].count, 1);
	assert_int_equal(view.changes[0].item[0].from, 3);
}

static void a_change_after_the_reveal_counts_in_the_scorecard(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SCORECARD struct scorecard *card = NULL;

	reveal(v);
	assert_int_equal(marking_amend(v->workspace, "anna", v->session, "code", 2, NULL, again, &e), 0);
	assert_int_equal(marking_recommend(v->workspace, "anna", v->session, 1, again, &e), 0);
	assert_int_equal(panel_scorecard(&card, v->workspace, "pia", v->session, &e), 0);

	assert_int_equal(card->criteria[0].marks[0], 2);
	assert_int_equal(card->recommendations[0], 1);
	assert_int_equal(card->changes[0].count, 2);
	assert_int_equal(card->changes[1].count, 0);
}

static void a_sealed_card_takes_no_second_entry_before_the_reveal(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	assert_int_equal(marking_amend(v->workspace, "anna", v->session, "code", 2, NULL, again, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void a_lead_changes_nobodys_card(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	reveal(v);
	assert_int_equal(marking_amend(v->workspace, "lea", v->session, "code", 2, NULL, again, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(a_card_is_marked_one_criterion_at_a_time),
		EVENING(nobody_marks_a_session_they_dont_sit_in),
		EVENING(nothing_is_marked_before_the_session_starts),
		EVENING(nobody_sees_anothers_card_before_all_are_revealed),
		EVENING(an_incomplete_card_is_not_sealed_and_stays_a_draft),
		EVENING(a_card_is_not_sealed_while_the_session_runs),
		EVENING(a_card_is_not_sealed_over_matches_nobody_confirmed),
		EVENING(a_sealed_card_takes_no_more_marks),
		EVENING(nothing_is_revealed_while_a_card_is_due),
		EVENING(revealing_opens_all_cards_and_is_on_the_record),
		EVENING(a_stranger_reveals_nothing),
		EVENING(a_card_file_with_a_mistake_changes_nothing),
		EVENING(a_change_after_the_reveal_is_a_second_entry),
		EVENING(a_change_after_the_reveal_counts_in_the_scorecard),
		EVENING(a_sealed_card_takes_no_second_entry_before_the_reveal),
		EVENING(a_lead_changes_nobodys_card),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
