// SPDX-License-Identifier: MIT
/* The command line becomes a plan, or a sentence that names the option. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "options.h"

/* Options are cut in place, so each test has words of its own. */
#define PARSE(plan, f, ...)                                                                        \
	parse(plan, f, (char[][64]){ "assay-box", __VA_ARGS__ },                                   \
		sizeof((char[][64]){ "assay-box", __VA_ARGS__ }) / 64)

static int parse(struct plan *plan, struct fault *f, char words[][64], size_t count)
{
	static char kept[16][64];
	static char *argv[17];

	memset(argv, 0, sizeof(argv));
	for (size_t i = 0; i < count; i++) {
		memcpy(kept[i], words[i], sizeof(kept[i]));
		argv[i] = kept[i];
	}
	plan_init(plan);
	return options_parse(plan, (int)count, argv, f);
}

static void the_program_follows_two_dashes(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--wall-ms", "5", "--", "prog", "--wall-ms"), 0);

	assert_int_equal(plan.limits.wall_ms, 5);
	assert_string_equal(plan.argv[0], "prog");
	assert_string_equal(plan.argv[1], "--wall-ms");
	assert_null(plan.argv[2]);
}

static void a_value_may_stand_behind_an_equals_sign(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--memory-mib=77", "prog"), 0);

	assert_int_equal(plan.limits.memory_mib, 77);
	assert_string_equal(plan.argv[0], "prog");
}

static void a_value_out_of_bounds_names_the_option_and_the_bounds(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--processes", "0", "prog"), -1);

	assert_string_equal(f.text, "--processes: 0 is not between 1 and 32768");
}

static void half_a_number_is_no_number(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--wall-ms", "5s", "prog"), -1);

	assert_string_equal(f.text, "--wall-ms: '5s' is not a number");
}

static void a_missing_value_says_what_is_wanted(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--door"), -1);

	assert_string_equal(f.text, "--door needs a value: PORT=fd:N");
}

static void an_unknown_option_is_named(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--root=/", "prog"), -1);

	assert_string_equal(f.text, "unknown option --root; --help lists them");
}

static void ro_is_cut_at_its_last_colon_before_a_slash(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--ro", "/a:/b:/c", "prog"), 0);

	assert_string_equal(plan.ro[0].host, "/a:/b");
	assert_string_equal(plan.ro[0].inside, "/c");
}

static void ro_without_inside_is_shown_where_it_is(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--ro", "/opt/jdk", "prog"), 0);

	assert_string_equal(plan.ro[0].inside, "/opt/jdk");
}

static void tmp_takes_a_size(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--tmp", "/report:7", "--tmp=/scratch", "prog"), 0);

	assert_int_equal(plan.n_tmp, 2);
	assert_int_equal(plan.tmp[0].mib, 7);
	assert_int_equal(plan.tmp[1].mib, 0);
}

static void doors_and_channels_take_fds(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--door", "8000=fd:9", "--channel", "fd:8",
				 "--channel=fd:7=5", "p"),
		0);

	assert_int_equal(plan.doors[0].port, 8000);
	assert_int_equal(plan.doors[0].fd, 9);
	assert_int_equal(plan.channels[0].as, 3);
	assert_int_equal(plan.channels[1].fd, 7);
	assert_int_equal(plan.channels[1].as, 5);
}

static void standard_streams_are_no_doors(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--door", "80=fd:2", "prog"), -1);

	assert_string_equal(f.text, "--door: 2 is not between 3 and 65535");
}

static void a_variable_needs_a_name(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--env", "=x", "prog"), -1);

	assert_string_equal(f.text, "--env: '=x' must have the form NAME=VALUE");
}

static void a_flag_takes_no_value(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--allow-sampled=yes", "prog"), -1);

	assert_string_equal(f.text, "--allow-sampled takes no value");
}

static void a_lifeline_is_an_fd_that_was_left_open(void **state)
{
	struct plan plan;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(PARSE(&plan, &f, "--lifeline", "fd:7", "prog"), 0);
	assert_int_equal(plan.lifeline_fd, 7);

	assert_int_equal(PARSE(&plan, &f, "--lifeline", "fd:2", "prog"), -1);
	assert_string_equal(f.text, "--lifeline: 2 is not between 3 and 65535");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_program_follows_two_dashes),
		cmocka_unit_test(a_value_may_stand_behind_an_equals_sign),
		cmocka_unit_test(a_value_out_of_bounds_names_the_option_and_the_bounds),
		cmocka_unit_test(half_a_number_is_no_number),
		cmocka_unit_test(a_missing_value_says_what_is_wanted),
		cmocka_unit_test(an_unknown_option_is_named),
		cmocka_unit_test(ro_is_cut_at_its_last_colon_before_a_slash),
		cmocka_unit_test(ro_without_inside_is_shown_where_it_is),
		cmocka_unit_test(tmp_takes_a_size),
		cmocka_unit_test(doors_and_channels_take_fds),
		cmocka_unit_test(standard_streams_are_no_doors),
		cmocka_unit_test(a_variable_needs_a_name),
		cmocka_unit_test(a_flag_takes_no_value),
		cmocka_unit_test(a_lifeline_is_an_fd_that_was_left_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
