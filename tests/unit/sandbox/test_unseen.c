// SPDX-License-Identifier: MIT
/* What nobody counts is bounded by the plan's limits and the kernel's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unseen.h"

static const struct unseen_host host = { .keep_kib = 512 << 10,
	.swap_kib = 1 << 20,
	.socket_bytes = 212992,
	.pipe_pages = 16384,
	.pipe_bytes = 1 << 20,
	.watches = 1000000,
	.inotify_watches = 1024,
	.inotify_instances = 128,
	.inotify_events = 16384 };

static int64_t bound(const struct plan *plan, const struct unseen_host *kernel, const char *name)
{
	struct unseen list[UNSEEN_COUNT];

	unseen_bound(list, plan, kernel);
	for (size_t i = 0; i < UNSEEN_COUNT; i++)
		if (strcmp(list[i].name, name) == 0)
			return list[i].kib;
	return -2;
}

static struct plan a_plan(void)
{
	struct plan plan;

	plan_init(&plan);
	plan.limits.processes = 8;
	plan.limits.disk_mib = 4;
	return plan;
}

static void sampled_boxes_have_fewer_files_unless_told_otherwise(void **state)
{
	struct plan plan = a_plan();
	(void)state;

	assert_int_equal(bound(&plan, &host, "memfds_in_flight"), (256 + 253) * 4096);
	plan.limits.open_files = 16;
	plan.open_files_given = true;
	assert_int_equal(bound(&plan, &host, "memfds_in_flight"), (16 + 253) * 4096);
}

static void the_largest_folder_bounds_a_file(void **state)
{
	struct plan plan = a_plan();
	(void)state;
	plan.tmp[plan.n_tmp++] = (struct plan_tmp){ "/report", 16 };

	assert_int_equal(bound(&plan, &host, "memfds_in_flight"), (256 + 253) * 16384);
	assert_int_equal(bound(&plan, &host, "long_names"), 20 * 256 / 2);
}

static void the_users_part_bounds_watches(void **state)
{
	struct plan plan = a_plan();
	struct unseen_host small = host;
	(void)state;
	small.watches = 1024;

	assert_int_equal(bound(&plan, &host, "epoll"), 8 * 128 * 128 * 216 / 1024);
	assert_int_equal(bound(&plan, &small, "epoll"), 216);
}

static void without_a_part_for_the_user_each_pipe_may_be_large(void **state)
{
	struct plan plan = a_plan();
	struct unseen_host open = host;
	(void)state;
	open.pipe_pages = 0;

	assert_int_equal(bound(&plan, &open, "pipes"), (8 * 256 + 256 + 253) * 1024);
}

static void the_largest_limits_bound_something_still(void **state)
{
	struct plan plan = a_plan();
	(void)state;
	plan.limits.processes = plan.limits.open_files = plan.limits.disk_mib = plan.limits.memory_mib = 1L << 40;
	plan.open_files_given = true;

	assert_true(bound(&plan, &host, "unix_sockets") > 1LL << 40);
	assert_true(bound(&plan, &host, "pipes") > 1LL << 40);
}

static void it_is_said_in_words(void **state)
{
	struct unseen list[UNSEEN_COUNT];
	struct plan plan = a_plan();
	char words[UNSEEN_TEXT];
	(void)state;
	unseen_bound(list, &plan, &host);

	unseen_say(list, &host, words);

	assert_non_null(strstr(words, "not counted: shared memory that no page table shows, "));
	assert_non_null(strstr(words, ", memfds on their way (at most 2036 MiB), "));
	assert_non_null(strstr(words, "; a box is ended when the host has less than 512 MiB to spare"));
	assert_true(strlen(words) < UNSEEN_TEXT - 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sampled_boxes_have_fewer_files_unless_told_otherwise),
		cmocka_unit_test(the_largest_folder_bounds_a_file),
		cmocka_unit_test(the_users_part_bounds_watches),
		cmocka_unit_test(without_a_part_for_the_user_each_pipe_may_be_large),
		cmocka_unit_test(the_largest_limits_bound_something_still),
		cmocka_unit_test(it_is_said_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
