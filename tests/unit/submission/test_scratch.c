// SPDX-License-Identifier: MIT
#include "submission/scratch.h"

#include "base/fs.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static int set_up(void **state)
{
	char *dir = NULL;

	if (fs_temp_dir(&dir, "assay-test-scratch", NULL) < 0)
		return -1;
	setenv("TMPDIR", dir, 1);
	*state = dir;
	return 0;
}

static int tear_down(void **state)
{
	fs_remove_tree(AT_FDCWD, *state, NULL);
	free(*state);
	unsetenv("TMPDIR");
	return 0;
}

/* A directory of somebody who was killed: nobody holds its lock. */
static void leave(const char *dir, const char *name)
{
	AUTO_FREE char *path = mem_format(NULL, "%s/%s/deep/er", dir, name);

	assert_int_equal(fs_make_dirs(AT_FDCWD, path, NULL), 0);
}

static bool is_there(const char *dir, const char *name)
{
	AUTO_FREE char *path = fs_join(dir, name, NULL);

	return fs_exists(AT_FDCWD, path);
}

static void a_scratch_directory_is_for_us_alone_and_gone_afterwards(void **state)
{
	struct scratch scratch = SCRATCH_NONE;
	AUTO_FREE char *path = NULL;
	struct stat st;
	(void)state;

	assert_int_equal(scratch_make(&scratch, NULL), 0);
	assert_int_equal(stat(scratch.path, &st), 0);
	path = mem_copy(scratch.path, NULL);
	scratch_done(&scratch);

	assert_int_equal(st.st_mode & 07777, 0700);
	assert_false(fs_exists(AT_FDCWD, path));
}

static void what_a_killed_one_left_is_swept_by_the_next(void **state)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;

	leave(*state, "assay-run.abcdef");
	assert_int_equal(scratch_make(&scratch, NULL), 0);

	assert_false(is_there(*state, "assay-run.abcdef"));
}

static void what_somebody_works_in_is_left_alone(void **state)
{
	AUTO_SCRATCH struct scratch one = SCRATCH_NONE;
	AUTO_SCRATCH struct scratch two = SCRATCH_NONE;
	(void)state;

	assert_int_equal(scratch_make(&one, NULL), 0);
	assert_int_equal(scratch_make(&two, NULL), 0);

	assert_true(fs_exists(AT_FDCWD, one.path));
	assert_true(fs_exists(AT_FDCWD, two.path));
}

static void what_has_another_name_is_left_alone(void **state)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;

	leave(*state, "somebody-else");
	assert_int_equal(scratch_make(&scratch, NULL), 0);

	assert_true(is_there(*state, "somebody-else"));
}

/* Makes and drops many; exits with how often that failed. */
static int make_many(void)
{
	int failures = 0;

	for (int i = 0; i < 300; i++) {
		struct scratch scratch = SCRATCH_NONE;
		struct err e = { 0 };

		failures += scratch_make(&scratch, &e) < 0;
		scratch_done(&scratch);
	}
	return failures > 255 ? 255 : failures;
}

static void sweepers_never_take_each_others_new_directories(void **state)
{
	pid_t children[4];
	int failures = 0;
	(void)state;

	for (int i = 0; i < 4; i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(make_many());
	}
	for (int i = 0; i < 4; i++) {
		int status = 0;

		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		failures += WIFEXITED(status) ? WEXITSTATUS(status) : 1;
	}

	assert_int_equal(failures, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_scratch_directory_is_for_us_alone_and_gone_afterwards),
		TEST(what_a_killed_one_left_is_swept_by_the_next),
		TEST(what_somebody_works_in_is_left_alone),
		TEST(what_has_another_name_is_left_alone),
		TEST(sweepers_never_take_each_others_new_directories),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
