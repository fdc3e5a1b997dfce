// SPDX-License-Identifier: MIT
/*
 * What the ways of running a suite share; for this room only.
 */
#ifndef SUBMISSION_RUN_PARTS_H
#define SUBMISSION_RUN_PARTS_H

#include "submission/run.h"

enum { RUN_LOG_MAX = 16 << 10, RUN_CASE_LOG_MAX = 4 << 10 };

/* The four ways. Each fills `out`, which is born zeroed but for its suite. */
int run_program_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e);
int run_service_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e);
int run_module_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e);
int run_shared_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e);

/* A box that starts from the candidate's tree, within the limits. */
void run_box_of(struct box *box, const struct run *run, const struct strings *argv, const struct strings *env,
	const struct limits *limits);

/* The suite's files in a place of ours, readable for a box: its path. Copied on first use. */
int run_suite_files(char **path, const struct run *run, const struct suite *suite, struct err *e);

/*
 * The reporters that a tester may use (TAP only, other suites are shown nothing), in a place of ours with the times of
 * the suite's tests beside them: the box sees them as /reporters, and its PYTHONPATH leads there, then to `path` (NULL:
 * nowhere else). The box borrows *dir, which is the caller's and stays NULL when nothing is shown.
 */
int run_show_reporters(char **dir, struct box *box, struct strings *env, const char *path, const struct run *run,
	const struct suite *suite, struct err *e);

/* How long one test may take: its own test_ms, else its suite's; 0: neither says. */
int64_t run_test_ms(const struct task *task, const struct suite *suite, const char *test);

/* Environment of every box; of a tester also ASSAY_SEED. */
int run_env(struct strings *env, struct err *e);
int run_tester_env(struct strings *env, const struct run *run, const struct suite *suite, struct err *e);

/* The file inside that a tester's report is expected in (TAP and Unity's text may come on standard output instead);
 * NULL: its exit status is the report. */
const char *run_report_file(enum report_format format);

/* Keeps a finished box in the list, with its log; takes the report (which becomes empty). */
int run_keep_box(struct suite_run *out, const char *what, const struct box *box, const struct box_life *life,
	struct box_report *report, size_t log_max, struct err *e);

/*
 * Keeps the better of two runs of a suite in `best`, which is born zeroed: one without doubt before one with, then the
 * one with more passed tests. `once` is taken or left to its owner.
 */
int run_keep_better(const struct run *run, struct suite_run *best, struct suite_run *once, struct err *e);

/* Hands out the run of a suite that was the best of `times`, and says so in its reports. */
int run_take_best(struct suite_run *out, struct suite_run *best, int times, struct err *e);

/* What runs the cases of a suite: its program's box, and the checker that looks at each; NULL. */
struct checker;
struct case_plan {
	struct run *run;
	struct suite_run *out;
	const struct program_case *which;
	const struct box *box; /* with input, arguments and files of the case */
	const struct checker *checker;
	const char *said; /* of how the case's files were laid (run_lay_case); NULL: nothing */
};

/*
 * A frozen tree with the files of a case over the candidate's, if it has any: *image_fd stays -1 when it has none, or when
 * the candidate's tree left no room for them. *said is what the case's box shall say of that, the caller's; NULL: nothing.
 */
int run_lay_case(int *image_fd, char **said, const struct run *run, const struct suite *suite,
	const struct program_case *one, struct err *e);

/* Makes the report of an interactive case's program what it counts for: as if nothing had happened when the judge had
 * ended before it, or when it waited for a judge that was stuck (*is_forgiven). */
int run_settle_talk(struct box_report *program, const struct box_report *judge, bool judge_first,
	const struct limits *limits, bool *is_forgiven, struct err *e);

/* Runs an interactive case, whose input only the judge gets, and shows it to run->see_case. */
int run_talk(const struct case_plan *plan, struct err *e);

/* How doubtful a run is, and how long it took. */
struct doubt {
	int repeats;
	int64_t wall_ms;
};

struct doubt run_doubt(const struct box_report *report, const struct limits *limits);

/* Whether what was tried `times` times is to be tried again; then less time for repeats is left. */
bool run_tries_again(struct run *run, int times, const struct doubt *doubt);

/* Adds a sentence to the message of a box; nothing for NULL. */
int run_say(struct box_report *report, const char *said, struct err *e);

/* Adds "tried N times, the best counts" to the message of a box; nothing for one time. */
int run_say_times(struct box_report *report, int times, struct err *e);

/* Reads what a tester that has ended reported, and how it ended. A file that may be missing, because standard output is
 * read instead, is not complained of in its report. */
int run_read_tester(struct suite_run *out, const struct box_life *life, struct box_report *report, struct err *e);

#endif
