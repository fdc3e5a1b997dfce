// SPDX-License-Identifier: MIT
/*
 * The launcher's client, with the real assay-box where it can build boxes here, and with a program that answers
 * nonsense in its place.
 */
#include "submission/launcher.h"

#include "base/clock.h"
#include "base/fs.h"
#include "support/real_box.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { SOON_MS = 30000 };

/* Answers its first request in the way that the last word names. */
static const char nonsense[] =
	"#!/usr/bin/python3 -IS\n"
	"import socket, struct, sys\n"
	"client = socket.socket(fileno=int(sys.argv[2][3:]))\n"
	"data = client.recv(70000)\n"
	"number = struct.unpack('=HHIiI', data[:16])[2]\n"
	"def answer(version, kind, number, zero, text=b'{}'):\n"
	"    client.send(struct.pack('=HHIiI', version, kind, number, 0, zero) + text)\n"
	"{b'short': lambda: client.send(b'x'),\n"
	" b'version': lambda: answer(2, 3, number, 0),\n"
	" b'kind': lambda: answer(1, 1, number, 0),\n"
	" b'stranger': lambda: answer(1, 3, number + 1, 0),\n"
	" b'nobody': lambda: answer(1, 4, 0, 0),\n"
	" b'rest': lambda: answer(1, 3, number, 1),\n"
	" b'long': lambda: answer(1, 3, number, 0, b'x' * 65536),\n"
	" b'silent': lambda: sys.exit(0)}[data[16:].split(b'\\0')[-2]]()\n"
	"client.recv(1)\n";

struct place {
	char *dir, *program, *nonsense;
	struct launcher *launcher;
	bool has_box;
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	if (!p || fs_temp_dir(&p->dir, "assay-test-launcher", NULL) < 0)
		return -1;
	p->nonsense = fs_join(p->dir, "nonsense", NULL);
	if (!p->nonsense || fs_write(AT_FDCWD, p->nonsense, nonsense, strlen(nonsense), 0755, NULL) < 0)
		return -1;
	p->has_box = real_box(&p->program);
	*state = p;
	return launcher_new(&p->launcher, NULL);
}

static int tear_down(void **state)
{
	struct place *p = *state;

	launcher_free(p->launcher);
	fs_remove_tree(AT_FDCWD, p->dir, NULL);
	free(p->dir);
	free(p->program);
	free(p->nonsense);
	free(p);
	return 0;
}

/* Asks PROGRAM for a box that runs SCRIPT. */
static uint32_t ask(struct place *p, const char *program, const char *script)
{
	char *words[] = { (char *)"--allow-sampled", (char *)"--", (char *)"/bin/sh", (char *)"-c", (char *)script };
	const struct strings list = { words, 5 };
	const struct launch launch = { .program = program, .words = &list };
	struct err e = { 0 };
	uint32_t id = 0;

	if (launcher_run(p->launcher, &id, &launch, &e) < 0)
		fail_msg("%s", e.text);
	return id;
}

static void wait_for(struct place *p, uint32_t id)
{
	assert_int_equal(launcher_wait(p->launcher, id, SOON_MS, -1, NULL), 0);
}

static bool reports(struct place *p, uint32_t id, const char *part)
{
	const char *text;
	size_t size;

	return launcher_report(p->launcher, id, &text, &size, NULL) == 0 && strstr(text, part) && text[size] == '\0';
}

static void assert_lost(struct place *p, uint32_t id, const char *why)
{
	struct err e = { 0 };
	const char *text;
	size_t size;

	wait_for(p, id);
	assert_int_equal(launcher_report(p->launcher, id, &text, &size, &e), -1);
	assert_int_equal(e.kind, ERR_SYSTEM);
	if (!strstr(e.text, why))
		fail_msg("%s", e.text);
	launcher_forget(p->launcher, id);
}

