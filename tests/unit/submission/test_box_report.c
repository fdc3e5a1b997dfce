// SPDX-License-Identifier: MIT
#include "submission/box_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define REST \
	"\"wall_ms\": 12, \"cpu_user_ms\": 3, \"cpu_system_ms\": 4, \"memory_peak_kib\": 500, \"rss_peak_kib\": null, " \
	"\"processes_peak\": 1, \"output_bytes\": 7, \"output_truncated\": false, \"disk_bytes\": 0, \"denied\": [], " \
	"\"layers\": [\"seccomp\"], \"limits_mode\": \"cgroup2\", \"shared_uid\": false, \"message\": null}"

static int parse(struct box_report *report, const char *text, struct err *e)
{
	return box_report_parse(report, text, strlen(text), e);
}

static void a_report_is_read_key_by_key(void **state)
{
	AUTO_BOX_REPORT struct box_report report = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&report, "{\"verdict\": \"wall_limit\", \"exit_code\": null, \"signal\": 9, "
					"\"limits_hit\": [\"wall\"], " REST, &e), 0);

	assert_int_equal(report.verdict, VERDICT_WALL_LIMIT);
	assert_int_equal(report.exit_code, -1);
	assert_int_equal(report.signal, 9);
	assert_string_equal(report.limits_hit.item[0], "wall");
	assert_int_equal(report.cpu_user_ms + report.cpu_system_ms, 7);
	assert_int_equal(report.rss_peak_kib, -1);
	assert_string_equal(report.limits_mode, "cgroup2");
	assert_null(report.message);
}

static void an_empty_report_is_a_failure_of_ours(void **state)
{
	struct box_report report = { .exit_code = 77 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&report, "", &e), -1);

	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_int_equal(report.exit_code, 77);
}

static void a_report_that_is_cut_off_is_a_failure_of_ours(void **state)
{
	struct box_report report = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&report, "{\"verdict\": \"exited\", \"exit_c", &e), -1);

	assert_int_equal(e.kind, ERR_SYSTEM);
}

static void a_verdict_that_nobody_knows_is_a_failure_of_ours(void **state)
{
	struct box_report report = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&report, "{\"verdict\": \"accepted\", \"limits_hit\": [], " REST, &e), -1);

	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_non_null(strstr(e.text, "is no verdict"));
}

static void a_key_that_nobody_knows_is_a_failure_of_ours(void **state)
{
	struct box_report report = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&report, "{\"points\": 100, \"verdict\": \"exited\", \"limits_hit\": [], " REST, &e), -1);

	assert_int_equal(e.kind, ERR_SYSTEM);
}

static void a_report_without_its_verdict_is_a_failure_of_ours(void **state)
{
	struct box_report report = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&report, "{\"limits_hit\": [], " REST, &e), -1);

	assert_int_equal(e.kind, ERR_SYSTEM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_is_read_key_by_key),
		cmocka_unit_test(an_empty_report_is_a_failure_of_ours),
		cmocka_unit_test(a_report_that_is_cut_off_is_a_failure_of_ours),
		cmocka_unit_test(a_verdict_that_nobody_knows_is_a_failure_of_ours),
		cmocka_unit_test(a_key_that_nobody_knows_is_a_failure_of_ours),
		cmocka_unit_test(a_report_without_its_verdict_is_a_failure_of_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
