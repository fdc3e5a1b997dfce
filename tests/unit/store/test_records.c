// SPDX-License-Identifier: MIT
#include "place.h"
#include "store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void a_person_comes_back_as_saved(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE_PERSON struct store_person person = { 0 };

	assert_int_equal(store_person_get(&person, p->store, "anna", &e), 0);

	assert_string_equal(person.name, "Anna");
	assert_string_equal(person.roles, "interviewer");
}

static void a_second_person_of_the_same_id_is_a_conflict_that_names_it(void **state)
{
	struct place *p = *state;
	const struct store_person other = { .id = "anna", .name = "Another Anna", .roles = "" };
	struct err e = { 0 };

	assert_int_equal(store_person_add(p->store, &other, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_string_equal(e.text, "person anna is there already");
}

static void somebody_unknown_is_not_found_by_name(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	struct store_person person = { .id = "untouched" };

	assert_int_equal(store_person_get(&person, p->store, "zoe", &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_string_equal(e.text, "there is no person zoe");
	assert_string_equal(person.id, "untouched");
}

static void a_repository_is_pinned_anew_and_keeps_a_ref_that_is_null(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };

	assert_int_equal(store_repo_pin(p->store, "tasks", "c1", 77, &e), 0);
	assert_int_equal(store_repo_get(&repo, p->store, "tasks", &e), 0);

	assert_string_equal(repo.commit, "c1");
	assert_int_equal(repo.updated_ms, 77);
	assert_null(repo.ref);
}

/* Kim, who applies for "platform". */
static void add_kim(struct place *p)
{
	const struct store_position position = { .id = "platform", .json = "{}", .digest = "d" };
	const struct store_candidate kim = { .pseudonym = "C-KKKK", .name = "Kim", .email = "Kim@x.org" };
	const struct store_application application = { .candidate = "C-KKKK", .position = "platform", .stage = "screening",
		.notice = "3 months" };
	struct err e = { 0 };

	assert_int_equal(store_position_add(p->store, &position, &e), 0);
	assert_int_equal(store_candidate_add(p->store, &kim, &e), 0);
	assert_int_equal(store_application_add(p->store, &application, &e), 0);
}

static void a_candidate_is_found_by_e_mail_whatever_its_case(void **state)
{
	struct place *p = *state;
	const struct store_candidate other = { .pseudonym = "C-XXXX", .name = "X", .email = "kim@X.org" };
	AUTO_STORE_CANDIDATE struct store_candidate found = { 0 };
	struct err e = { 0 };

	add_kim(p);
	assert_int_equal(store_candidate_of_email(&found, p->store, "KIM@X.ORG", &e), 0);
	assert_string_equal(found.pseudonym, "C-KKKK");

	assert_int_equal(store_candidate_add(p->store, &other, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void a_correction_counts_the_version_up_and_leaves_the_stage(void **state)
{
	struct place *p = *state;
	const struct store_application corrected = { .candidate = "C-KKKK", .position = "platform", .stage = "elsewhere",
		.source = "fair" };
	AUTO_STORE_APPLICATION struct store_application found = { 0 };
	struct err e = { 0 };

	add_kim(p);
	assert_int_equal(store_application_correct(p->store, &corrected, &e), 0);
	assert_int_equal(store_application_get(&found, p->store, "C-KKKK", "platform", &e), 0);

	assert_int_equal(found.version, 1);
	assert_string_equal(found.stage, "screening");
	assert_string_equal(found.source, "fair");
	assert_null(found.notice);
}

static void of_screening_answers_the_newest_counts(void **state)
{
	struct place *p = *state;
	struct store_screening answer = { .candidate = "C-KKKK", .position = "platform", .requirement = "sql",
		.answer = SCREENING_YES, .actor = "hana" };
	AUTO_STORE_SCREENINGS struct store_screenings found = { 0 };
	struct err e = { 0 };

	add_kim(p);
	assert_int_equal(store_screening_add(p->store, &answer, &e), 0);
	answer.answer = SCREENING_PARTLY;
	assert_int_equal(store_screening_add(p->store, &answer, &e), 0);
	assert_int_equal(store_screening_list(&found, p->store, "platform", NULL, &e), 0);

	assert_int_equal(found.count, 1);
	assert_int_equal(found.item[0].answer, SCREENING_PARTLY);
}

static void an_application_moves_and_is_found_by_position(void **state)
{
	struct place *p = *state;
	const struct store_application moved = { .candidate = "C-0001",
		.position = "backend",
		.stage = "offer",
		.state = APPLICATION_HIRED,
		.since_ms = 9 };
	struct err e = { 0 };
	AUTO_STORE_APPLICATIONS struct store_applications here = { 0 }, elsewhere = { 0 };

	assert_int_equal(store_application_move(p->store, &moved, &e), 0);
	assert_int_equal(store_application_list(&here, p->store, NULL, "backend", &e), 0);
	assert_int_equal(store_application_list(&elsewhere, p->store, NULL, "frontend", &e), 0);

	assert_int_equal(here.count, 1);
	assert_int_equal(here.item[0].state, APPLICATION_HIRED);
	assert_string_equal(here.item[0].stage, "offer");
	assert_int_equal(elsewhere.count, 0);
}

static void a_session_of_nobody_is_refused(void **state)
{
	struct place *p = *state;
	const struct store_session session = { .id = "S-0002",
		.candidate = "C-9999",
		.position = "backend",
		.stage = "technical",
		.plan = "x",
		.repo = "tasks",
		.commit = "c",
		.pins = "{}" };
	struct err e = { 0 };

	assert_int_equal(store_session_add(p->store, &session, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void a_session_moves_through_its_states(void **state)
{
	struct place *p = *state;
	const struct store_session ended = {
		.id = "S-0001", .state = SESSION_ENDED, .started_ms = 5, .ended_ms = 6
	};
	struct err e = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };

	assert_int_equal(store_session_move(p->store, &ended, &e), 0);
	assert_int_equal(store_session_get(&session, p->store, "S-0001", &e), 0);

	assert_int_equal(session.state, SESSION_ENDED);
	assert_int_equal(session.started_ms, 5);
	assert_int_equal(session.ended_ms, 6);
	assert_string_equal(session.pins, "{}");
}

static void the_same_commit_again_is_the_same_submission(void **state)
{
	struct place *p = *state;
	const struct store_submission first = { .session = "S-0001",
		.part = 1,
		.task = "sum",
		.commit = "abc",
		.dropped = "[]",
		.at_ms = 1,
		.grade = GRADE_DUE };
	struct store_submission again = first;
	struct err e = { 0 };
	int64_t one = 0, two = 0;
	AUTO_STORE_SUBMISSIONS struct store_submissions list = { 0 };

	again.at_ms = 2;
	assert_int_equal(store_submission_add(&one, p->store, &first, &e), 0);
	assert_int_equal(store_submission_add(&two, p->store, &again, &e), 0);

	assert_int_equal(store_submission_list(&list, p->store, NULL, &e), 0);
	assert_int_equal(one, two);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.item[0].at_ms, 1);
}

/* Adds the submission of the tests below. */
static int64_t hand_in(struct place *p)
{
	const struct store_submission s = { .session = "S-0001",
		.part = 1,
		.task = "sum",
		.commit = "abc",
		.dropped = "[]",
		.at_ms = 1,
		.grade = GRADE_DUE };
	struct err e = { 0 };
	int64_t id = 0;

	assert_int_equal(store_submission_add(&id, p->store, &s, &e), 0);
	return id;
}

static void a_grade_is_due_until_its_result_stands(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	int64_t id = hand_in(p);
	const struct store_result result = { .submission = id, .json = "{}", .gradable = true };
	AUTO_STORE_SUBMISSIONS struct store_submissions before = { 0 }, after = { 0 };

	assert_int_equal(store_submission_attempts(p->store, id, 1, &e), 0);
	assert_int_equal(store_submission_list(&before, p->store, "S-0001", &e), 0);
	assert_int_equal(store_result_add(p->store, &result, &e), 0);
	assert_int_equal(store_submission_list(&after, p->store, "S-0001", &e), 0);

	assert_int_equal(before.count, 1);
	assert_int_equal(before.item[0].attempts, 1);
	assert_int_equal(before.item[0].grade, GRADE_DUE);
	assert_int_equal(after.count, 1);
	assert_int_equal(after.item[0].grade, GRADE_DONE);
}

static void a_first_result_stands_once_and_a_regrade_names_it(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	int64_t id = hand_in(p);
	struct store_result result = { .submission = id, .json = "{\"points\": 1}" };
	AUTO_STORE_RESULT struct store_result first = { 0 }, newest = { 0 };

	assert_int_equal(store_result_add(p->store, &result, &e), 0);
	assert_int_equal(store_result_add(p->store, &result, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(store_result_get(&first, p->store, id, &e), 0);
	result.previous = first.id;
	result.json = "{\"points\": 2}";
	assert_int_equal(store_result_add(p->store, &result, &e), 0);

	assert_int_equal(store_result_get(&newest, p->store, id, &e), 0);
	assert_string_equal(newest.json, "{\"points\": 2}");
	assert_int_equal(newest.previous, first.id);
}

static void the_newest_answer_and_the_newest_decision_count(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	struct store_answer answer = {
		.session = "S-0001", .part = 1, .comments = "[1]", .actor = "anna"
	};
	struct store_decision decision = { .person = "anna", .proposed = "[]", .decided = "[1]" };
	AUTO_STORE_ANSWER struct store_answer got = { 0 };
	AUTO_STORE_DECISION struct store_decision decided = { 0 };

	assert_int_equal(store_answer_add(&decision.answer, p->store, &answer, &e), 0);
	answer.comments = "[2]";
	assert_int_equal(store_answer_add(&decision.answer, p->store, &answer, &e), 0);
	assert_int_equal(store_decision_add(p->store, &decision, &e), 0);
	decision.decided = "[2]";
	assert_int_equal(store_decision_add(p->store, &decision, &e), 0);

	assert_int_equal(store_answer_get(&got, p->store, "S-0001", 1, &e), 0);
	assert_string_equal(got.comments, "[2]");
	assert_int_equal(store_decision_get(&decided, p->store, got.id, &e), 0);
	assert_string_equal(decided.decided, "[2]");
}

static void what_was_spoken_has_a_number_that_nothing_else_gets(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	struct store_spoken spoken = { .session = "S-0001", .part = 1, .comment = "{}", .person = "anna", .at_ms = 7 };
	AUTO_STORE_SPOKENS struct store_spokens before = { 0 }, after = { 0 };

	assert_int_equal(store_spoken_add(&spoken.id, p->store, &spoken, &e), 0);
	assert_int_equal(store_spoken_add(&spoken.id, p->store, &spoken, &e), 0);
	assert_int_equal(store_spoken_list(&before, p->store, "S-0001", 1, &e), 0);
	assert_int_equal(store_spoken_take_back(p->store, &spoken, "anna", 8, &e), 0);
	assert_int_equal(store_spoken_take_back(p->store, &spoken, "anna", 8, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(store_spoken_add(&spoken.id, p->store, &spoken, &e), 0);

	assert_int_equal(store_spoken_list(&after, p->store, "S-0001", 1, &e), 0);
	assert_int_equal(before.count, 2);
	assert_int_equal(before.item[1].number, 2);
	assert_int_equal(after.count, 2);
	assert_int_equal(after.item[1].number, 3);
	assert_null(after.item[1].flaw);
}

static void what_was_spoken_is_never_rewritten(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	struct store_spoken spoken = { .session = "S-0001", .part = 1, .comment = "{}", .flaw = "sql", .person = "anna" };

	assert_int_equal(store_spoken_add(&spoken.id, p->store, &spoken, &e), 0);
	assert_int_equal(store_spoken_take_back(p->store, &spoken, "anna", 8, &e), 0);

	assert_int_equal(db_script(store_db(p->store), "update spoken set flaw = 'other'", &e), -1);
	assert_int_equal(db_script(store_db(p->store), "delete from spoken_back", &e), -1);
}

static void a_draft_is_saved_again_and_a_sealed_card_is_not(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	struct store_card card = { .session = "S-0001",
		.interviewer = "anna",
		.json = "{\"a\":1}",
		.saved_ms = 1,
		.sealed_ms = 3 };
	AUTO_STORE_CARD struct store_card got = { 0 };

	assert_int_equal(store_card_save(p->store, &card, &e), 0);
	card.json = "{\"a\":2}";
	assert_int_equal(store_card_save(p->store, &card, &e), 0);
	assert_int_equal(store_card_seal(p->store, &card, &e), 0);
	card.json = "{\"a\":3}";
	assert_int_equal(store_card_save(p->store, &card, &e), -1);
	assert_int_equal(store_card_seal(p->store, &card, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(store_card_get(&got, p->store, "S-0001", "anna", &e), 0);
	assert_string_equal(got.json, "{\"a\":2}");
	assert_int_equal(got.state, STORE_CARD_SEALED);
	assert_int_equal(got.sealed_ms, 3);
}

static void what_was_sealed_is_kept_as_the_first_entry(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	const struct store_card card = { .session = "S-0001",
		.interviewer = "anna",
		.json = "{}",
		.saved_ms = 1,
		.sealed_ms = 3 };
	AUTO_STORE_ENTRIES struct store_entries entries = { 0 };

	assert_int_equal(store_card_seal(p->store, &card, &e), 0);
	assert_int_equal(store_entry_list(&entries, p->store, "S-0001", "anna", &e), 0);

	assert_int_equal(entries.count, 1);
	assert_int_equal(entries.item[0].number, 1);
	assert_int_equal(entries.item[0].at_ms, 3);
	assert_null(entries.item[0].reason);
}

static void only_sealed_cards_are_revealed(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	const struct store_card card = { .session = "S-0001", .interviewer = "anna", .json = "{}" };
	AUTO_STORE_CARD struct store_card draft = { 0 }, revealed = { 0 };

	assert_int_equal(store_card_save(p->store, &card, &e), 0);
	assert_int_equal(store_card_reveal(p->store, "S-0001", &e), 0);
	assert_int_equal(store_card_get(&draft, p->store, "S-0001", "anna", &e), 0);
	assert_int_equal(store_card_seal(p->store, &card, &e), 0);
	assert_int_equal(store_card_reveal(p->store, "S-0001", &e), 0);

	assert_int_equal(store_card_get(&revealed, p->store, "S-0001", "anna", &e), 0);
	assert_int_equal(draft.state, STORE_CARD_DRAFT);
	assert_int_equal(revealed.state, STORE_CARD_REVEALED);
}

static void a_revealed_card_gets_further_entries_and_no_other_does(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	const struct store_card card = { .session = "S-0001", .interviewer = "anna", .json = "{}", .sealed_ms = 3 };
	const struct store_card later = { .session = "S-0001", .interviewer = "anna", .json = "[]", .saved_ms = 5 };
	AUTO_STORE_ENTRIES struct store_entries entries = { 0 };
	AUTO_STORE_CARD struct store_card now = { 0 };

	assert_int_equal(store_card_seal(p->store, &card, &e), 0);
	assert_int_equal(store_card_amend(p->store, &later, "why", &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(store_card_reveal(p->store, "S-0001", &e), 0);
	assert_int_equal(store_card_amend(p->store, &later, "why", &e), 0);

	assert_int_equal(store_entry_list(&entries, p->store, "S-0001", "anna", &e), 0);
	assert_int_equal(entries.count, 2);
	assert_string_equal(entries.item[0].json, "{}");
	assert_string_equal(entries.item[1].reason, "why");
	assert_int_equal(entries.item[1].at_ms, 5);
	assert_int_equal(store_card_get(&now, p->store, "S-0001", "anna", &e), 0);
	assert_string_equal(now.json, "[]");
	assert_int_equal(now.sealed_ms, 3);
}

static void a_card_of_somebody_who_has_no_seat_is_refused(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	const struct store_card card = { .session = "S-0001", .interviewer = "zoe", .json = "{}" };

	assert_int_equal(store_card_save(p->store, &card, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up_session, place_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_person_comes_back_as_saved),
		TEST(a_second_person_of_the_same_id_is_a_conflict_that_names_it),
		TEST(somebody_unknown_is_not_found_by_name),
		TEST(a_repository_is_pinned_anew_and_keeps_a_ref_that_is_null),
		TEST(a_candidate_is_found_by_e_mail_whatever_its_case),
		TEST(a_correction_counts_the_version_up_and_leaves_the_stage),
		TEST(of_screening_answers_the_newest_counts),
		TEST(an_application_moves_and_is_found_by_position),
		TEST(a_session_of_nobody_is_refused),
		TEST(a_session_moves_through_its_states),
		TEST(the_same_commit_again_is_the_same_submission),
		TEST(a_grade_is_due_until_its_result_stands),
		TEST(a_first_result_stands_once_and_a_regrade_names_it),
		TEST(the_newest_answer_and_the_newest_decision_count),
		TEST(what_was_spoken_has_a_number_that_nothing_else_gets),
		TEST(what_was_spoken_is_never_rewritten),
		TEST(a_draft_is_saved_again_and_a_sealed_card_is_not),
		TEST(what_was_sealed_is_kept_as_the_first_entry),
		TEST(a_revealed_card_gets_further_entries_and_no_other_does),
		TEST(only_sealed_cards_are_revealed),
		TEST(a_card_of_somebody_who_has_no_seat_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
