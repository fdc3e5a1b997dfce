// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/*
 * Whichever allocation of ours fails while something is saved or read: a clean refusal, nothing leaked, nothing half
 * saved, and the same store goes on.
 */
#include "place.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* One step of work with a store; returns what the store returned. */
typedef int work(struct place *p, struct err *e);

/* Fails the first allocation, the second … until the work gets through; says how many there were. */
static size_t fail_each(struct place *p, work *step, enum failing_mode mode)
{
	for (size_t n = 0;; n++) {
		struct err e = { 0 };
		bool failed;
		int said;

		failing_alloc_start(n, mode);
		said = step(p, &e);
		failed = failing_alloc_stop();
		assert_int_equal(failing_alloc_balance(), 0);
		assert_int_equal(said, failed ? -1 : 0);
		if (!failed)
			return n;
		assert_int_equal(e.kind, ERR_SYSTEM);
	}
}

static int save_a_setting(struct place *p, struct err *e)
{
	return store_setting_set(p->store, "a", "b", e);
}

static int seal_a_card(struct place *p, struct err *e)
{
	const struct store_card card = {
		.session = "S-0001", .interviewer = "anna", .json = "{}", .sealed_ms = 1
	};

	return store_card_seal(p->store, &card, e);
}

static int amend_a_card(struct place *p, struct err *e)
{
	const struct store_card card = { .session = "S-0001", .interviewer = "anna", .json = "[]", .saved_ms = 2 };

	return store_card_amend(p->store, &card, "seen again", e);
}

static int grade_a_submission(struct place *p, struct err *e)
{
	const struct store_submission s = { .session = "S-0001",
		.part = 1,
		.task = "sum",
		.commit = "abc",
		.dropped = "[]",
		.grade = GRADE_DUE };
	struct store_result result = { .json = "{}" };
	AUTO_CHANGE struct store_change change = { 0 };

	if (store_change_begin(&change, p->store, e) < 0 ||
		store_submission_add(&result.submission, p->store, &s, e) < 0 ||
		store_result_add(p->store, &result, e) < 0 ||
		store_event_add(p->store, 1, "anna", "grade", "S-0001", NULL, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

static int read_everything(struct place *p, struct err *e)
{
	AUTO_STORE_PERSONS struct store_persons persons = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_STORE_SUBMISSIONS struct store_submissions submissions = { 0 };
	AUTO_STORE_EVENTS struct store_events events = { 0 };

	return store_person_list(&persons, p->store, e) < 0 ||
			store_session_get(&session, p->store, "S-0001", e) < 0 ||
			store_submission_list(&submissions, p->store, NULL, e) < 0 ||
			store_event_list(&events, p->store, NULL, e) < 0
		? -1
		: 0;
}

static void a_setting_is_saved_or_refused(void **state)
{
	assert_true(fail_each(*state, save_a_setting, FAIL_ONCE) > 0);
	assert_true(fail_each(*state, save_a_setting, FAIL_FROM_THEN_ON) > 0);
}

static void a_card_is_sealed_whole_or_stays_open(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE_ENTRIES struct store_entries entries = { 0 };

	assert_true(fail_each(p, seal_a_card, FAIL_ONCE) > 0);

	assert_int_equal(store_entry_list(&entries, p->store, "S-0001", "anna", &e), 0);
	assert_int_equal(entries.count, 1);
}

static void a_second_entry_and_its_card_are_changed_together(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE_ENTRIES struct store_entries entries = { 0 };
	AUTO_STORE_CARD struct store_card card = { 0 };

	assert_int_equal(seal_a_card(p, &e), 0);
	assert_int_equal(store_card_reveal(p->store, "S-0001", &e), 0);
	assert_true(fail_each(p, amend_a_card, FAIL_ONCE) > 0);

	assert_int_equal(store_entry_list(&entries, p->store, "S-0001", "anna", &e), 0);
	assert_int_equal(entries.count, 2);
	assert_int_equal(store_card_get(&card, p->store, "S-0001", "anna", &e), 0);
	assert_string_equal(card.json, "[]");
}

static void a_submission_is_graded_once_however_often_memory_ends(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE_SUBMISSIONS struct store_submissions submissions = { 0 };
	AUTO_STORE_EVENTS struct store_events events = { 0 };

	assert_true(fail_each(p, grade_a_submission, FAIL_ONCE) > 0);

	assert_int_equal(store_submission_list(&submissions, p->store, NULL, &e), 0);
	assert_int_equal(submissions.count, 1);
	assert_int_equal(submissions.item[0].grade, GRADE_DONE);
	assert_int_equal(store_event_list(&events, p->store, NULL, &e), 0);
	assert_int_equal(events.count, 1);
}

static void what_can_not_be_read_whole_is_not_read(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	assert_int_equal(grade_a_submission(p, &e), 0);
	assert_true(fail_each(p, read_everything, FAIL_ONCE) > 10);
	assert_true(fail_each(p, read_everything, FAIL_FROM_THEN_ON) > 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up_session, place_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_setting_is_saved_or_refused),
		TEST(a_card_is_sealed_whole_or_stays_open),
		TEST(a_second_entry_and_its_card_are_changed_together),
		TEST(a_submission_is_graded_once_however_often_memory_ends),
		TEST(what_can_not_be_read_whole_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
