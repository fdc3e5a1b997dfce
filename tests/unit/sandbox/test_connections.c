// SPDX-License-Identifier: MIT
/* What a box's connections take, as the kernel's lists are read: a list here is a file with its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "connections.h"

enum { ROOM_KIB = 1024 };

/* Enough of TCP's pages on the machine that the lists are looked at. */
static const char busy[] = "sockets: used 9\nTCP: inuse 1 orphan 1 tw 0 alloc 3 mem 100000\nUDP: inuse 0 mem 174\n";
static const char calm[] = "sockets: used 9\nTCP: inuse 1 orphan 1 tw 0 alloc 3 mem 12\nUDP: inuse 0 mem 174\n";
static const char flooded[] = "sockets: used 1\nTCP: inuse 0 orphan 0 tw 0 alloc 0 mem 0\nUDP: inuse 1 mem 100000\n";
static const char head[] = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

static int list_of(const char *text)
{
	int fd = memfd_create("list", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	return fd;
}

/* Looks once at a box with COUNTS and these LINES, behind the head of that LIST. */
static bool look(const char *counts, const char *lines, int list, bool count_all)
{
	struct connections connections = { .count_all = count_all };
	char text[16384];
	int lists[CONNECTIONS_LISTS];
	bool too_many;

	snprintf(text, sizeof(text), "%s%s", head, lines);
	lists[CONNECTIONS_COUNTS] = list_of(counts);
	for (int i = CONNECTIONS_TCP; i < CONNECTIONS_LISTS; i++)
		lists[i] = list_of(i == list ? text : head);
	too_many = connections_are_too_many(&connections, lists, ROOM_KIB, 1);
	for (int i = 0; i < CONNECTIONS_LISTS; i++)
		close(lists[i]);
	return too_many;
}

static bool are_too_many(const char *counts, const char *lines, bool newer)
{
	return look(counts, lines, newer ? CONNECTIONS_TCP6 : CONNECTIONS_TCP, false);
}

static const char *line(unsigned state, unsigned unsent, unsigned received, unsigned long inode)
{
	static char text[160];

	snprintf(text, sizeof(text),
		"   0: 0100007F:1F90 0100007F:9D2A %02X %08X:%08X 00:00000000 00000000  1000        0 %lu 1 0 100 0 0 10 0\n",
		state, unsent, received, inode);
	return text;
}

static void bytes_that_nobody_took_count_twice(void **state)
{
	(void)state;
	assert_false(are_too_many(busy, line(1, 0, 500 << 10, 0), false));
	assert_true(are_too_many(busy, line(1, 0, 520 << 10, 0), false));
	assert_true(are_too_many(busy, line(8, 0, 520 << 10, 0), true));
}

static void bytes_that_a_closed_end_has_to_send_count(void **state)
{
	(void)state;
	assert_false(are_too_many(busy, line(4, 1000 << 10, 0, 0), false));
	assert_true(are_too_many(busy, line(4, 1030 << 10, 0, 0), false));
	assert_true(are_too_many(busy, line(9, 1030 << 10, 0, 0), true));
}

static void what_a_process_has_as_a_file_is_its_own(void **state)
{
	(void)state;
	assert_false(are_too_many(busy, line(1, 5 << 20, 5 << 20, 4711), false));
}

static void where_limits_are_sampled_it_counts(void **state)
{
	(void)state;
	assert_true(look(busy, line(1, 0, 520 << 10, 4711), CONNECTIONS_TCP, true));
	assert_true(look(busy, line(1, 0, 520 << 10, 4711), CONNECTIONS_TCP6, true));
}

static void datagrams_count_as_the_kernel_says_where_limits_are_sampled(void **state)
{
	(void)state;
	assert_false(look(busy, line(7, 0, 1000 << 10, 4711), CONNECTIONS_UDP, true));
	assert_true(look(busy, line(7, 0, 1030 << 10, 4711), CONNECTIONS_UDP, true));
	assert_true(look(busy, line(7, 0, 1030 << 10, 4711), CONNECTIONS_UDP6, true));
	assert_false(look(busy, line(7, 0, 1030 << 10, 4711), CONNECTIONS_UDP, false));
	assert_false(look(busy, line(7, 0, 0xfffffff0, 4711), CONNECTIONS_UDP, true));
}

static void where_datagrams_are_many_on_the_machine_somebody_looks(void **state)
{
	(void)state;
	assert_true(look(flooded, line(7, 0, 1030 << 10, 4711), CONNECTIONS_UDP, true));
}

static void where_there_are_few_on_the_machine_nobody_looks(void **state)
{
	(void)state;
	assert_false(are_too_many(calm, line(1, 0, 520 << 10, 0), false));
}

/* The kernel takes the one from the other without a lock: acknowledged in between, there seem to be less than none. */
static void less_than_nothing_to_send_is_nothing(void **state)
{
	(void)state;
	assert_false(are_too_many(busy, line(4, 0xffffffff, 0, 0), false));
	assert_false(are_too_many(busy, line(5, 0xfffffffe, 0, 0), true));
	assert_false(are_too_many(busy, line(1, 0xffff0000, 0, 0), true));
}

static void lists_without_sense_count_for_nothing(void **state)
{
	(void)state;
	assert_false(are_too_many("", line(1, 0, 520 << 10, 0), false));
	assert_false(are_too_many(busy, "   0: nonsense\n\n:::\n", false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_that_nobody_took_count_twice),
		cmocka_unit_test(bytes_that_a_closed_end_has_to_send_count),
		cmocka_unit_test(what_a_process_has_as_a_file_is_its_own),
		cmocka_unit_test(where_limits_are_sampled_it_counts),
		cmocka_unit_test(datagrams_count_as_the_kernel_says_where_limits_are_sampled),
		cmocka_unit_test(where_datagrams_are_many_on_the_machine_somebody_looks),
		cmocka_unit_test(where_there_are_few_on_the_machine_nobody_looks),
		cmocka_unit_test(less_than_nothing_to_send_is_nothing),
		cmocka_unit_test(lists_without_sense_count_for_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
