// SPDX-License-Identifier: MIT
/* A plan is looked at as a whole before anything is touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plan.h"

static char program[] = "prog";
static char *argv[] = { program, NULL };

static struct plan a_plan(void)
{
	struct plan plan;

	plan_init(&plan);
	plan.argv = argv;
	return plan;
}

static void the_defaults_are_a_good_plan(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(plan_check(&plan, &f), 0);
}

static void a_plan_needs_a_program(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;
	plan.argv = argv + 1;

	assert_int_equal(plan_check(&plan, &f), -1);

	assert_string_equal(
		f.text, "no program given; it follows --, as in: assay-box -- python3 x.py");
}

static void paths_are_clean_only_without_detours(void **state)
{
	(void)state;

	assert_true(plan_is_clean_path("/a/b..c/.d"));
	assert_false(plan_is_clean_path("a/b"));
	assert_false(plan_is_clean_path("/"));
	assert_false(plan_is_clean_path("/a/../b"));
	assert_false(plan_is_clean_path("/a/./b"));
	assert_false(plan_is_clean_path("/a//b"));
	assert_false(plan_is_clean_path("/a/"));
}

static void below_means_by_whole_parts(void **state)
{
	(void)state;

	assert_true(plan_is_below("/work", "/work"));
	assert_true(plan_is_below("/work/a", "/work"));
	assert_false(plan_is_below("/workshop", "/work"));
}

static void places_of_the_box_cant_be_covered(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;
	plan.ro[plan.n_ro++] = (struct plan_ro){ "/home", "/work/lib" };

	assert_int_equal(plan_check(&plan, &f), -1);

	assert_string_equal(f.text, "--ro /work/lib: /work belongs to the box");
}

static void places_in_usr_local_may_be_used(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;
	plan.ro[plan.n_ro++] = (struct plan_ro){ "/usr/local/go", "/usr/local/go" };

	assert_int_equal(plan_check(&plan, &f), 0);
}

static void usr_local_itself_may_not(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;
	plan.ro[plan.n_ro++] = (struct plan_ro){ "/x", "/usr/local" };

	assert_int_equal(plan_check(&plan, &f), -1);
}

static void places_within_each_other_are_refused(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;
	plan.ro[plan.n_ro++] = (struct plan_ro){ "/x", "/tests/data" };
	plan.tmp[plan.n_tmp++] = (struct plan_tmp){ "/tests", 0 };

	assert_int_equal(plan_check(&plan, &f), -1);

	assert_string_equal(f.text, "/tests and /tests/data: one lies within the other");
}

static void only_writable_folders_are_collected_from(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;
	plan.collect[plan.n_collect++] = (struct plan_collect){ "/etc/passwd", { "x", -1 } };

	assert_int_equal(plan_check(&plan, &f), -1);
}

static void a_folder_of_tmp_is_collected_from(void **state)
{
	struct plan plan = a_plan();
	const char *rest = NULL;
	(void)state;
	plan.tmp[plan.n_tmp++] = (struct plan_tmp){ "/report", 0 };

	assert_int_equal(plan_folder_of(&plan, "/report/a/b", &rest), PLAN_FOLDERS_FIXED);

	assert_string_equal(rest, "a/b");
}

static void a_closed_fd_is_no_door(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;
	plan.doors[plan.n_doors++] = (struct plan_door){ 8000, 999 };

	assert_int_equal(plan_check(&plan, &f), -1);

	assert_string_equal(f.text, "--door fd:999: Bad file descriptor");
}

static void a_door_needs_a_network(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;
	plan.net = PLAN_NET_NONE;
	plan.doors[plan.n_doors++] = (struct plan_door){ 8000, 0 };

	assert_int_equal(plan_check(&plan, &f), -1);

	assert_string_equal(f.text, "--door 8000: needs --net loopback");
}

static void two_channels_cant_be_one_fd(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	(void)state;
	plan.channels[plan.n_channels++] = (struct plan_channel){ 7, 3 };
	plan.channels[plan.n_channels++] = (struct plan_channel){ 8, 3 };

	assert_int_equal(plan_check(&plan, &f), -1);

	assert_string_equal(f.text, "--channel: 3 is given twice inside");
}

/* What is said of a lifeline of that type, which the plan may use otherwise, too. */
static int check_lifeline(int type, bool is_channel, struct fault *f)
{
	struct plan plan = a_plan();
	int pair[2], said;

	assert_int_equal(socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, pair), 0);
	plan.lifeline_fd = pair[0];
	if (is_channel)
		plan.channels[plan.n_channels++] = (struct plan_channel){ pair[0], 3 };
	said = plan_check(&plan, f);
	close(pair[0]);
	close(pair[1]);
	return said;
}

static void a_lifeline_is_a_socket_whose_end_shows(void **state)
{
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(check_lifeline(SOCK_STREAM, false, &f), 0);
	assert_int_equal(check_lifeline(SOCK_SEQPACKET, false, &f), 0);
	assert_int_equal(check_lifeline(SOCK_DGRAM, false, &f), -1);

	assert_non_null(strstr(f.text, "must be a stream or seqpacket socket"));
}

static void a_pipe_is_no_lifeline(void **state)
{
	struct plan plan = a_plan();
	struct fault f = { 0 };
	int ends[2];
	(void)state;

	assert_int_equal(pipe(ends), 0);
	plan.lifeline_fd = ends[0];

	assert_int_equal(plan_check(&plan, &f), -1);

	assert_non_null(strstr(f.text, "must be a socket"));
	close(ends[0]);
	close(ends[1]);
}

static void the_program_cant_have_its_own_lifeline(void **state)
{
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(check_lifeline(SOCK_STREAM, true, &f), -1);

	assert_non_null(strstr(f.text, "is a channel of the program's, too"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_defaults_are_a_good_plan),
		cmocka_unit_test(a_plan_needs_a_program),
		cmocka_unit_test(paths_are_clean_only_without_detours),
		cmocka_unit_test(below_means_by_whole_parts),
		cmocka_unit_test(places_of_the_box_cant_be_covered),
		cmocka_unit_test(places_in_usr_local_may_be_used),
		cmocka_unit_test(usr_local_itself_may_not),
		cmocka_unit_test(places_within_each_other_are_refused),
		cmocka_unit_test(only_writable_folders_are_collected_from),
		cmocka_unit_test(a_folder_of_tmp_is_collected_from),
		cmocka_unit_test(a_closed_fd_is_no_door),
		cmocka_unit_test(a_door_needs_a_network),
		cmocka_unit_test(two_channels_cant_be_one_fd),
		cmocka_unit_test(a_lifeline_is_a_socket_whose_end_shows),
		cmocka_unit_test(a_pipe_is_no_lifeline),
		cmocka_unit_test(the_program_cant_have_its_own_lifeline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
