// SPDX-License-Identifier: MIT
/*
 * A result: one JSON document about one submission, enough to explain itself without the database.
 *
 * Plain values. The corridor (assess/) fills `runs` and `pins`, since score never learns how a box is run;
 * score/evaluate.h fills the tests, points and verdict.
 */
#ifndef SCORE_RESULT_H
#define SCORE_RESULT_H

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/verdict.h"
#include "task/task.h"

#include <stdbool.h>
#include <stdint.h>

enum outcome { OUTCOME_PASSED, OUTCOME_FAILED, OUTCOME_ERROR, OUTCOME_SKIPPED, OUTCOME_NOT_RUN, OUTCOME_MISSING };

struct test_result {
	char *name, *suite;
	char *group; /* NULL: none */
	enum outcome outcome;
	int points, max_points;
	int withheld_points;     /* of a passed test: what it doesn't get by itself, whatever its group's rule takes */
	enum visibility visibility;
	bool self_judged;        /* the candidate's own code compared two objects of theirs for it, or may have */
	char *reason;            /* one line, why it earned what it earned; NULL for passed */
	char *expected, *actual; /* NULL where there is no such thing */
	char *output;            /* what it printed, capped; NULL: nothing */
	bool truncated;
	int64_t duration_ms;     /* -1: unknown */
	struct localised says;   /* the manifest's sentence for candidates */
};

/* One box that ran, as its report said (sandbox/README.md). A service that the corridor itself ended, because its
 * suite was over, is VERDICT_EXITED with the exit code -1: it did nothing wrong. */
struct box_run {
	char *what;  /* "build", "service", "tester", "case", "checker build", "checker", "judge" */
	char *suite; /* NULL for the build */
	char *test;  /* the case that it ran for; NULL: all of the suite */
	struct strings argv;
	enum verdict verdict;
	int exit_code, signal; /* -1: none */
	struct strings limits_hit, denied, layers;
	char *limits_mode;
	bool shared_uid;
	int64_t wall_ms, cpu_user_ms, cpu_system_ms;
	int64_t memory_peak_kib, rss_peak_kib, processes_peak; /* -1: unknown, as when the box was ended from outside */
	int64_t output_bytes, disk_bytes;
	bool output_truncated;
	char *message; /* NULL: none */
	char *log;     /* what it printed, head and tail; for interviewers; NULL: nothing */
};

#define RESULT_SKIPPED " (skipped)"

/* What a suite's report was. */
struct report_note {
	char *suite;
	char *format;
	char sha256[65]; /* "" when there was none */
	bool forgeable;  /* the suite runs the candidate's code in its own process */
	struct strings anomalies;
	bool contradicted;         /* by the status of its tester; no part of the document */
	struct strings unexpected; /* tests that the manifest doesn't know: they earn nothing; with RESULT_SKIPPED behind it what
				    * was skipped */
};

enum result_verdict {
	RESULT_NONE, /* not gradable */
	RESULT_ACCEPTED,
	RESULT_PARTIAL,
	RESULT_WRONG_ANSWER,
	RESULT_COMPILE_ERROR,
	RESULT_RUNTIME_ERROR,
	RESULT_TIME_LIMIT,
	RESULT_MEMORY_LIMIT,
	RESULT_OUTPUT_LIMIT,
	RESULT_VERDICTS
};

struct version {
	char *name, *version;
};

/* What must be equal for two results to be compared. NULL or "": not known (a stateless grade has no repository). */
struct pins {
	char *task_repo, *task_commit;
	char *task;      /* the task's id */
	char *task_tree; /* digest of the package */
	char *manifest;  /* digest */
	struct limits limits, tester_limits;
	char *box_policy; /* digest of assay-box --print-plan with its filter */
	char *limits_mode;
	struct version *versions; /* of what `needs` names, sorted by name */
	size_t version_count;
	char *assay;
};

struct result {
	bool gradable; /* false until evaluate() has said otherwise */
	char *reason;  /* why it isn't gradable; NULL */
	enum result_verdict verdict;
	int points, max_points;
	struct test_result *tests;
	size_t test_count;
	struct box_run *runs;
	size_t run_count;
	struct report_note *reports;
	size_t report_count;
	struct strings dropped; /* "name: why" of files that were not taken */
	size_t taken;           /* how many were; no part of the document */
	struct pins pins;
	bool forgeable;
	char *cpu_model;
	int cores;
};

