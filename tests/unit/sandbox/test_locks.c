// SPDX-License-Identifier: MIT
/* How many locks a box has, as the kernel's list is read: a list here is a file with its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "locks.h"

/* So that more than 51 KiB of lines are too many, which are about 700 of these. */
enum { LIMIT_MIB = 1, USED_KIB = 768, BYTES = 256 * 1024 / 5, ENOUGH = 1000, FOREIGN_PROCESS = -1, OWN_PROCESS = 12 };

static int empty_list(void **state)
{
	static int list;

	list = memfd_create("locks", MFD_CLOEXEC);
	*state = &list;
	return list < 0;
}

static int close_list(void **state)
{
	close(*(int *)*state);
	return 0;
}

/* COUNT locks of PID, numbered from FIRST on. */
static void add(int list, int first, int count, int pid)
{
	for (int i = 0; i < count; i++)
		assert_true(dprintf(list, "%d: POSIX  ADVISORY  WRITE %d 00:2f:1234567 1000000%06d 1000000%06d\n", first + i,
				    pid, i, i) > 0);
}

/* COUNT that wait for the lock of that number, each for the one before. */
static void add_waiting(int list, int number, int count)
{
	for (int i = 1; i <= count; i++)
		assert_true(dprintf(list, "%d: %*s FLOCK  ADVISORY  WRITE 12 00:2f:1234567 0 EOF\n", number, i + 2, "->") > 0);
}

/* Looks that come one after the other, as a supervisor's do, at a box of so many processes. */
static bool are_ever_too_many(int list, long processes)
{
	const struct plan_limits limits = { .memory_mib = LIMIT_MIB, .processes = processes };
	struct folders folders = { .locks = list };
	struct locks locks = { 0 };
	bool too_many = false;

	for (int i = 0; i < 4; i++) {
		locks.next_ms = 0;
		too_many |= locks_are_too_many(&locks, &folders, &limits, USED_KIB, 1000);
	}
	return too_many;
}

static bool are_too_many(int list)
{
	return are_ever_too_many(list, 8);
}

static void a_long_list_is_too_long(void **state)
{
	int list = *(int *)*state;

	add(list, 1, ENOUGH, OWN_PROCESS);
	assert_true(are_too_many(list));
}

static void a_short_list_is_not(void **state)
{
	int list = *(int *)*state;

	assert_false(are_too_many(list));
	add(list, 1, ENOUGH / 2, OWN_PROCESS);
	assert_false(are_too_many(list));
}

static void others_locks_count_for_nothing(void **state)
{
	int list = *(int *)*state;

	add(list, 1, 3 * ENOUGH, FOREIGN_PROCESS);
	assert_false(are_too_many(list));
	add(list, 3 * ENOUGH + 1, ENOUGH / 2, OWN_PROCESS);
	assert_false(are_too_many(list));
}

static void among_others_one_s_own_count(void **state)
{
	int list = *(int *)*state;

	for (int i = 0; i < 2 * ENOUGH; i++) {
		add(list, 2 * i + 1, 1, OWN_PROCESS);
		add(list, 2 * i + 2, 1, FOREIGN_PROCESS);
	}
	assert_true(are_too_many(list));
}

/*
 * The kernel hands out, at any place behind the end of its list, those that were taken while it looked for that place:
 * here COUNT at each. Others' locks, which aren't shown, are numbered, too.
 */
static void add_passing(int list, int number, int count)
{
	for (off_t place = 0; place < 9 * BYTES; place += BYTES / 8) {
		if (place == 0)
			continue;
		assert_true(lseek(list, place, SEEK_SET) == place);
		add(list, number, count, OWN_PROCESS);
	}
}

static void locks_that_are_taken_meanwhile_make_no_list_longer(void **state)
{
	int list = *(int *)*state;

	add(list, 1, 1, OWN_PROCESS);
	add_passing(list, 2, 60);
	assert_false(are_too_many(list));
}

static void nor_do_they_beside_many_of_others(void **state)
{
	int list = *(int *)*state;

	add(list, 1, 40, OWN_PROCESS);
	add_passing(list, 5000000, 60);
	assert_false(are_too_many(list));
}

static void others_in_between_hide_nothing(void **state)
{
	int list = *(int *)*state;

	for (int i = 0; i < ENOUGH; i++)
		add(list, 1000 * i + 1, 1, OWN_PROCESS);
	assert_true(are_too_many(list));
}

static void who_waits_hides_nothing(void **state)
{
	int list = *(int *)*state;

	for (int first = 0; first < 4 * ENOUGH; first += 50) {
		assert_int_equal(ftruncate(list, 0), 0);
		assert_int_equal(lseek(list, 0, SEEK_SET), 0);
		add(list, 1, first, OWN_PROCESS);
		add_waiting(list, first, 400);
		add(list, first + 1, 8 * ENOUGH, OWN_PROCESS);
		assert_true(are_ever_too_many(list, 400));
	}
}

int main(void)
{
#define WITH_LIST(test) cmocka_unit_test_setup_teardown(test, empty_list, close_list)
	const struct CMUnitTest tests[] = {
		WITH_LIST(a_long_list_is_too_long),
		WITH_LIST(a_short_list_is_not),
		WITH_LIST(others_locks_count_for_nothing),
		WITH_LIST(among_others_one_s_own_count),
		WITH_LIST(locks_that_are_taken_meanwhile_make_no_list_longer),
		WITH_LIST(nor_do_they_beside_many_of_others),
		WITH_LIST(others_in_between_hide_nothing),
		WITH_LIST(who_waits_hides_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
