// SPDX-License-Identifier: MIT
/*
 * Boxes, real ones where they can be built here. A launcher that waits for the end of its lifeline and then takes its
 * time stands in for one on a loaded machine.
 */
#include "submission/box.h"
#include "submission/launcher.h"

#include "base/fs.h"
#include "support/real_box.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

struct place {
	char *path, *slow, *program;
	struct box_host host;
	bool has_box;
};

/* Says on the box's standard output that it is up, waits for the end of the lifeline, and takes its time to report. */
static const char slow_launcher[] =
	"#!/usr/bin/python3 -IS\n"
	"import os, select, socket, struct, sys, time\n"
	"client = socket.socket(fileno=int(sys.argv[2][3:]))\n"
	"data, fds, _, _ = socket.recv_fds(client, 70000, 64)\n"
	"words = data[16:].split(b'\\0')\n"
	"def fd_of(option):\n"
	"    return fds[int(words[words.index(option) + 1][3:]) - 3]\n"
	"os.write(fd_of(b'--stdout'), b'up')\n"
	"line = select.poll()\n"
	"line.register(fd_of(b'--lifeline'), select.POLLRDHUP)\n"
	"line.poll()\n"
	"time.sleep(2)\n"
	"report = b'{\"verdict\": \"signaled\", \"signal\": 15, \"limits_hit\": [], \"wall_ms\": 1, \"denied\": [],'\n"
	"report += b'\"output_truncated\": false, \"layers\": [], \"shared_uid\": false,'\n"
	"report += b'\"message\": \"ended by its lifeline\"}'\n"
	"client.send(struct.pack('=HHIiI', 1, 3, struct.unpack('=HHIiI', data[:16])[2], 143, 0) + report)\n"
	"client.recv(1)\n";

/* Reports what is no report. */
static const char senseless_launcher[] =
	"#!/usr/bin/python3 -IS\n"
	"import socket, sys\n"
	"client = socket.socket(fileno=int(sys.argv[2][3:]))\n"
	"data = client.recv(70000)\n"
	"client.send(b'\\1\\0\\3\\0' + data[4:8] + bytes(8) + b'{\"verdict\": \"splendid\"}')\n"
	"client.recv(1)\n";

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	if (!p || fs_temp_dir(&p->path, "assay-test-box", NULL) < 0)
		return -1;
	p->slow = fs_join(p->path, "assay-box", NULL);
	p->has_box = real_box(&p->program);
	p->host = (struct box_host){ .program = p->program, .allow_sampled = true, .stop_fd = -1 };
	*state = p;
	return launcher_new(&p->host.launcher, NULL);
}

static int tear_down(void **state)
{
	struct place *p = *state;

	launcher_free(p->host.launcher);
	fs_remove_tree(AT_FDCWD, p->path, NULL);
	free(p->path);
	free(p->slow);
	free(p->program);
	free(p);
	return 0;
}

static void pretend(struct place *p, const char *launcher)
{
	assert_int_equal(fs_write(AT_FDCWD, p->slow, launcher, strlen(launcher), 0755, NULL), 0);
	p->host.program = p->slow;
}

static const struct limits limits = {
	.wall_ms = 100000, .cpu_ms = 10000, .memory_mib = 64, .processes = 32, .output_kib = 64, .disk_mib = 16,
};

/* Starts SCRIPT, with MORE behind it. */
static void start(struct box_life *life, const struct place *p, const char *script, const struct strings *more)
{
	char *words[] = { (char *)"/bin/sh", (char *)"-c", (char *)script, (char *)"sh" };
	const struct strings argv = { words, 4 };
	struct box box = BOX_INIT;
	struct err e = { 0 };

	box.argv = &argv;
	box.more = more;
	box.limits = &limits;
	if (box_start(life, &box, &p->host, &e) < 0)
		fail_msg("%s", e.text);
}

static void wait_until_up(const struct box_life *life)
{
	struct stat st = { 0 };

	for (int i = 0; i < 3000 && st.st_size == 0; i++) {
		usleep(10000);
		assert_int_equal(fstat(life->out_fd, &st), 0);
	}
	assert_true(st.st_size > 0);
}

static void report(struct box_report *out, struct box_life *life)
{
	struct err e = { 0 };

	if (box_wait(life, -1, &e) < 0 || box_report(out, life, &e) < 0)
		fail_msg("%s", e.text);
}

