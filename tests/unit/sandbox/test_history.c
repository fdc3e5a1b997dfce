// SPDX-License-Identifier: MIT
/* Time of processes that come and go, as it is seen look by look. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "history.h"

static int open_history(void **state)
{
	*state = history_new();
	return *state ? 0 : -1;
}

static int close_history(void **state)
{
	free(*state);
	return 0;
}

/* A look at one process, and the time of all so far. */
static int64_t look_at(struct history *history, int pid, uint64_t start, int64_t user_us)
{
	int64_t user, system;

	history_see(history, pid, start, user_us, 0);
	history_end(history, true, &user, &system);
	return user + system;
}

static int64_t look_at_nobody(struct history *history, bool complete)
{
	int64_t user, system;

	history_end(history, complete, &user, &system);
	return user + system;
}

static void who_is_there_counts_once(void **state)
{
	look_at(*state, 7, 1, 100);
	assert_int_equal(look_at(*state, 7, 1, 150), 150);
	assert_int_equal(look_at(*state, 7, 1, 200), 200);
}

static void who_has_gone_is_kept(void **state)
{
	look_at(*state, 7, 1, 100);
	assert_int_equal(look_at(*state, 8, 2, 50), 150);
	assert_int_equal(look_at_nobody(*state, true), 150);
	assert_int_equal(look_at_nobody(*state, true), 150);
}

static void a_number_that_comes_again_is_another_process(void **state)
{
	look_at(*state, 7, 1, 100);
	assert_int_equal(look_at(*state, 7, 9, 10), 110);
	assert_int_equal(look_at(*state, 7, 9, 20), 120);
}

static void who_was_overlooked_counts_once(void **state)
{
	look_at(*state, 7, 1, 100);
	look_at_nobody(*state, false);
	assert_int_equal(look_at(*state, 7, 1, 120), 120);
	assert_int_equal(look_at_nobody(*state, true), 120);
}

static void numbers_of_one_place_are_told_apart(void **state)
{
	int64_t user, system;

	for (int look = 0; look < 2; look++) {
		for (int i = 0; i < 3; i++)
			history_see(*state, 5 + i * 2 * HISTORY_MAX, 1, 10, 1);
		history_end(*state, true, &user, &system);
	}
	assert_int_equal(user, 30);
	assert_int_equal(system, 3);
}

static void who_is_one_too_many_counts_while_there_and_never_twice(void **state)
{
	int64_t user = 0, system;

	for (int look = 0; look < 2; look++) {
		for (int pid = 1; pid <= HISTORY_MAX + 100; pid++)
			history_see(*state, pid, 1, 1, 0);
		history_end(*state, true, &user, &system);
	}
	assert_int_equal(user, HISTORY_MAX + 100);
	assert_int_equal(look_at_nobody(*state, true), HISTORY_MAX);
}

#define with_history(test) cmocka_unit_test_setup_teardown(test, open_history, close_history)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_history(who_is_there_counts_once),
		with_history(who_has_gone_is_kept),
		with_history(a_number_that_comes_again_is_another_process),
		with_history(who_was_overlooked_counts_once),
		with_history(numbers_of_one_place_are_told_apart),
		with_history(who_is_one_too_many_counts_while_there_and_never_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
