// SPDX-License-Identifier: MIT
/* What a loaded package answers. The package is tests/cases/task/base/coding. */
#include "task/task.h"

#include "task/cases.h"
#include "task/expect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static int set_up(void **state)
{
	struct err e = { 0 };

	return task_load((struct task **)state, "tests/cases/task/base/coding", false, &e);
}

static int tear_down(void **state)
{
	task_free(*state);
	return 0;
}

static void limits_that_are_not_given_have_their_default(void **state)
{
	const struct task *task = *state;

	assert_int_equal(task->limits.wall_ms, 5000);
	assert_int_equal(task->limits.cpu_ms, limits_default.cpu_ms);
}

static void a_tester_has_twice_as_much_unless_told_otherwise(void **state)
{
	const struct task *task = *state;

	assert_int_equal(task->tester_limits.wall_ms, 10000);
	assert_int_equal(task->tester_limits.memory_mib, 256);
	assert_int_equal(task->tester_limits.cpu_ms, 7000);
}

static void limits_stand_in_for_their_names_in_a_command(void **state)
{
	const struct task *task = *state;
	AUTO_STRINGS struct strings argv = { 0 };
	struct err e = { 0 };

	assert_int_equal(task_expand(&task->service.argv, &task->limits, &argv, &e), 0);

	assert_int_equal(argv.count, 3);
	assert_string_equal(argv.item[2], "-Xmx128m");
}

static void other_braces_stay_as_they_are(void **state)
{
	char print[] = "{print $1} {x} {wall_ms", both[] = "{wall_ms}{cpu_ms}";
	char *items[] = { print, both };
	const struct strings argv = { items, 2 };
	AUTO_STRINGS struct strings expanded = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(task_expand(&argv, &limits_min, &expanded, &e), 0);

	assert_string_equal(expanded.item[0], "{print $1} {x} {wall_ms");
	assert_string_equal(expanded.item[1], "100100");
}

static void a_path_that_leads_out_is_never_admitted(void **state)
{
	const struct task *task = *state;

	assert_true(task_admits(task, "app.py"));
	assert_false(task_admits(task, "../app.py"));
	assert_false(task_admits(task, "/app.py"));
	assert_false(task_admits(task, "a//app.py"));
	assert_false(task_admits(task, ""));
}

static void configuration_is_admitted_only_where_it_is_written_out(void **state)
{
	const struct task *task = *state;

	assert_true(task_admits(task, "conftest.py"));
	assert_false(task_admits(task, "tests/conftest.py"));
	assert_false(task_admits(task, "sitecustomize.py"));
}

static void a_text_is_read_in_the_language_asked_for(void **state)
{
	const struct task *task = *state;
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };

	assert_int_equal(task_text(&text, task, "statement.md", LANGUAGE_DE, &e), 0);

	assert_string_equal(text, "Antworten Sie mit dem, was kommt.\n");
}

static void a_text_that_is_nowhere_is_not_found(void **state)
{
	const struct task *task = *state;
	char *text = NULL;
	struct err e = { 0 };

	assert_int_equal(task_text(&text, task, "interviewer.md", LANGUAGE_EN, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_string_equal(e.text, "the task echo has no interviewer.md");
	assert_null(text);
}

static void a_task_without_its_manifest_can_still_be_pinned(void **state)
{
	AUTO_TASK struct task *task = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(task_load(&task, "tests/cases/task/base/coding", true, &e), 0);

	assert_int_equal(task->manifest.test_count, 0);
}

static void cases_are_ordered_as_numbers(void **state)
{
	const struct task *task = *state;
	struct program_cases cases = { 0 };
	struct err e = { 0 };

	assert_int_equal(program_cases_load(&cases, task, task_suite(task, "cases"), &e), 0);

	assert_int_equal(cases.count, 2);
	assert_string_equal(cases.item[0].name, "2");
	assert_string_equal(cases.item[0].in, "tests/cases/2.in");
	assert_string_equal(cases.item[1].ans, "tests/cases/10.ans");
	assert_null(cases.item[1].args);
	program_cases_done(&cases);
}

static void an_argument_is_a_whole_line(void **state)
{
	const struct task *task = *state;
	char path[] = "tests/cases/2.args";
	struct program_case one = { .args = path };
	AUTO_STRINGS struct strings args = { 0 };
	struct err e = { 0 };

	assert_int_equal(program_case_args(&args, task, &one, &e), 0);

	assert_int_equal(args.count, 2);
	assert_string_equal(args.item[1], "name with spaces");
}

static void a_class_of_solutions_says_what_is_expected(void **state)
{
	const struct task *task = *state;
	struct solutions solutions = { 0 };
	struct err e = { 0 };

	assert_int_equal(solutions_load(&solutions, task, &e), 0);

	assert_int_equal(solutions.count, 2);
	assert_string_equal(solutions.item[0].path, "solutions/accepted/plain");
	assert_int_equal(solutions.item[0].min_points, 12);
	assert_string_equal(solutions.item[0].verdict, "accepted");
	assert_int_equal(solutions.item[1].class, SOLUTION_STUB);
	assert_int_equal(solutions.item[1].min_points, 1);
	assert_int_equal(solutions.item[1].max_points, 1);
	assert_null(solutions.item[1].verdict);
	solutions_done(&solutions);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_that_are_not_given_have_their_default),
		cmocka_unit_test(a_tester_has_twice_as_much_unless_told_otherwise),
		cmocka_unit_test(limits_stand_in_for_their_names_in_a_command),
		cmocka_unit_test(other_braces_stay_as_they_are),
		cmocka_unit_test(a_path_that_leads_out_is_never_admitted),
		cmocka_unit_test(configuration_is_admitted_only_where_it_is_written_out),
		cmocka_unit_test(a_text_is_read_in_the_language_asked_for),
		cmocka_unit_test(a_text_that_is_nowhere_is_not_found),
		cmocka_unit_test(a_task_without_its_manifest_can_still_be_pinned),
		cmocka_unit_test(cases_are_ordered_as_numbers),
		cmocka_unit_test(an_argument_is_a_whole_line),
		cmocka_unit_test(a_class_of_solutions_says_what_is_expected),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