/* The process that has this one for its parent: the launcher; or a worker of that, or whatever else. */
static pid_t child_of(pid_t parent)
{
	char path[64], text[64] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)parent, (int)parent);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0 && read(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	return (pid_t)strtol(text, NULL, 10);
}

#define NEEDS_BOX(p) \
	if (!(p)->has_box) \
	skip()

/* --- stopping ----------------------------------------------------------------------------------------------------- */

static void a_box_that_is_slow_to_end_still_reports(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };

	pretend(p, slow_launcher);
	start(&life, p, "whatever", NULL);
	wait_until_up(&life);
	box_stop(&life);
	report(&said, &life);

	assert_int_equal(said.verdict, VERDICT_EXITED);
	assert_int_equal(said.exit_code, -1);
}

static void a_box_that_we_stop_has_exited_without_a_status(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };

	NEEDS_BOX(p);
	start(&life, p, "echo up; sleep 300", NULL);
	wait_until_up(&life);
	box_stop(&life);
	report(&said, &life);

	assert_true(life.stopped);
	assert_int_equal(said.verdict, VERDICT_EXITED);
	assert_int_equal(said.exit_code, -1);
	assert_int_equal(said.signal, -1);
	assert_null(said.message);
}

static void a_box_that_had_ended_before_we_stopped_it_keeps_its_status(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };

	NEEDS_BOX(p);
	start(&life, p, "exit 3", NULL);
	assert_int_equal(box_wait(&life, -1, NULL), 0);
	box_stop(&life);
	report(&said, &life);

	assert_false(life.stopped);
	assert_int_equal(said.exit_code, 3);
}

static void one_box_is_stopped_and_the_other_goes_on(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life stopped = BOX_LIFE_NONE;
	AUTO_BOX_LIFE struct box_life other = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };

	NEEDS_BOX(p);
	start(&stopped, p, "echo up; sleep 300", NULL);
	start(&other, p, "sleep 0.5; exit 6", NULL);
	wait_until_up(&stopped);
	box_stop(&stopped);
	report(&said, &other);

	assert_int_equal(said.exit_code, 6);
}

/* --- whose end it was --------------------------------------------------------------------------------------------- */

static void a_box_that_somebody_else_ends_says_nothing_of_its_program(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };
	struct err e = { 0 };

	NEEDS_BOX(p);
	start(&life, p, "echo up; sleep 300", NULL);
	wait_until_up(&life);
	kill(child_of(getpid()), SIGTERM);
	assert_int_equal(box_wait(&life, -1, &e), 0);

	assert_int_equal(box_report(&said, &life, &e), -1);
	assert_int_equal(e.kind, ERR_SYSTEM);
}

static void a_program_that_ends_itself_by_sigterm_is_its_own_fault(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };

	NEEDS_BOX(p);
	start(&life, p, "kill -TERM $$", NULL);
	report(&said, &life);

	assert_int_equal(said.verdict, VERDICT_SIGNALED);
	assert_int_equal(said.signal, SIGTERM);
}

static void what_is_no_report_is_our_failure(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };
	struct err e = { 0 };

	pretend(p, senseless_launcher);
	start(&life, p, "whatever", NULL);
	assert_int_equal(box_wait(&life, -1, &e), 0);

	assert_int_equal(box_report(&said, &life, &e), -1);
	assert_int_equal(e.kind, ERR_SYSTEM);
}

/* --- waiting, giving away ----------------------------------------------------------------------------------------- */

/* A box of SCRIPT that waits for box_go. */
static void start_waiting(struct box_life *life, struct box *box, const struct place *p, const char *script)
{
	static char *words[] = { (char *)"/bin/sh", (char *)"-c", NULL };
	static const struct strings argv = { words, 3 };
	struct err e = { 0 };

	words[2] = (char *)script;
	box->argv = &argv;
	box->limits = &limits;
	box->waits = true;
	if (box_start(life, box, &p->host, &e) < 0 || box_await_built(life, &e) < 0)
		fail_msg("%s", e.text);
}

static void a_box_that_waits_runs_nothing_before_it_is_told(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };
	struct box box = BOX_INIT;
	struct stat st;

	NEEDS_BOX(p);
	start_waiting(&life, &box, p, "echo up; exit 5");
	assert_int_equal(box_wait(&life, 100, NULL), 1);
	assert_int_equal(fstat(life.out_fd, &st), 0);
	assert_int_equal(st.st_size, 0);
	assert_int_equal(box_go(&life, NULL), 0);
	report(&said, &life);

	assert_int_equal(said.exit_code, 5);
}

