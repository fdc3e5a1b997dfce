// SPDX-License-Identifier: MIT
/*
 * The way of a submission: a task and a stranger's directory go in, a result comes out.
 */
#ifndef ASSESS_GRADE_H
#define ASSESS_GRADE_H

#include "base/err.h"
#include "score/evaluate.h"
#include "score/result.h"
#include "task/task.h"

#include <stdbool.h>

struct grade_terms; /* assess/grade_terms.h */
struct launcher;    /* submission/launcher.h */

/* Born zeroed but for stop_fd, which is -1 when nobody interrupts. Everything is borrowed. */
struct grade_order {
	const struct task *task;
	const char *submission; /* a directory; any path of the user's */
	bool allow_sampled; /* where the machine can't enforce limits, watch them from outside instead of refusing */
	bool only_once;         /* don't repeat doubtful time verdicts */
	const char *task_repo, *task_commit; /* pins; NULL: not from a repository */
	const struct grade_terms *terms;     /* of this task, when several submissions are graded; NULL: made here */
	struct launcher *launcher;           /* of this thread, when several submissions are graded; NULL: made here */
	struct profile *recording; /* what the solution gives to suites against a module is added here, instead of holding
				    * it to the task's profile (assess/pin.h); NULL */
	const char *seed;                    /* what grade_seed gave for the whole task, for a part of it; NULL: its own */
	const struct strings *only;          /* the suites that are run, the others' tests are not_run; NULL: all */
	int stop_fd;                         /* readable when everything must end (a signalfd), or -1 */
	void (*progress)(const char *sentence, void *context); /* NULL: nobody listens */
	/* Sees what the suites reported before it is judged (assess/pin.h); the result has its runs and nothing more.
	 * NULL: nobody looks. */
	int (*look)(const struct suite_report *reports, size_t count, const struct result *result, void *context,
		struct err *e);
	void *context;
};

/*
 * Grades. What the candidate's program does is in the result; so is a failure of ours, which makes it ungradable
 * (`gradable` false, with the reason) after it was tried three times. An error is what keeps a grade from beginning:
 * ERR_NOT_FOUND (the submission), ERR_INVALID (a task that isn't coding, a suite that can't be run yet),
 * and ERR_SYSTEM "interrupted".
 */
int grade(struct result **out, const struct grade_order *order, struct err *e);

#endif
