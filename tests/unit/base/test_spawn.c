// SPDX-License-Identifier: MIT
// link: -Wl,--wrap=setpgid
#include "base/fs.h"
#include "base/mem.h"
#include "base/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static bool dies_on_the_way;

int __real_setpgid(pid_t pid, pid_t group);
int __wrap_setpgid(pid_t pid, pid_t group);

/* The first call between fork and exec. */
int __wrap_setpgid(pid_t pid, pid_t group)
{
	if (dies_on_the_way)
		raise(SIGKILL);
	return __real_setpgid(pid, group);
}

/* Sets the limit of descriptors and says what it was. */
static rlim_t limit_descriptors(rlim_t limit)
{
	struct rlimit old, new;

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	new = (struct rlimit){ .rlim_cur = limit, .rlim_max = old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &new), 0);
	return old.rlim_cur;
}

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

static void a_program_that_died_on_the_way_was_not_started(void **state)
{
	const char *argv[] = { "/bin/true", NULL };
	struct spawn what = { .argv = argv, .in = -1, .out = -1, .err = -1 };
	struct err e = { 0 };
	pid_t pid = -7;
	int said;
	(void)state;

	dies_on_the_way = true;
	said = spawn_start(&what, &pid, &e);
	dies_on_the_way = false;

	assert_int_equal(said, -1);
	assert_int_equal(pid, -7);
	assert_string_equal(e.text, "cannot start /bin/true: it died on the way");
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void a_low_limit_of_descriptors_is_enough(void **state)
{
	const char *argv[] = { "/bin/echo", "started", NULL };
	rlim_t before = limit_descriptors(128);
	int status;
	AUTO_FREE char *said = output_of(argv, NULL, &status);
	(void)state;

	limit_descriptors(before);

	assert_string_equal(said, "started\n");
}

static void a_program_starts_where_standard_input_was_closed(void **state)
{
	const char *argv[] = { "/bin/cat", NULL };
	int before = dup(0), status;
	(void)state;

	close(0);
	{
		AUTO_FREE char *said = output_of(argv, NULL, &status);

		assert_string_equal(said, "");
	}
	dup2(before, 0);
	close(before);

	assert_int_equal(status, 0);
}

static void ending_collects_though_it_can_not_wait(void **state)
{
	const char *argv[] = { "/bin/sleep", "30", NULL };
	struct spawn what = { .argv = argv, .in = -1, .out = -1, .err = -1 };
	struct err e = { 0 };
	rlim_t before;
	pid_t pid;
	(void)state;
	assert_int_equal(spawn_start(&what, &pid, &e), 0);

	before = limit_descriptors(3);
	spawn_end(pid);
	limit_descriptors(before);

	assert_int_equal(kill(pid, 0), -1);
}

static void ending_ends_what_the_program_started_as_well(void **state)
{
	const char *argv[] = { "/bin/sh", "-c", "trap '' TERM; sleep 30 & trap 'exit 0' TERM; echo; wait", NULL };
	struct spawn what = { .argv = argv, .in = -1, .err = -1 };
	struct err e = { 0 };
	int pipes[2];
	char byte;
	pid_t pid;
	(void)state;
	assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
	what.out = pipes[1];
	assert_int_equal(spawn_start(&what, &pid, &e), 0);
	close(pipes[1]);
	assert_int_equal(read(pipes[0], &byte, 1), 1);

	spawn_end(pid);

	/* The pipe ends when the last one that could write into it is gone: sleep, which ignores SIGTERM. */
	alarm(5);
	assert_int_equal(read(pipes[0], &byte, 1), 0);
	alarm(0);
	close(pipes[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_gets_exactly_the_environment_that_was_given),
		cmocka_unit_test(a_program_inherits_no_other_descriptor),
		cmocka_unit_test(a_program_that_is_absent_is_not_found),
		cmocka_unit_test(waiting_ends_at_its_timeout_and_ending_collects),
		cmocka_unit_test(a_program_that_died_on_the_way_was_not_started),
		cmocka_unit_test(a_low_limit_of_descriptors_is_enough),
		cmocka_unit_test(a_program_starts_where_standard_input_was_closed),
		cmocka_unit_test(ending_collects_though_it_can_not_wait),
		cmocka_unit_test(ending_ends_what_the_program_started_as_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
