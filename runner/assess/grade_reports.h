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

/* Reads a suite's report, or compares its cases' output with their answers, and adds its boxes to the result. `out`
 * borrows from `run`, which must outlive it. */
int grade_take_suite(struct suite_report *out, struct result *result, const struct task *task, struct suite_run *run,
	struct err *e);

#endif
