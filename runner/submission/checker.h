// SPDX-License-Identifier: MIT
/*
 * A task's own program that says what a case is worth, in a box of the tester's limits: a checker, which reads what the
 * candidate's program wrote, or a judge, which talks with it. For this room only.
 *
 * It is called in the manner of Kattis: its own words, then the paths of the case's input, of its answer, and of a
 * directory for what it has to say. It finds the suite's files in /tests and works in /work, which is empty or what its
 * build made there.
 */
#ifndef SUBMISSION_CHECKER_H
#define SUBMISSION_CHECKER_H

#include "submission/run_parts.h"

/* Born CHECKER_NONE. */
struct checker {
	const char *what; /* "checker" or "judge" */
	struct strings argv, env;
	char *files;      /* what is shown as /tests */
	int image_fd;     /* what its build made; -1 */
	struct limits limits;
	struct box box;   /* borrows from all of these */
};

#define CHECKER_NONE { .image_fd = -1 }

/*
 * Makes it ready: lays its files and runs the suite's build. The candidate has no part in that, so a build that fails
 * is ERR_INVALID, and one that is stopped ERR_SYSTEM.
 */
int checker_open(struct checker *checker, const struct run *run, const struct suite *suite, struct suite_run *out,
	struct err *e);
void checker_done(struct checker *checker);

/* Lets boxes for it be built ahead, one for each case. */
void checker_prepare(const struct checker *checker, const struct box_host *host, size_t cases);

/* The words behind its own for that case. */
int checker_words(struct strings *words, const struct program_case *which, struct err *e);

/* Has the output looked at, which is read from its start, and keeps the box. */
int checker_run(struct checked *out, const struct case_plan *plan, int output_fd, struct err *e);

/* Takes what a checker that has ended left, and keeps its box with what it says to interviewers. `box` is what it was
 * started with. */
int checker_take(struct checked *out, const struct case_plan *plan, const struct box *box, const struct box_life *life,
	struct box_report *report, struct err *e);

#endif
