// SPDX-License-Identifier: MIT
#include "submission/run.h"

#include "base/fs.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const struct limits limits = { .wall_ms = 1000, .cpu_ms = 400 };

static void a_loop_that_was_stopped_at_its_limit_is_doubtful(void **state)
{
	const struct box_report report = { .verdict = VERDICT_CPU_LIMIT, .wall_ms = 410, .cpu_user_ms = 405 };
	(void)state;

	assert_true(run_is_doubtful(&report, &limits));
}

static void one_that_was_far_over_its_limit_is_not(void **state)
{
	const struct box_report report = { .verdict = VERDICT_CPU_LIMIT, .wall_ms = 600, .cpu_user_ms = 500 };
	(void)state;

	assert_false(run_is_doubtful(&report, &limits));
}

static void one_that_got_no_processor_is_doubtful_however_late(void **state)
{
	const struct box_report report = { .verdict = VERDICT_WALL_LIMIT, .wall_ms = 5000, .cpu_user_ms = 199 };
	(void)state;

	assert_true(run_is_doubtful(&report, &limits));
}

static void other_verdicts_are_never_doubtful(void **state)
{
	const struct box_report report = { .verdict = VERDICT_MEMORY_LIMIT, .wall_ms = 1000, .cpu_user_ms = 400 };
	(void)state;

	assert_false(run_is_doubtful(&report, &limits));
}

/* --- seeds ------------------------------------------------------------------------------------------------------ */

static void seed_of(char seed[DIGEST_HEX], const char *dir, const char *suite, const char *pins)
{
	AUTO_TASK struct task *task = NULL;
	struct err e = { 0 };
	struct run run = { .pins = pins };

	if (task_load(&task, dir, false, &e) < 0)
		fail_msg("%s", e.text);
	run.task = task;
	assert_int_equal(run_seed(seed, &run, task_suite(task, suite), &e), 0);
}

static char *copy_of_task(char **dir)
{
	char *copy;

	assert_int_equal(fs_temp_dir(dir, "assay-test-run", NULL), 0);
	copy = fs_join(*dir, "elsewhere", NULL);
	assert_int_equal(fs_copy_tree(AT_FDCWD, "tests/cases/tasks/key-store", AT_FDCWD, copy, NULL), 0);
	return copy;
}

static void a_seed_is_the_same_wherever_the_task_lies(void **state)
{
	AUTO_FREE char *dir = NULL;
	AUTO_FREE char *copy = copy_of_task(&dir);
	char here[DIGEST_HEX], there[DIGEST_HEX];
	(void)state;

	seed_of(here, "tests/cases/tasks/key-store", "http", "pins");
	seed_of(there, copy, "http", "pins");
	fs_remove_tree(AT_FDCWD, dir, NULL);

	assert_string_equal(here, there);
}

static void a_seed_is_another_when_one_byte_of_the_suite_is(void **state)
{
	AUTO_FREE char *dir = NULL;
	AUTO_FREE char *copy = copy_of_task(&dir);
	AUTO_FREE char *file = fs_join(copy, "tests/http/extra", NULL);
	char here[DIGEST_HEX], there[DIGEST_HEX];
	(void)state;

	assert_int_equal(fs_write(AT_FDCWD, file, "x", 1, 0644, NULL), 0);
	seed_of(here, "tests/cases/tasks/key-store", "http", "pins");
	seed_of(there, copy, "http", "pins");
	fs_remove_tree(AT_FDCWD, dir, NULL);

	assert_string_not_equal(here, there);
}

static void each_suite_and_each_pin_has_a_seed_of_its_own(void **state)
{
	char http[DIGEST_HEX], visible[DIGEST_HEX], other[DIGEST_HEX];
	(void)state;

	seed_of(http, "tests/cases/tasks/key-store", "http", "pins");
	seed_of(visible, "tests/cases/tasks/key-store", "visible", "pins");
	seed_of(other, "tests/cases/tasks/key-store", "http", "other pins");

	assert_string_not_equal(http, visible);
	assert_string_not_equal(http, other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_loop_that_was_stopped_at_its_limit_is_doubtful),
		cmocka_unit_test(one_that_was_far_over_its_limit_is_not),
		cmocka_unit_test(one_that_got_no_processor_is_doubtful_however_late),
		cmocka_unit_test(other_verdicts_are_never_doubtful),
		cmocka_unit_test(a_seed_is_the_same_wherever_the_task_lies),
		cmocka_unit_test(a_seed_is_another_when_one_byte_of_the_suite_is),
		cmocka_unit_test(each_suite_and_each_pin_has_a_seed_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
