// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/*
 * Whichever allocation of ours fails while a step of the corridor saves something: a clean refusal, nothing half done,
 * and the same step then gets through.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evening.h"
#include "store/store_card.h"
#include "support/failing_alloc.h"

typedef int step(struct evening *v, struct err *e);

/* Fails the first allocation, the second … until the step gets through; says how many there were. */
static size_t fail_each(struct evening *v, step *take)
{
	for (size_t n = 0;; n++) {
		struct err e = { 0 };
		bool failed;
		int said;

		failing_alloc_start(n, FAIL_ONCE);
		said = take(v, &e);
		failed = failing_alloc_stop();
		assert_int_equal(failing_alloc_balance(), 0);
		assert_int_equal(said, failed ? -1 : 0);
		if (!failed)
			return n;
	}
}

static int add_a_person(struct evening *v, struct err *e)
{
	struct strings roles = { .item = (char *[]){ (char *)"hr" }, .count = 1 };

	return workspace_person_add(v->workspace, "lea", "hana", "Hana", &roles, NULL, e);
}

static int mark(struct evening *v, struct err *e)
{
	return marking_mark(v->workspace, "anna", v->session, "code", 2, "half of it", e);
}

static int seal(struct evening *v, struct err *e)
{
	return marking_seal(v->workspace, "anna", v->session, e);
}

static int confirm(struct evening *v, struct err *e)
{
	AUTO_FREE char *file = mem_format(e, "%s/decisions.json", v->dir);

	return file ? review_confirm(v->workspace, "anna", v->session, file, e) : -1;
}

static size_t events_of(struct evening *v, const char *object, const char *action)
{
	AUTO_STORE_EVENTS struct store_events events = { 0 };
	struct err e = { 0 };
	size_t count = 0;

	evening_must(store_event_list(&events, v->workspace->store, object, &e), &e);
	for (size_t i = 0; i < events.count; i++)
		count += strcmp(events.item[i].action, action) == 0;
	return count;
}

static void a_person_is_added_once_and_logged_once(void **state)
{
	struct evening *v = *state;

	assert_true(fail_each(v, add_a_person) > 0);

	assert_int_equal(events_of(v, "hana", "person.add"), 1);
}

static void a_mark_is_saved_once_and_logged_once(void **state)
{
	struct evening *v = *state;

	evening_start(v);
	assert_true(fail_each(v, mark) > 20);

	assert_int_equal(events_of(v, v->session, "card.mark"), 1);
}

static void matches_are_confirmed_once(void **state)
{
	struct evening *v = *state;

	evening_sit(v);
	free(evening_file(v, "decisions.json", evening_decision));
	assert_true(fail_each(v, confirm) > 20);

	assert_int_equal(events_of(v, v->session, "review.confirm"), 1);
}

static void a_card_is_sealed_once(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_ENTRIES struct store_entries entries = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_mark(v, "anna");
	assert_true(fail_each(v, seal) > 20);

	assert_int_equal(events_of(v, v->session, "card.seal"), 1);
	assert_int_equal(
		store_entry_list(&entries, v->workspace->store, v->session, "anna", &e), 0);
	assert_int_equal(entries.count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(a_person_is_added_once_and_logged_once),
		EVENING(a_mark_is_saved_once_and_logged_once),
		EVENING(matches_are_confirmed_once),
		EVENING(a_card_is_sealed_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
