// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/*
 * Whichever allocation fails, what is taken in is taken in whole or refused cleanly, and nothing leaks: no submission
 * may lose a file because we ran out of memory.
 */
#include "submission/box.h"
#include "submission/box_report.h"
#include "submission/box_words.h"
#include "submission/intake.h"

#include "base/fs.h"
#include "support/failing_alloc.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

typedef int work(void *context, struct err *e);

enum { MOST = 5000 };

static void assert_refuses_cleanly(work *do_it, void *context, enum failing_mode mode)
{
	bool failed = true;

	for (size_t n = 0; failed && n < MOST; n++) {
		struct err e = { 0 };
		int said;
		long balance;

		failing_alloc_start(n, mode);
		said = do_it(context, &e);
		failed = failing_alloc_stop();
		balance = failing_alloc_balance();
		if (said != (failed ? -1 : 0) || balance != 0 || e.kind != (failed ? ERR_SYSTEM : ERR_NONE))
			fail_msg("allocation %zu: returned %d, %ld blocks left, \"%s\"", n, said, balance, e.text);
	}
	assert_false(failed);
}

/* --- intake ----------------------------------------------------------------------------------------------------- */

struct place {
	char *path, *tree;
	int dir_fd;
	struct task *task;
};

static int take_in(void *context, struct err *e)
{
	struct place *p = context;
	AUTO_INTAKE struct intake intake = { 0 };
	int said = intake_take(&intake, p->task, p->dir_fd, p->tree, e);

	if (said == 0 && (intake.files != 2 || intake.dropped.count != 1))
		fail_msg("%zu files taken, %zu dropped", intake.files, intake.dropped.count);
	return said;
}

static void set_up(struct place *p)
{
	AUTO_FREE char *submission = NULL;

	assert_int_equal(fs_temp_dir(&p->path, "assay-test-intake", NULL), 0);
	assert_int_equal(task_load(&p->task, "tests/cases/tasks/word-count", false, NULL), 0);
	p->tree = fs_join(p->path, "tree", NULL);
	submission = fs_join(p->path, "submission", NULL);
	assert_int_equal(fs_make_dirs(AT_FDCWD, submission, NULL), 0);
	assert_int_equal(fs_open_dir(&p->dir_fd, AT_FDCWD, submission, NULL), 0);
	assert_int_equal(fs_write(p->dir_fd, "solution.c", "mine", 4, 0644, NULL), 0);
	assert_int_equal(fs_write(p->dir_fd, "count.h", "ours", 4, 0644, NULL), 0);
	assert_int_equal(symlinkat("/etc/passwd", p->dir_fd, "link.c"), 0);
}

static void tear_down(struct place *p)
{
	close(p->dir_fd);
	task_free(p->task);
	fs_remove_tree(AT_FDCWD, p->path, NULL);
	free(p->path);
	free(p->tree);
}

static void a_submission_is_taken_in_whole_or_not_at_all(void **state)
{
	struct place p = { 0 };
	(void)state;

	set_up(&p);
	assert_refuses_cleanly(take_in, &p, FAIL_ONCE);
	assert_refuses_cleanly(take_in, &p, FAIL_FROM_THEN_ON);
	tear_down(&p);
}

/* --- boxes ------------------------------------------------------------------------------------------------------ */

static int make_words(void *context, struct err *e)
{
	static const int more[BOX_MAX_MORE] = { 7, 7, -1 };
	static const struct box_ends ends = { 7, 7, -1, -1, 7, more };
	static char *words[] = { (char *)"./solution", (char *)"an argument" };
	static char *env[] = { (char *)"A=1" };
	static const struct strings argv = { words, 2 }, env_list = { env, 1 };
	static const struct limits limits = { 1, 2, 3, 4, 5, 6 };
	const struct box_host host = { .program = "/assay-box", .allow_sampled = true, .stop_fd = -1 };
	AUTO_BOX_WORDS struct box_words made = { .is_request = *(const bool *)context };
	struct box box = BOX_INIT;

	box.argv = box.more = &argv;
	box.env = &env_list;
	box.limits = &limits;
	box.work = "/tree";
	box.ro[0].host = "/suite";
	box.ro[0].inside = "/tests";
	box.tmp = "/report";
	box.collect = "/report/report.xml";
	box.collect_more[0] = "/report/score.txt";
	box.collect_more[1] = "/report/teammessage.txt";
	box.door_port = 80;
	box.door_fd = 7;
	return box_words_make(&made, &box, &ends, &host, e);
}

static void the_words_of_a_box_are_made_whole_or_not_at_all(void **state)
{
	bool is_request = false;
	(void)state;

	assert_refuses_cleanly(make_words, &is_request, FAIL_ONCE);
	is_request = true;
	assert_refuses_cleanly(make_words, &is_request, FAIL_ONCE);
	assert_refuses_cleanly(make_words, &is_request, FAIL_FROM_THEN_ON);
}

static int read_report(void *context, struct err *e)
{
	static const char text[] =
		"{\"verdict\": \"signaled\", \"exit_code\": null, \"signal\": 9, \"limits_hit\": [\"wall\"], \"wall_ms\": 1, "
		"\"output_truncated\": false, \"denied\": [\"ptrace\"], \"layers\": [\"seccomp\"], \"limits_mode\": \"cgroup2\", "
		"\"shared_uid\": false, \"message\": \"killed\"}";
	AUTO_BOX_REPORT struct box_report report = { 0 };
	(void)context;

	return box_report_parse(&report, text, strlen(text), e);
}

static void a_report_is_read_whole_or_not_at_all(void **state)
{
	(void)state;

	assert_refuses_cleanly(read_report, NULL, FAIL_ONCE);
	assert_refuses_cleanly(read_report, NULL, FAIL_FROM_THEN_ON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_submission_is_taken_in_whole_or_not_at_all),
		cmocka_unit_test(the_words_of_a_box_are_made_whole_or_not_at_all),
		cmocka_unit_test(a_report_is_read_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
