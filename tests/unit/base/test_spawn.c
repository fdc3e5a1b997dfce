// SPDX-License-Identifier: MIT
#include "base/fs.h"
#include "base/mem.h"
#include "base/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* What the program wrote to standard output. */
static char *output_of(const char *const *argv, const char *const *env, int *status)
{
	int pipes[2];
	struct spawn what = { .argv = argv, .env = env, .in = -1, .err = -1 };
	struct err e = { 0 };
	char *bytes = NULL;
	size_t size;
	pid_t pid;

	assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
	what.out = pipes[1];
	assert_int_equal(spawn_start(&what, &pid, &e), 0);
	close(pipes[1]);
	assert_int_equal(fs_read_fd(&bytes, &size, pipes[0], "pipe", 100000, &e), 0);
	close(pipes[0]);
	assert_int_equal(spawn_wait(pid, -1, status, &e), 0);
	return bytes;
}

static void a_program_gets_exactly_the_environment_that_was_given(void **state)
{
	const char *argv[] = { "/usr/bin/env", NULL }, *env[] = { "ONLY=this", NULL };
	int status;
	AUTO_FREE char *said = output_of(argv, env, &status);
	(void)state;

	assert_string_equal(said, "ONLY=this\n");
}

static void a_program_inherits_no_other_descriptor(void **state)
{
	const char *argv[] = { "/bin/sh", "-c", "ls /proc/self/fd | wc -l", NULL };
	int leaked = open("/dev/null", O_RDONLY), status; /* without O_CLOEXEC, as a careless library would */
	AUTO_FREE char *said = output_of(argv, NULL, &status);
	(void)state;
	close(leaked);

	/* 0, 1, 2 and the directory that ls itself reads */
	assert_string_equal(said, "4\n");
}

static void a_program_that_is_absent_is_not_found(void **state)
{
	const char *argv[] = { "/nowhere/at/all", NULL };
	struct spawn what = { .argv = argv, .in = -1, .out = -1, .err = -1 };
	struct err e = { 0 };
	pid_t pid;
	(void)state;

	assert_int_equal(spawn_start(&what, &pid, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void waiting_ends_at_its_timeout_and_ending_collects(void **state)
{
	const char *argv[] = { "/bin/sleep", "30", NULL };
	struct spawn what = { .argv = argv, .in = -1, .out = -1, .err = -1 };
	struct err e = { 0 };
	int status;
	pid_t pid;
	(void)state;

	assert_int_equal(spawn_start(&what, &pid, &e), 0);
	assert_int_equal(spawn_wait(pid, 20, &status, &e), 1);
	spawn_end(pid);

	assert_int_equal(kill(pid, 0), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_gets_exactly_the_environment_that_was_given),
		cmocka_unit_test(a_program_inherits_no_other_descriptor),
		cmocka_unit_test(a_program_that_is_absent_is_not_found),
		cmocka_unit_test(waiting_ends_at_its_timeout_and_ending_collects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
