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

/* So that more than 51 KiB of lines are too many, which are a thousand of these. */
enum { LIMIT_KIB = 256, ENOUGH = 1000, FOREIGN_PROCESS = -1, OWN_PROCESS = 12 };

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

static void add(int list, int first, int count, int pid)
{
	for (int i = 0; i < count; i++)
		assert_true(dprintf(list, "%d: POSIX  ADVISORY  WRITE %d 00:2f:1234567 1000000%06d 1000000%06d\n", first + i,
				    pid, i, i) > 0);
}

static bool are_too_many(int list)
{
	struct folders folders = { .locks = list };
	struct locks locks = { 0 };

	return locks_are_too_many(&locks, &folders, LIMIT_KIB, 0, 1000);
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

	for (int i = 0; i < 2 * ENOUGH; i++)
		add(list, 2 * i + 1, 1, OWN_PROCESS), add(list, 2 * i + 2, 1, FOREIGN_PROCESS);
	assert_true(are_too_many(list));
}

/* The kernel hands a lock out anywhere behind the end of its list, if it was taken while it looked for that place. */
static void a_lock_that_is_taken_meanwhile_makes_no_list_longer(void **state)
{
	int list = *(int *)*state;

	add(list, 1, 1, OWN_PROCESS);
	for (int place = 1; place <= 8; place *= 2) {
		assert_true(lseek(list, place * LIMIT_KIB * 1024 / 5, SEEK_SET) > 0);
		add(list, 2, 4, OWN_PROCESS);
	}
	assert_false(are_too_many(list));
}

int main(void)
{
#define WITH_LIST(test) cmocka_unit_test_setup_teardown(test, empty_list, close_list)
	const struct CMUnitTest tests[] = {
		WITH_LIST(a_long_list_is_too_long),
		WITH_LIST(a_short_list_is_not),
		WITH_LIST(others_locks_count_for_nothing),
		WITH_LIST(among_others_one_s_own_count),
		WITH_LIST(a_lock_that_is_taken_meanwhile_makes_no_list_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
