// SPDX-License-Identifier: MIT
/*
 * What the store promises when the program, the disk or the memory fails under it.
 */
#include "place.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Hands in without end and says each one that was acknowledged on the pipe; it is killed somewhere on the way. */
static void hand_in_until_killed(const char *path, int pipe_fd)
{
	struct store *store = NULL;
	struct err e = { 0 };

	if (store_open(&store, path, &e) < 0)
		_exit(1);
	for (int64_t n = 1;; n++) {
		char commit[32];
		struct store_submission s = { .session = "S-0001",
			.part = 1,
			.task = "sum",
			.commit = commit,
			.dropped = "[]",
			.at_ms = n,
			.grade = GRADE_DUE };
		struct store_change change = { 0 };
		int64_t id;

		snprintf(commit, sizeof(commit), "%lld", (long long)n);
		if (store_change_begin(&change, store, &e) < 0 ||
			store_submission_add(&id, store, &s, &e) < 0 ||
			store_event_add(store, n, "anna", "submission", commit, NULL, &e) < 0 ||
			store_change_commit(&change, &e) < 0)
			_exit(1);
		if (write(pipe_fd, &n, sizeof(n)) != sizeof(n))
			_exit(0);
	}
}

/* The last number that came through the pipe before its writer was killed. */
static int64_t last_acknowledged(int fd)
{
	int64_t last = 0, n;

	while (read(fd, &n, sizeof(n)) == sizeof(n))
		last = n;
	return last;
}

static int64_t acknowledged_before_a_kill(struct place *p, int after_us)
{
	int ends[2], status;
	int64_t last;
	pid_t child;

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	child = fork();
	if (child == 0)
		hand_in_until_killed(p->path, ends[1]);
	close(ends[1]);
	usleep((useconds_t)after_us);
	kill(child, SIGKILL);
	last = last_acknowledged(ends[0]);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	return last;
}

/* Nothing acknowledged is lost, and what is there is whole: every submission has its line in the log. */
static void a_kill_loses_nothing_that_was_acknowledged(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	int64_t total = 0;

	for (int i = 0; i < 10; i++) {
		AUTO_STORE_SUBMISSIONS struct store_submissions kept = { 0 };
		AUTO_STORE_EVENTS struct store_events log = { 0 };
		int64_t last = acknowledged_before_a_kill(p, 20000 + i * 3137);

		store_close(take_ptr(&p->store));
		assert_int_equal(store_open(&p->store, p->path, &e), 0);
		assert_int_equal(store_submission_list(&kept, p->store, NULL, &e), 0);
		assert_int_equal(store_event_list(&log, p->store, NULL, &e), 0);
		assert_true((int64_t)kept.count >= last);
		assert_true(log.count >= kept.count);
		total += last;
	}
	assert_true(total > 0);
}

static void a_full_disk_is_said_and_loses_nothing(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	static char big[1 << 20];
	struct rlimit no_limit, small = { .rlim_cur = 600 << 10, .rlim_max = RLIM_INFINITY };
	AUTO_FREE char *value = NULL;
	AUTO_FREE char *unsaved = NULL;
	int said;

	memset(big, 'x', sizeof(big) - 1);
	assert_int_equal(store_setting_set(p->store, "before", "kept", &e), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &no_limit), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	said = store_setting_set(p->store, "big", big, &e);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &no_limit), 0);

	assert_int_equal(said, -1);
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_non_null(strstr(e.text, ": nothing was changed"));
	assert_int_equal(store_setting_get(&value, p->store, "before", &e), 0);
	assert_string_equal(value, "kept");
	assert_int_equal(store_setting_get(&unsaved, p->store, "big", &e), 0);
	assert_null(unsaved);
}

static void after_a_full_disk_the_same_store_goes_on(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	static char big[1 << 20];
	struct rlimit no_limit, small = { .rlim_cur = 600 << 10, .rlim_max = RLIM_INFINITY };
	AUTO_FREE char *value = NULL;
	struct store_change change = { 0 };

	memset(big, 'x', sizeof(big) - 1);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &no_limit), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(store_change_begin(&change, p->store, &e), 0);
	assert_true(store_setting_set(p->store, "big", big, &e) < 0 ||
		store_change_commit(&change, &e) < 0);
	store_change_done(&change);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &no_limit), 0);

	assert_int_equal(store_setting_set(p->store, "big", big, &e), 0);

	assert_int_equal(store_setting_get(&value, p->store, "big", &e), 0);
	assert_string_equal(value, big);
}

static void a_disk_that_is_full_while_a_store_is_made_leaves_no_half_of_one(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *path = mem_format(&e, "%s/second.db", p->dir);
	AUTO_STRINGS struct strings before = { 0 }, after = { 0 };
	struct rlimit no_limit, small = { .rlim_cur = 20 << 10, .rlim_max = RLIM_INFINITY };
	int said;

	assert_int_equal(fs_list(&before, AT_FDCWD, p->dir, 100, &e), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &no_limit), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	said = store_create(path, 0600, &e);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &no_limit), 0);

	assert_int_equal(said, -1);
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_int_equal(fs_list(&after, AT_FDCWD, p->dir, 100, &e), 0);
	assert_int_equal(after.count, before.count);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up_session, place_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_kill_loses_nothing_that_was_acknowledged),
		TEST(a_full_disk_is_said_and_loses_nothing),
		TEST(after_a_full_disk_the_same_store_goes_on),
		TEST(a_disk_that_is_full_while_a_store_is_made_leaves_no_half_of_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
