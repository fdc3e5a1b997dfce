// SPDX-License-Identifier: MIT
/* An assay-box made of shell lines stands in for the real one: it does what a loaded machine makes of it. */
#include "submission/box.h"

#include "base/fs.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

struct place {
	char *path, *program;
	struct box_host host;
};

/* Says on its standard output that it is up, waits for SIGTERM, and takes its time to report then. */
static const char slow_box[] =
	"#!/bin/sh\n"
	"while [ \"$1\" != -- ]; do\n"
	"	case $1 in --report) report=${2#fd:} ;; --stdout) out=${2#fd:} ;; esac\n"
	"	shift\n"
	"done\n"
	"ended() {\n"
	"	sleep 2\n"
	"	cat >/proc/self/fd/$report <<-END\n"
	"		{\"verdict\": \"exited\", \"exit_code\": 0, \"limits_hit\": [], \"wall_ms\": 1, \"denied\": [],\n"
	"		\"output_truncated\": false, \"layers\": [], \"shared_uid\": false}\n"
	"	END\n"
	"	exit 0\n"
	"}\n"
	"trap ended TERM\n"
	"echo up >/proc/self/fd/$out\n"
	"while :; do sleep 0.05; done\n";

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	if (!p || fs_temp_dir(&p->path, "assay-test-box", NULL) < 0)
		return -1;
	p->program = fs_join(p->path, "assay-box", NULL);
	if (!p->program || fs_write(AT_FDCWD, p->program, slow_box, strlen(slow_box), 0755, NULL) < 0)
		return -1;
	p->host = (struct box_host){ .program = p->program, .stop_fd = -1 };
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	fs_remove_tree(AT_FDCWD, p->path, NULL);
	free(p->path);
	free(p->program);
	free(p);
	return 0;
}

static void wait_until_up(const struct box_life *life)
{
	struct stat st = { 0 };

	for (int i = 0; i < 500 && st.st_size == 0; i++) {
		usleep(10000);
		assert_int_equal(fstat(life->out_fd, &st), 0);
	}
	assert_true(st.st_size > 0);
}

static void a_box_that_is_slow_to_end_still_reports(void **state)
{
	struct place *p = *state;
	char *words[] = { (char *)"/usr/bin/true" };
	const struct strings argv = { words, 1 };
	const struct limits limits = { 0 };
	struct box box = BOX_INIT;
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report report = { 0 };
	struct err e = { 0 };

	box.argv = &argv;
	box.limits = &limits;
	assert_int_equal(box_start(&life, &box, &p->host, &e), 0);
	wait_until_up(&life);
	box_stop(&life);

	if (box_report(&report, &life, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(report.verdict, VERDICT_EXITED);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_box_that_is_slow_to_end_still_reports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