static void one_that_waits_and_is_stopped_has_run_nothing(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };
	struct box box = BOX_INIT;
	struct stat st;

	NEEDS_BOX(p);
	start_waiting(&life, &box, p, "echo up");
	box_stop(&life);
	assert_int_equal(box_go(&life, NULL), -1);
	report(&said, &life);

	assert_int_equal(said.verdict, VERDICT_EXITED);
	assert_int_equal(fstat(life.out_fd, &st), 0);
	assert_int_equal(st.st_size, 0);
}

static void output_may_go_to_a_pipe_and_ends_with_the_program(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };
	struct box box = BOX_INIT;
	char bytes[100] = "";
	int ends[2];

	NEEDS_BOX(p);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	box.out_fd = ends[1];
	start_waiting(&life, &box, p, "echo up; echo down >&2");
	close(ends[1]);
	assert_int_equal(box_go(&life, NULL), 0);
	assert_int_equal(read(ends[0], bytes, sizeof(bytes)), 3);
	assert_int_equal(read(ends[0], bytes, sizeof(bytes)), 0);
	report(&said, &life);
	close(ends[0]);

	assert_string_equal(bytes, "up\n");
}

static void several_files_are_collected_and_those_that_are_absent_are_none(void **state)
{
	struct place *p = *state;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };
	AUTO_FREE char *first = NULL, *second = NULL;
	struct box box = BOX_INIT;
	size_t first_size, second_size;

	NEEDS_BOX(p);
	box.tmp = "/report";
	box.collect_more[0] = "/report/a";
	box.collect_more[1] = "/report/b";
	start_waiting(&life, &box, p, "printf xyz >/report/b");
	assert_int_equal(box_go(&life, NULL), 0);
	report(&said, &life);
	assert_int_equal(box_collected_more(&life, 0, &first, &first_size, NULL), 0);
	assert_int_equal(box_collected_more(&life, 1, &second, &second_size, NULL), 0);

	assert_null(first);
	assert_string_equal(second, "xyz");
	assert_int_equal(second_size, 3);
}

/* --- words -------------------------------------------------------------------------------------------------------- */

static void make_long_words(struct strings *words)
{
	char word[1001];

	memset(word, 'a', 1000);
	word[1000] = '\0';
	for (int i = 0; i < 100; i++)
		assert_int_equal(strings_add(words, word, NULL), 0);
}

static void a_box_with_more_words_than_a_message_holds_runs_all_the_same(void **state)
{
	struct place *p = *state;
	AUTO_STRINGS struct strings words = { 0 };
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };
	AUTO_FREE char *output = NULL;
	size_t size;

	NEEDS_BOX(p);
	make_long_words(&words);
	start(&life, p, "echo $#; exit 4", &words);
	report(&said, &life);

	assert_int_equal(life.launch, 0);
	assert_int_equal(said.exit_code, 4);
	assert_int_equal(box_output(&life, &output, &size, NULL), 0);
	assert_memory_equal(output, "100\n", 4);
}

static void and_is_stopped_like_any_other(void **state)
{
	struct place *p = *state;
	AUTO_STRINGS struct strings words = { 0 };
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report said = { 0 };

	NEEDS_BOX(p);
	make_long_words(&words);
	start(&life, p, "echo up; sleep 300", &words);
	wait_until_up(&life);
	box_stop(&life);
	report(&said, &life);

	assert_int_equal(said.verdict, VERDICT_EXITED);
	assert_int_equal(said.exit_code, -1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_box_that_is_slow_to_end_still_reports),
		TEST(a_box_that_we_stop_has_exited_without_a_status),
		TEST(a_box_that_had_ended_before_we_stopped_it_keeps_its_status),
		TEST(one_box_is_stopped_and_the_other_goes_on),
		TEST(a_box_that_somebody_else_ends_says_nothing_of_its_program),
		TEST(a_program_that_ends_itself_by_sigterm_is_its_own_fault),
		TEST(what_is_no_report_is_our_failure),
		TEST(a_box_that_waits_runs_nothing_before_it_is_told),
		TEST(one_that_waits_and_is_stopped_has_run_nothing),
		TEST(output_may_go_to_a_pipe_and_ends_with_the_program),
		TEST(several_files_are_collected_and_those_that_are_absent_are_none),
		TEST(a_box_with_more_words_than_a_message_holds_runs_all_the_same),
		TEST(and_is_stopped_like_any_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
