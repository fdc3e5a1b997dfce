// SPDX-License-Identifier: MIT
/* What the host has to spare, by what its kernel says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "spare.h"

enum { MOST_KIB = 512 << 10 };

static void numbers_stand_behind_their_labels(void **state)
{
	struct meminfo host;
	(void)state;

	assert_true(meminfo_parse(&host,
		"MemTotal:       2000 kB\nMemFree:   1 kB\nMemAvailable:   1500 kB\nSwapCached:  1 kB\nSwapTotal:  30 kB\n"
		"SwapFree:  20 kB\nInactive(AnonPages:  9 kB\nAnonPages:   100 kB\nShmem:   7 kB\nShmemHugePages:   1 kB\n"));
	assert_int_equal(host.total_kib, 2000);
	assert_int_equal(host.available_kib, 1500);
	assert_int_equal(host.anonymous_kib, 100);
	assert_int_equal(host.shared_kib, 7);
	assert_int_equal(host.swap_kib, 30);
	assert_int_equal(host.swap_free_kib, 20);
}

static void a_number_that_is_missing_is_not_guessed(void **state)
{
	struct meminfo host;
	(void)state;

	assert_false(meminfo_parse(&host, ""));
	assert_false(meminfo_parse(&host, "MemTotal: 1 kB\nAnonPages: 1 kB\nShmem: 1 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n"));
}

static int64_t kept_kib(long spare_mib)
{
	struct spare spare;
	struct plan plan;
	struct fault f;

	plan_init(&plan);
	plan.spare_mib = spare_mib;
	assert_int_equal(spare_open(&spare, &plan, &f), 0);
	spare_close(&spare);
	return spare.keep_kib;
}

static void a_host_keeps_a_part_of_its_memory_or_what_it_is_told(void **state)
{
	int64_t kept = kept_kib(-1);
	struct spare spare;
	struct plan plan;
	struct fault f;
	(void)state;
	plan_init(&plan);
	assert_int_equal(spare_open(&spare, &plan, &f), 0);
	spare_close(&spare);

	assert_int_equal(kept, spare.first.total_kib / 16 < MOST_KIB ? spare.first.total_kib / 16 : MOST_KIB);
	assert_int_equal(kept_kib(0), 0);
	assert_int_equal(kept_kib(7), 7 << 10);
}

static void only_who_has_less_than_that_is_low(void **state)
{
	struct spare spare;
	struct plan plan;
	struct fault f;
	(void)state;
	plan_init(&plan);
	plan.spare_mib = 0;
	assert_int_equal(spare_open(&spare, &plan, &f), 0);

	assert_false(spare_is_low(&spare));
	spare.keep_kib = 2 * spare.first.total_kib;
	assert_true(spare_is_low(&spare));
	spare.keep_kib = 0;
	spare_close(&spare);
	assert_true(spare_is_low(&spare)); /* nobody knows */
}

static void what_went_to_anonymous_memory_is_not_lost(void **state)
{
	struct spare spare = { .first = { .available_kib = 1000, .anonymous_kib = 100, .swap_free_kib = 50 },
		.now = { .available_kib = 300, .anonymous_kib = 700, .swap_free_kib = 9 } };
	(void)state;

	assert_int_equal(spare_lost_kib(&spare), 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_stand_behind_their_labels),
		cmocka_unit_test(a_number_that_is_missing_is_not_guessed),
		cmocka_unit_test(a_host_keeps_a_part_of_its_memory_or_what_it_is_told),
		cmocka_unit_test(only_who_has_less_than_that_is_low),
		cmocka_unit_test(what_went_to_anonymous_memory_is_not_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
