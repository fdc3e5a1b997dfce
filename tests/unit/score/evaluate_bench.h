// SPDX-License-Identifier: MIT
/*
 * What the tests of evaluate.h stand on: a task of two suites, what a test reports of them, and the result.
 */
#ifndef SCORE_EVALUATE_BENCH_H
#define SCORE_EVALUATE_BENCH_H

#include "score/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A task of two suites: "open" against the service, which everybody sees, and "secret", which is hidden. */
static struct suite suites[] = {
	{ .id = (char *)"open", .against = AGAINST_SERVICE, .report = REPORT_JUNIT },
	{ .id = (char *)"secret", .against = AGAINST_SERVICE, .report = REPORT_JUNIT,
		.visibility = VISIBILITY_HIDDEN },
};

/* One evaluation: what a test arranges, and the result. */
struct bench {
	struct task task;
	struct manifest_test tests[6];
	struct group groups[1];
	struct suite_report reports[2];
	struct result *result;
	struct err e;
};

static inline void expect_test(struct bench *bench, const char *suite, const char *name, int points)
{
	bench->tests[bench->task.manifest.test_count++] = (struct manifest_test){ .suite = (char *)suite,
		.name = (char *)name, .points = points,
		.visibility = strcmp(suite, "secret") == 0 ? VISIBILITY_HIDDEN : VISIBILITY_VISIBLE };
}

static inline int set_up(void **state)
{
	struct bench *bench = mem_new(1, sizeof(*bench), NULL);

	bench->task = (struct task){ .suites = suites, .suite_count = 2,
		.manifest = { .tests = bench->tests, .groups = bench->groups } };
	bench->reports[0].suite = &suites[0];
	bench->reports[1].suite = &suites[1];
	bench->result = result_new(NULL);
	expect_test(bench, "open", "t.reads", 2);
	expect_test(bench, "open", "t.writes", 3);
	*state = bench;
	return 0;
}

static inline int tear_down(void **state)
{
	struct bench *bench = *state;

	reported_done(&bench->reports[0].reported);
	reported_done(&bench->reports[1].reported);
	result_free(bench->result);
	free(bench);
	return 0;
}

static inline void report(struct bench *bench, size_t suite, const char *xml)
{
	bench->reports[suite].has_report = true;
	assert_int_equal(parse_junit(&bench->reports[suite].reported, xml, strlen(xml), &bench->e), 0);
}

static inline void grade(struct bench *bench)
{
	assert_int_equal(evaluate(bench->result, &bench->task, bench->reports, 2, false, &bench->e), 0);
}

static inline void add_run(struct bench *bench, const char *what, const char *suite, enum verdict verdict, int exit_code)
{
	struct box_run *run = result_add_run(bench->result, NULL);

	run->what = mem_copy(what, NULL);
	run->suite = mem_copy(suite, NULL);
	run->verdict = verdict;
	run->exit_code = exit_code;
}

static inline const struct test_result *said(const struct bench *bench, size_t i)
{
	return &bench->result->tests[i];
}

#define SUITE(cases)  "<testsuite>" cases "</testsuite>"
#define PASSED(name)  "<testcase classname='t' name='" name "'/>"
#define FAILED(name)  "<testcase classname='t' name='" name "'><failure message='no " name "'/></testcase>"
#define SKIPPED(name) "<testcase classname='t' name='" name "'><skipped/></testcase>"

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
