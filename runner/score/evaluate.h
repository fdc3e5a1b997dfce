// SPDX-License-Identifier: MIT
/*
 * From reports to points: only what the manifest expects counts, and silence earns nothing.
 */
#ifndef SCORE_EVALUATE_H
#define SCORE_EVALUATE_H

#include "base/err.h"
#include "score/reported.h"
#include "score/result.h"
#include "task/task.h"

/* How a suite went, told by the corridor. */
enum suite_end {
	SUITE_ENDED,        /* the tester ended by itself (whatever its status) */
	SUITE_NOT_STARTED,  /* nothing to test: the build failed, the service never got ready */
	SUITE_STOPPED,      /* the candidate's side hit a limit: what was reported stands, the rest is not_run */
	SUITE_TESTER_LIMIT, /* the tester's own box hit a limit or crashed: a failed suite, shown to the interviewer */
};

struct suite_report {
	const struct suite *suite;
	enum suite_end end;
	enum verdict verdict;       /* of the box that ended it: the candidate's for STOPPED and NOT_STARTED */
	const char *why;            /* one line for NOT_STARTED, STOPPED, TESTER_LIMIT; else NULL */
	bool has_report;            /* false: no report was found */
	struct reported reported;
	char sha256[65];
};

/*
 * Fills result->tests (in the manifest's order), points, max_points, reports, verdict and forgeable from the suites'
 * reports and from result->runs, which must be there already. Groups by their rule; a test whose `depends` did not
 * pass, or a negative one that doesn't count, is not_run. The verdict: compile_error if `build_failed`, else the
 * worst of the candidate's runs, else accepted, partial or wrong_answer by points.
 */
int evaluate(struct result *result, const struct task *task, struct suite_report *suites, size_t count,
	bool build_failed, struct err *e);

#endif
