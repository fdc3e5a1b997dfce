// SPDX-License-Identifier: MIT
/*
 * Carrying what `submission` has seen to what `score` judges: the two rooms don't know each other.
 */
#ifndef ASSESS_GRADE_REPORTS_H
#define ASSESS_GRADE_REPORTS_H

#include "base/err.h"
#include "score/evaluate.h"
#include "score/result.h"
#include "submission/run.h"
#include "task/task.h"

/* Adds a box to the result; the parts of `ran` move. */
int grade_take_ran(struct result *result, struct ran *ran, struct err *e);

/* Where the cases of a program suite go while it runs (the context of grade_see_case). */
struct grade_cases {
	const struct task *task;
	struct reported *reported;
};

/* Compares a case's output with its answer, and keeps what came of it. */
int grade_see_case(const struct suite *suite, const struct program_case *which, const struct case_run *run,
	void *context, struct err *e);

/* The count of passed tests in a suite's report; 0 without one. */
int grade_count_passed(const struct suite_run *run, size_t *passed, struct err *e);

/* Reads a suite's report (that of a program suite is there already) and adds its boxes to the result. A report without a
 * failure from a tester that didn't end with status 0 gets an anomaly, and so does one of tests whose bridge left no record
 * of what the candidate judged. A test that the bridge refused something has failed, even if it is reported as passed; what was
 * refused outside of all tests is an anomaly. `out` borrows from `run`, which must outlive it. */
int grade_take_suite(struct suite_report *out, struct result *result, struct suite_run *run, struct err *e);

/* How a build that failed ended: "exit status 1", or what stopped it. */
char *grade_build_end(const struct box_run *build, struct err *e);

#endif
