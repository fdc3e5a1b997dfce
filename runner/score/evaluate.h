// SPDX-License-Identifier: MIT
/*
 * From reports to points: only what the manifest expects counts, and silence earns nothing.
 *
 * A test counts when it is reported as passed, what it depends on counts, and, if it is negative and depends on
 * nothing, when its group has positive tests and all of them count. A test whose dependencies don't count is not_run
 * whatever was reported, and so is a negative one that passed without counting.
 *
 * What a test earns is a share of its points: when it counts, all of them but what was withheld (rounded down to whole
 * points), else none. Then its group's rule:
 *
 *   sum  each test earns its share;
 *   all  each test earns its share if every test of the group earned its whole share, else nothing;
 *   min  each test earns at most the smallest share that any test of the group earned (rounded down to whole points).
 *
 * As long as a test earns everything or nothing, min and all come to the same; they part when a test can earn a part.
 * Groups reach across suites.
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
	SUITE_NOT_STARTED,  /* nothing to test: the build failed, the service never got ready: its tests are not_run */
	SUITE_STOPPED,      /* the candidate's side hit a limit: what was reported stands, the rest is not_run */
	SUITE_TESTER_LIMIT, /* the tester's own box hit a limit or crashed: a failed suite, in which nothing counts,
			     * shown to the interviewer */
};

struct suite_report {
	const struct suite *suite;
	enum suite_end end;
	enum verdict verdict;       /* of the box that ended it: the candidate's for STOPPED and NOT_STARTED */
	const char *why;            /* one line for NOT_STARTED, STOPPED, TESTER_LIMIT; NULL: the verdict's sentence. For
				     * ENDED: what befell the candidate's side meanwhile; NULL: nothing */
	const struct strings *self_judged; /* names of tests that let the candidate compare objects of their own; NULL */
	bool may_be_self_judged;    /* nobody knows which: every test counts as one */
	bool has_report;            /* false: no report was found */
	struct reported reported;   /* the caller's; only read */
	char sha256[65];
};

/*
 * Fills result->tests (in the manifest's order), points, max_points, reports, verdict, forgeable and gradable from the
 * suites' reports and from result->runs, which must be there already. A suite of the manifest that is not among
 * `suites` was not run: its tests are missing and earn nothing. A result that has a `reason` already stays
 * ungradable, without points. The verdict is compile_error if `build_failed`, else that of result_judge.
 * On failure the result may be half filled and is only good for freeing.
 */
int evaluate(struct result *result, const struct task *task, const struct suite_report *suites, size_t count,
	bool build_failed, struct err *e);

#endif