/* The only child of this process: the launcher. */
static pid_t launcher_pid(void)
{
	char path[64], text[64] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0 && read(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	return (pid_t)strtol(text, NULL, 10);
}

static size_t count_fds(const char *path)
{
	DIR *dir = opendir(path);
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

/* --- with boxes --------------------------------------------------------------------------------------------------- */

#define NEEDS_BOX(p) \
	if (!(p)->has_box) \
	skip()

static void programs_side_by_side_have_their_own_reports_whichever_ends_first(void **state)
{
	struct place *p = *state;
	uint32_t slow, quick;

	NEEDS_BOX(p);
	slow = ask(p, p->program, "sleep 0.5; exit 3");
	quick = ask(p, p->program, "exit 4");
	wait_for(p, slow);
	wait_for(p, quick);

	assert_true(reports(p, slow, "\"exit_code\": 3"));
	assert_true(reports(p, quick, "\"exit_code\": 4"));
	launcher_forget(p->launcher, slow);
	launcher_forget(p->launcher, quick);
}

static void waiting_ends_at_its_time_and_when_it_is_interrupted(void **state)
{
	struct place *p = *state;
	int stop_fd = eventfd(1, EFD_CLOEXEC);
	struct err e = { 0 };
	uint32_t id;

	NEEDS_BOX(p);
	id = ask(p, p->program, "sleep 300");

	assert_int_equal(launcher_wait(p->launcher, id, 10, -1, &e), 1);
	assert_int_equal(launcher_wait(p->launcher, id, -1, stop_fd, &e), -1);
	assert_string_equal(e.text, "interrupted");
	close(stop_fd);
}

static void a_launcher_that_is_killed_loses_its_programs_at_once_and_the_next_one_runs(void **state)
{
	struct place *p = *state;
	uint32_t id, other;

	NEEDS_BOX(p);
	id = ask(p, p->program, "sleep 300");
	other = ask(p, p->program, "sleep 300");
	assert_int_equal(launcher_wait(p->launcher, id, 200, -1, NULL), 1);
	kill(launcher_pid(), SIGKILL);
	assert_lost(p, id, "has died");
	assert_lost(p, other, "has died");

	id = ask(p, p->program, "exit 5");
	wait_for(p, id);
	assert_true(reports(p, id, "\"exit_code\": 5"));
	launcher_forget(p->launcher, id);
}

static void one_that_died_while_nobody_asked_is_replaced(void **state)
{
	struct place *p = *state;
	siginfo_t died;
	uint32_t id;

	NEEDS_BOX(p);
	id = ask(p, p->program, "exit 0");
	wait_for(p, id);
	launcher_forget(p->launcher, id);
	kill(launcher_pid(), SIGKILL);
	assert_int_equal(waitid(P_ALL, 0, &died, WEXITED | WNOWAIT), 0);

	id = ask(p, p->program, "exit 5");
	wait_for(p, id);
	assert_true(reports(p, id, "\"exit_code\": 5"));
	launcher_forget(p->launcher, id);
}

static void what_is_refused_says_why(void **state)
{
	struct place *p = *state;
	char *words[] = { (char *)"--frobnicate", (char *)"--", (char *)"true" };
	const struct strings list = { words, 3 };
	struct launch launch = { .words = &list };
	uint32_t id;

	NEEDS_BOX(p);
	launch.program = p->program;
	assert_int_equal(launcher_run(p->launcher, &id, &launch, NULL), 0);

	assert_lost(p, id, "unknown option");
}

static void a_refused_preparation_disturbs_nobody(void **state)
{
	struct place *p = *state;
	char *words[] = { (char *)"--frobnicate" };
	const struct strings list = { words, 1 };
	struct launch launch = { .words = &list };
	uint32_t id;

	NEEDS_BOX(p);
	launch.program = p->program;
	launcher_prepare(p->launcher, &launch, 1);
	id = ask(p, p->program, "exit 5");
	wait_for(p, id);

	assert_true(reports(p, id, "\"exit_code\": 5"));
	launcher_forget(p->launcher, id);
}

static void the_process_has_our_socket_and_nothing_else_of_ours(void **state)
{
	struct place *p = *state;
	char path[64], place[64] = "", byte;
	int fd, ours = open("/dev/zero", O_RDONLY);
	uint32_t id;

	NEEDS_BOX(p);
	id = ask(p, p->program, "exit 0");
	wait_for(p, id);
	launcher_forget(p->launcher, id);
	snprintf(path, sizeof(path), "/proc/%d/environ", (int)launcher_pid());
	fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_int_equal(read(fd, &byte, 1), 0);
	close(fd);
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)launcher_pid(), ours);
	/* It may have a file of its own under that number. */
	if (readlink(path, place, sizeof(place) - 1) > 0)
		assert_string_not_equal(place, "/dev/zero");
	close(ours);
}