struct result *result_new(struct err *e);
void result_free(struct result *result);

AUTO_DEFINE(result, struct result, result_free)
#define AUTO_RESULT AUTO(result_auto)

/*
 * Who reads it: an interviewer everything; a candidate nothing of `hidden` tests (no points, count, output or log),
 * nor of `after` tests while `closed` is false. Boxes and reports are shown to a candidate only for suites of which
 * every test is; points, totals, verdict and `forgeable` are computed from what is shown, and from nothing else.
 */
enum reader { READER_INTERVIEWER, READER_CANDIDATE };

bool result_shows_test(const struct test_result *test, enum reader reader, bool closed);
bool result_shows_suite(const struct result *result, const char *suite, enum reader reader, bool closed);

/* What such a reader may add up. A passed test of a group that has tests they can't see is shown with its own points:
 * less would tell how the others ended. */
int result_test_points(const struct result *result, const struct test_result *test, enum reader reader, bool closed);
void result_points(const struct result *result, enum reader reader, bool closed, int *points, int *max_points);

/* A failed build first, else the worst of the candidate's own runs (time, memory, output, then whatever else broke),
 * else accepted, partial or wrong_answer by points; RESULT_NONE when not gradable or when nothing is shown. */
enum result_verdict result_judge(const struct result *result, enum reader reader, bool closed);

/*
 * The document, format 1: gradable, reason (why not; else null), verdict (null when not gradable), points, max_points,
 * forgeable; tests[] (name, suite, group, outcome, points, max_points, visibility, says, reason, expected, actual,
 * output, truncated, duration_ms; for interviewers withheld_points where there are any), runs[] (one for each box:
 * what, suite, for interviewers the test that is a case, argv, verdict, limits_hit and what was measured), report[]
 * (one for each suite: suite, format, forgeable, unexpected, sha256, anomalies), dropped[], pins, machine (cpu_model,
 * cores). Absent values are null, never left out, but for a test's self_judged, which stands before its says where it
 * is true, and the test of a box that ran for all.
 *
 * `stable` leaves out measurements, captured text and the machine: of a test everything from its reason on, of a run
 * everything behind limits_hit, of a report its digest and anomalies. Equal pins and submissions then give equal
 * bytes. NULL when out of memory.
 */
struct json *result_json(const struct result *result, enum reader reader, bool closed, bool stable);

/* Reads the interviewer's document back. */
int result_parse(struct result **out, const struct json_doc *doc, struct err *e);

/* Adds a zeroed test, run or report and returns it (valid until the next one is added), or NULL with ERR_SYSTEM. */
struct test_result *result_add_test(struct result *result, struct err *e);
struct box_run *result_add_run(struct result *result, struct err *e);
struct report_note *result_add_report(struct result *result, struct err *e);

/* The box of a build that failed, with what it printed in `log`; NULL: there was none, or it didn't fail. */
const struct box_run *result_failed_build(const struct result *result);

/* Points earned and possible in one suite. */
void result_suite_points(const struct result *result, const char *suite, int *points, int *max_points);

/* Names the first field in which two pins differ ("task_tree"), or NULL. */
const char *pins_difference(const struct pins *a, const struct pins *b);

/* Calls `each` for every field in which they differ, with both values as a person reads them ("–": not known); a
 * negative return of it ends the walk. */
typedef int pins_visit(void *context, const char *field, const char *first, const char *other, struct err *e);
int pins_walk_differences(const struct pins *a, const struct pins *b, pins_visit *each, void *context, struct err *e);

int pins_copy(struct pins *out, const struct pins *from, struct err *e);
struct json *pins_json(const struct pins *pins);
int pins_parse(struct pins *out, const struct json_at *at, struct err *e);
void pins_done(struct pins *pins);

const char *outcome_name(enum outcome outcome);
const char *outcome_title(enum outcome outcome); /* translated */
const char *result_verdict_name(enum result_verdict verdict);
const char *result_verdict_title(enum result_verdict verdict); /* translated */

#endif
