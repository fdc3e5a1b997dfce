// SPDX-License-Identifier: MIT
/*
 * Running a submission: its build once, then each suite in boxes of its own. What comes back are plain facts (how
 * each box ended, what was reported, what a program wrote); `score` says what they are worth, the corridor carries
 * them there.
 *
 * Every function here fails only for reasons of ours. What the candidate's program does, and what a tester does, is
 * in the values.
 */
#ifndef SUBMISSION_RUN_H
#define SUBMISSION_RUN_H

#include "base/digest.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/verdict.h"
#include "submission/box.h"
#include "submission/box_report.h"
#include "submission/bridge_record.h"
#include "task/cases.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>

/* How a task's own checker or judge has ended, and the files it left for us; NULL and 0 where there is none. */
struct checked {
	bool ended_early; /* a judge's program had ended before it */
	enum verdict verdict;
	int exit_code;
	char *score, *message; /* score.txt, and teammessage.txt, which candidates may read */
	size_t score_size, message_size;
};

void checked_done(struct checked *checked);

/* One case of a program suite, as it has ended. */
struct case_run {
	enum verdict verdict;
	int exit_code; /* -1: how it ended doesn't count, its judge had decided before */
	int64_t wall_ms;
	const char *output; /* its standard output, and how long it is; NULL unless it ended by itself with status 0 */
	size_t output_size;
	const char *log; /* what it printed, for people; NULL */
	const struct checked *checked; /* NULL: nobody has looked at the output */
};

/* Sees a case. A thousand outputs are too much to keep, so each is gone when this returns. -1 ends the run. */
typedef int run_see_case(const struct suite *suite, const struct program_case *which, const struct case_run *run,
	void *context, struct err *e);

struct suite_run;

/* How many tests a suite's report calls passed: of several tries of a suite the best counts. */
typedef int run_count_passed(const struct suite_run *run, size_t *passed, struct err *e);

/* What the boxes of one submission have in common. */
struct run {
	const struct task *task;
	struct box_host host;
	const char *tree;    /* laid by intake */
	int image_fd;        /* the frozen tree after the build; -1: there was no build */
	const char *scratch; /* a private directory of ours */
	const char *reporters; /* the folder of the bundled ones; only read for a suite that reports TAP */
	const char *pins;    /* a digest that is equal for equal tasks */
	const char *bridge;  /* the bridges' files (base/places.h); only needed for suites against a module */
	struct profile *recording; /* records what solutions give there, instead of holding them to the task's; NULL */
	int64_t repeat_ms;   /* how long doubtful time verdicts may still be tried again, all in all */
	run_see_case *see_case; /* needed for program suites */
	run_count_passed *count_passed; /* needed for the others */
	void *context;
};

/* One box that ran. */
struct ran {
	const char *what; /* "build", "service", "module", "tester", "case", "checker build", "checker", "judge": literals */
	char *suite;      /* NULL for the build */
	char *test;       /* the case that it ran for; NULL: all of the suite */
	struct strings argv;
	struct box_report report;
	char *log; /* NULL: it printed nothing */
};

enum run_end {
	RUN_ENDED,        /* the tester ended by itself */
	RUN_NOT_STARTED,  /* the service never got ready */
	RUN_STOPPED,      /* a box that holds the candidate's code hit a limit or crashed */
	RUN_TESTER_LIMIT, /* the tester's own box did */
};

struct suite_run {
	const struct suite *suite;
	enum run_end end;
	enum verdict verdict; /* of the box that decided `end` */
	char *why;            /* one line; NULL for RUN_ENDED, from a run */
	char *service_end;    /* one line: how a service ended that was ready and still needed; NULL: it didn't */
	char *report;         /* the tester's report; NULL when there was none */
	size_t report_size;
	int exit_code; /* the tester's; -1 when it has none */
	struct bridge_record bridge; /* of a suite against a module */
	const char *test;     /* the case whose boxes are kept now, borrowed; NULL: none */
	struct ran *boxes;
	size_t box_count;
	bool doubtful; /* its time verdict may be the machine's doing */
};

/* ERR_INVALID names the first suite that can't be run: against a module of another language than Python. */
int run_check(const struct task *task, struct err *e);

/* Lets the first boxes be built while the files are laid out, where it is known what they are like. */
void run_prepare(const struct run *run);

/* Runs the task's build in a box of its own; when it succeeds its /work becomes run->image_fd. A task without one
 * has nothing to do, and `built` stays without argv. */
int run_build(struct run *run, struct ran *built, bool *failed, struct err *e);

/* A suite of a task for which run_check holds. */
int run_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e);

void suite_run_done(struct suite_run *suite);
void ran_done(struct ran *ran);

#define AUTO_SUITE_RUN AUTO(suite_run_done)

/* ASSAY_SEED of a suite: equal on every machine, and not to be guessed without the suite's files. */
int run_seed(char seed[DIGEST_HEX], const struct run *run, const struct suite *suite, struct err *e);

/*
 * How often a time verdict may be tried again, because it may be the machine's doing; 0: it is no such verdict. A
 * program that the clock stopped while it had used less than half of the processor time that it could have may have got
 * none: twice. Who was stopped within 20 % of a limit, be it on a slow machine or in an endless loop: once. Who was let
 * run for longer had every chance.
 */
int run_repeats(const struct box_report *report, const struct limits *limits);

#endif