static void what_was_lent_is_nobodys_after_the_run(void **state)
{
	struct place *p = *state;
	char *words[] = { (char *)"--allow-sampled", (char *)"--stdout", (char *)"fd:3", (char *)"--", (char *)"echo",
		(char *)"hello" };
	const struct strings list = { words, 6 };
	struct launch launch = { .words = &list, .fd_count = 1 };
	char text[16] = "";
	int ends[2];
	uint32_t id;

	NEEDS_BOX(p);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	launch.program = p->program;
	launch.fds = &ends[1];
	assert_int_equal(launcher_run(p->launcher, &id, &launch, NULL), 0);
	close(ends[1]);
	wait_for(p, id);

	assert_int_equal(read(ends[0], text, sizeof(text)), 6);
	assert_string_equal(text, "hello\n");
	assert_int_equal(read(ends[0], text, sizeof(text)), 0);
	close(ends[0]);
	launcher_forget(p->launcher, id);
}

static void a_hundred_runs_leave_no_descriptor(void **state)
{
	struct place *p = *state;
	size_t before = 0;

	NEEDS_BOX(p);
	for (int i = 0; i < 100; i++) {
		uint32_t id = ask(p, p->program, "exit 0");

		wait_for(p, id);
		launcher_forget(p->launcher, id);
		before = i == 0 ? count_fds("/proc/self/fd") : before;
	}

	assert_int_equal(count_fds("/proc/self/fd"), before);
}

static void more_programs_than_seats_are_refused(void **state)
{
	struct place *p = *state;
	char *words[] = { (char *)"--allow-sampled", (char *)"--", (char *)"/bin/sleep", (char *)"300" };
	const struct strings list = { words, 4 };
	struct launch launch = { .words = &list };
	struct err e = { 0 };
	uint32_t id;

	NEEDS_BOX(p);
	launch.program = p->program;
	for (int i = 0; i < 64; i++)
		assert_int_equal(launcher_run(p->launcher, &id, &launch, &e), 0);

	assert_int_equal(launcher_run(p->launcher, &id, &launch, &e), -1);
	assert_string_equal(e.text, "more than 64 programs at a time");
}

/* --- without ------------------------------------------------------------------------------------------------------ */

static void what_is_no_answer_loses_everything_at_once(void **state)
{
	static const char *const ways[] = { "short", "version", "kind", "stranger", "nobody", "rest", "long" };
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		assert_lost(p, ask(p, p->nonsense, ways[i]), "no answer");
}

static void one_that_ends_without_a_word_is_lost(void **state)
{
	struct place *p = *state;

	assert_lost(p, ask(p, p->nonsense, "silent"), "has died");
}

static void one_that_is_stuck_can_be_killed(void **state)
{
	static const char stuck[] = "#!/bin/sh\nexec sleep 300\n";
	struct place *p = *state;
	AUTO_FREE char *program = fs_join(p->dir, "stuck", NULL);
	uint32_t id;

	assert_int_equal(fs_write(AT_FDCWD, program, stuck, strlen(stuck), 0755, NULL), 0);
	id = ask(p, program, "whatever");
	assert_int_equal(launcher_wait(p->launcher, id, 50, -1, NULL), 1);
	launcher_kill(p->launcher);

	assert_lost(p, id, "stuck");
}

