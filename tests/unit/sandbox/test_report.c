// SPDX-License-Identifier: MIT
/* Facts become one verdict, one exit status and one JSON object. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>

#include "report.h"

enum { EXITED_0 = 0, EXITED_1 = 1 << 8, EXITED_200 = 200 << 8 };

static struct report judged(int status, unsigned hits)
{
	struct report report;

	report_init(&report);
	report.ended = true;
	report.status = status;
	report.hits = hits;
	report_judge(&report);
	return report;
}

static void a_program_that_ends_has_exited(void **state)
{
	struct report report = judged(EXITED_1, 0);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_EXITED);
	assert_int_equal(report_exit_status(&report), 1);
}

static void high_exit_codes_become_123(void **state)
{
	struct report report = judged(EXITED_200, 0);
	(void)state;

	assert_int_equal(report_exit_status(&report), 123);
}

static void a_signal_is_128_and_its_number(void **state)
{
	struct report report = judged(SIGSEGV, 0);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_SIGNALED);
	assert_int_equal(report_exit_status(&report), 128 + SIGSEGV);
}

static void the_clock_weighs_most(void **state)
{
	struct report report =
		judged(EXITED_1, HIT_WALL | HIT_CPU | HIT_MEMORY | HIT_OUTPUT | HIT_DISK);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_WALL_LIMIT);
	assert_int_equal(report_exit_status(&report), 124);
}

static void cpu_weighs_more_than_memory(void **state)
{
	struct report report = judged(EXITED_1, HIT_CPU | HIT_MEMORY);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_CPU_LIMIT);
}

static void memory_weighs_more_than_output(void **state)
{
	struct report report = judged(SIGKILL, HIT_MEMORY | HIT_OUTPUT);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_MEMORY_LIMIT);
}

static void a_limit_that_was_survived_is_no_verdict(void **state)
{
	struct report report = judged(EXITED_0, HIT_PROCESSES | HIT_DISK);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_EXITED);
	assert_int_equal(report_exit_status(&report), 0);
}

static void a_limit_that_was_not_survived_is_one(void **state)
{
	struct report report = judged(EXITED_1, HIT_DISK);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_DISK_LIMIT);
}

static void processes_weigh_more_than_disk(void **state)
{
	struct report report = judged(SIGABRT, HIT_PROCESSES | HIT_DISK);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_PROCESS_LIMIT);
}

static void the_filter_kills_with_a_verdict_of_its_own(void **state)
{
	struct report report = judged(SIGSYS, HIT_DISK);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_DENIED_CALL);
	assert_int_equal(report.n_denied, 1);
	assert_int_equal(report_exit_status(&report), 128 + SIGSYS);
}

static void a_sigsys_is_not_blamed_on_the_filter_alone(void **state)
{
	struct report report = judged(SIGSYS, 0);
	struct plan plan;
	(void)state;
	plan_init(&plan);

	report_explain(&report, &plan);

	assert_string_equal(report.denied[0], "a system call of a foreign architecture (or SIGSYS of its own)");
	assert_non_null(strstr(report.message, "or it sent itself SIGSYS"));
}

static void a_core_dump_makes_no_difference(void **state)
{
	struct report report = judged(SIGSYS | WCOREFLAG, 0);
	(void)state;

	assert_int_equal(report.verdict, VERDICT_DENIED_CALL);
}

static void a_file_that_was_too_large_may_have_been_a_matter_of_its_own(void **state)
{
	struct report report = judged(SIGXFSZ, HIT_DISK);
	struct plan plan;
	(void)state;
	plan_init(&plan);

	report_explain(&report, &plan);

	assert_string_equal(report.message,
		"the kernel refused more than --disk-mib 64, or it had lowered that limit or sent itself SIGXFSZ");
}

static void being_told_to_stop_is_a_signal(void **state)
{
	struct report report;
	(void)state;
	report_init(&report);
	report.stopped_by = SIGTERM;

	report_judge(&report);

	assert_int_equal(report.verdict, VERDICT_SIGNALED);
	assert_int_equal(report_exit_status(&report), 128 + SIGTERM);
}

static void a_box_that_never_was_is_our_error(void **state)
{
	struct report report;
	(void)state;

	report_init(&report);

	assert_int_equal(report.verdict, VERDICT_BOX_ERROR);
	assert_int_equal(report_exit_status(&report), 125);
}

static void sentences_are_joined(void **state)
{
	struct report report;
	(void)state;
	report_init(&report);

	report_say(&report, "one");
	report_say(&report, "two");

	assert_string_equal(report.message, "one; two");
}

static char *rendered(const struct report *report)
{
	static char text[4096];
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	report_render(report, out);
	fclose(out);
	return text;
}

static void unknown_numbers_are_null(void **state)
{
	struct report report;
	(void)state;

	report_init(&report);

	assert_non_null(strstr(rendered(&report), "\"memory_peak_kib\": null"));
	assert_non_null(strstr(rendered(&report), "\"exit_code\": null, \"signal\": null"));
}

static void every_key_stands_in_its_place(void **state)
{
	struct report report = judged(EXITED_0, HIT_DISK);
	(void)state;
	report.layers[report.n_layers++] = "seccomp";
	report.limits_mode = "cgroup1";
	report.memory_peak_kib = report.rss_peak_kib = report.processes_peak = 1;

	assert_string_equal(rendered(&report),
		"{\"verdict\": \"exited\", \"exit_code\": 0, \"signal\": null, \"limits_hit\": "
		"[\"disk\"], "
		"\"wall_ms\": 0, \"cpu_user_ms\": 0, \"cpu_system_ms\": 0, \"memory_peak_kib\": 1, "
		"\"rss_peak_kib\": 1, \"processes_peak\": 1, \"output_bytes\": 0, "
		"\"output_truncated\": false, "
		"\"disk_bytes\": 0, \"denied\": [], \"layers\": [\"seccomp\"], \"limits_mode\": "
		"\"cgroup1\", \"unseen\": null, "
		"\"shared_uid\": false, \"message\": null}\n");
}

static void messages_are_escaped(void **state)
{
	struct report report;
	(void)state;
	report_init(&report);

	report_say(&report, "a\"b\\c\n\033[31m\xff");

	assert_non_null(
		strstr(rendered(&report), "\"message\": \"a\\\"b\\\\c\\n\\u001b[31m\\ufffd\""));

	report_init(&report);
	report_say(&report, "ü €\xc2\x9b" "2J \xe2\x80\xaetxt.exe");
	assert_non_null(strstr(rendered(&report), "\"message\": \"ü €\\u009b2J \\u202etxt.exe\""));
}

static void a_limit_is_explained_with_its_value_and_who_acted(void **state)
{
	struct plan plan;
	struct report report;
	(void)state;
	plan_init(&plan);
	plan.limits.cpu_ms = 1500;
	report_init(&report);
	report.verdict = VERDICT_CPU_LIMIT;

	report_explain(&report, &plan);

	assert_string_equal(report.message, "assay-box ended it at --cpu-ms 1500");
}

static void sampled_memory_was_ended_by_us_not_by_the_kernel(void **state)
{
	struct plan plan;
	struct report report;
	(void)state;
	plan_init(&plan);
	report_init(&report);
	report.verdict = VERDICT_MEMORY_LIMIT;
	report.limits_mode = "sampled";

	report_explain(&report, &plan);

	assert_string_equal(report.message, "assay-box ended it at --memory-mib 512");
}

static void a_program_that_ends_by_itself_needs_no_explanation(void **state)
{
	struct plan plan;
	struct report report;
	(void)state;
	plan_init(&plan);
	report_init(&report);
	report.verdict = VERDICT_EXITED;

	report_explain(&report, &plan);

	assert_string_equal(report.message, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_that_ends_has_exited),
		cmocka_unit_test(high_exit_codes_become_123),
		cmocka_unit_test(a_signal_is_128_and_its_number),
		cmocka_unit_test(the_clock_weighs_most),
		cmocka_unit_test(cpu_weighs_more_than_memory),
		cmocka_unit_test(memory_weighs_more_than_output),
		cmocka_unit_test(a_limit_that_was_survived_is_no_verdict),
		cmocka_unit_test(a_limit_that_was_not_survived_is_one),
		cmocka_unit_test(processes_weigh_more_than_disk),
		cmocka_unit_test(the_filter_kills_with_a_verdict_of_its_own),
		cmocka_unit_test(a_sigsys_is_not_blamed_on_the_filter_alone),
		cmocka_unit_test(a_core_dump_makes_no_difference),
		cmocka_unit_test(a_file_that_was_too_large_may_have_been_a_matter_of_its_own),
		cmocka_unit_test(being_told_to_stop_is_a_signal),
		cmocka_unit_test(a_box_that_never_was_is_our_error),
		cmocka_unit_test(sentences_are_joined),
		cmocka_unit_test(unknown_numbers_are_null),
		cmocka_unit_test(every_key_stands_in_its_place),
		cmocka_unit_test(messages_are_escaped),
		cmocka_unit_test(a_limit_is_explained_with_its_value_and_who_acted),
		cmocka_unit_test(sampled_memory_was_ended_by_us_not_by_the_kernel),
		cmocka_unit_test(a_program_that_ends_by_itself_needs_no_explanation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