static void without_assay_box_it_says_so(void **state)
{
	struct place *p = *state;
	char *words[] = { (char *)"--", (char *)"true" };
	const struct strings list = { words, 2 };
	const struct launch launch = { .program = "/no/such/assay-box", .words = &list };
	struct err e = { 0 };
	uint32_t id;

	assert_int_equal(launcher_run(p->launcher, &id, &launch, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void words_that_are_too_many_or_too_long_do_not_fit(void **state)
{
	static char *many[2049], long_word[65520], fits[65519];
	struct strings list = { many, 2049 };
	(void)state;

	for (size_t i = 0; i < 2049; i++)
		many[i] = (char *)"a";
	assert_false(launcher_fits(&list));
	list.count = 2048;
	assert_true(launcher_fits(&list));

	memset(long_word, 'a', sizeof(long_word) - 1);
	memset(fits, 'a', sizeof(fits) - 1);
	many[0] = long_word;
	list.count = 1;
	assert_true(launcher_fits(&list));
	many[1] = (char *)"";
	list.count = 2;
	assert_false(launcher_fits(&list));
	many[0] = fits;
	assert_true(launcher_fits(&list));
}

/* --- the client's end --------------------------------------------------------------------------------------------- */

static bool runs(const char *cmdline, size_t length)
{
	DIR *proc = opendir("/proc");
	bool found = false;
	struct dirent *entry;

	while ((entry = readdir(proc))) {
		char path[300], text[64] = "";
		int fd;

		snprintf(path, sizeof(path), "/proc/%s/cmdline", entry->d_name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		found |= read(fd, text, sizeof(text)) == (ssize_t)length && memcmp(text, cmdline, length) == 0;
		close(fd);
	}
	closedir(proc);
	return found;
}

static bool comes_to(bool wanted, const char *cmdline, size_t length)
{
	int64_t end_ms = clock_monotonic_ms() + SOON_MS;

	while (runs(cmdline, length) != wanted && clock_monotonic_ms() < end_ms)
		usleep(10000);
	return runs(cmdline, length) == wanted;
}

static void no_program_outlives_a_client_that_is_killed(void **state)
{
	static const char cmdline[] = "sleep\00098761";
	struct place *p = *state;
	pid_t client;

	NEEDS_BOX(p);
	client = fork();
	if (client == 0) {
		ask(p, p->program, "exec sleep 98761");
		pause();
		_exit(1);
	}
	assert_true(comes_to(true, cmdline, sizeof(cmdline)));
	kill(client, SIGKILL);
	waitpid(client, NULL, 0);

	assert_true(comes_to(false, cmdline, sizeof(cmdline)));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(programs_side_by_side_have_their_own_reports_whichever_ends_first),
		TEST(waiting_ends_at_its_time_and_when_it_is_interrupted),
		TEST(a_launcher_that_is_killed_loses_its_programs_at_once_and_the_next_one_runs),
		TEST(one_that_died_while_nobody_asked_is_replaced),
		TEST(what_is_refused_says_why),
		TEST(a_refused_preparation_disturbs_nobody),
		TEST(the_process_has_our_socket_and_nothing_else_of_ours),
		TEST(what_was_lent_is_nobodys_after_the_run),
		TEST(a_hundred_runs_leave_no_descriptor),
		TEST(more_programs_than_seats_are_refused),
		TEST(what_is_no_answer_loses_everything_at_once),
		TEST(one_that_ends_without_a_word_is_lost),
		TEST(one_that_is_stuck_can_be_killed),
		TEST(without_assay_box_it_says_so),
		TEST(words_that_are_too_many_or_too_long_do_not_fit),
		TEST(no_program_outlives_a_client_that_is_killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
