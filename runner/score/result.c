// SPDX-License-Identifier: MIT
/*
 * The values of a result, and who may see which of them. What a candidate is shown is decided here alone, test by
 * test; everything else (a box's log, a total, the verdict) follows from which tests are shown, so that a new field
 * is hidden until somebody asks whether it may be seen.
 */
#include "score/result.h"

#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *title;
} outcomes[] = {
	[OUTCOME_PASSED] = { "passed", N_("passed") },
	[OUTCOME_FAILED] = { "failed", N_("failed") },
	[OUTCOME_ERROR] = { "error", N_("error") },
	[OUTCOME_SKIPPED] = { "skipped", N_("skipped") },
	[OUTCOME_NOT_RUN] = { "not_run", N_("not run") },
	[OUTCOME_MISSING] = { "missing", N_("missing") },
};

static const struct {
	const char *name, *title;
} result_verdicts[RESULT_VERDICTS] = {
	[RESULT_NONE] = { "none", N_("not gradable") },
	[RESULT_ACCEPTED] = { "accepted", N_("accepted") },
	[RESULT_PARTIAL] = { "partial", N_("partly solved") },
	[RESULT_WRONG_ANSWER] = { "wrong_answer", N_("wrong answer") },
	[RESULT_COMPILE_ERROR] = { "compile_error", N_("does not build") },
	[RESULT_RUNTIME_ERROR] = { "runtime_error", N_("crashed") },
	[RESULT_TIME_LIMIT] = { "time_limit", N_("ran out of time") },
	[RESULT_MEMORY_LIMIT] = { "memory_limit", N_("ran out of memory") },
	[RESULT_OUTPUT_LIMIT] = { "output_limit", N_("wrote too much output") },
};

const char *outcome_name(enum outcome outcome)
{
	return outcomes[outcome].name;
}

const char *outcome_title(enum outcome outcome)
{
	return _(outcomes[outcome].title);
}

const char *result_verdict_name(enum result_verdict verdict)
{
	return result_verdicts[verdict].name;
}

const char *result_verdict_title(enum result_verdict verdict)
{
	return _(result_verdicts[verdict].title);
}

/* --- making and freeing ----------------------------------------------------------------------------------------- */

struct result *result_new(struct err *e)
{
	return mem_new(1, sizeof(struct result), e);
}

static void test_done(struct test_result *test)
{
	free(test->name);
	free(test->suite);
	free(test->group);
	free(test->reason);
	free(test->expected);
	free(test->actual);
	free(test->output);
	localised_done(&test->says);
}

static void run_done(struct box_run *run)
{
	free(run->what);
	free(run->suite);
	free(run->test);
	strings_done(&run->argv);
	strings_done(&run->limits_hit);
	strings_done(&run->denied);
	strings_done(&run->layers);
	free(run->limits_mode);
	free(run->message);
	free(run->log);
}

static void report_done(struct report_note *report)
{
	free(report->suite);
	free(report->format);
	strings_done(&report->anomalies);
	strings_done(&report->unexpected);
}

void result_free(struct result *result)
{
	if (!result)
		return;
	for (size_t i = 0; i < result->test_count; i++)
		test_done(&result->tests[i]);
	for (size_t i = 0; i < result->run_count; i++)
		run_done(&result->runs[i]);
	for (size_t i = 0; i < result->report_count; i++)
		report_done(&result->reports[i]);
	free(result->tests);
	free(result->runs);
	free(result->reports);
	free(result->reason);
	strings_done(&result->dropped);
	pins_done(&result->pins);
	free(result->cpu_model);
	free(result);
}

struct test_result *result_add_test(struct result *result, struct err *e)
{
	struct test_result *test = mem_push(&result->tests, result->test_count, sizeof(*test), e);

	if (test) {
		test->duration_ms = -1;
		result->test_count++;
	}
	return test;
}

struct box_run *result_add_run(struct result *result, struct err *e)
{
	struct box_run *run = mem_push(&result->runs, result->run_count, sizeof(*run), e);

	if (run) {
		run->exit_code = run->signal = -1;
		result->run_count++;
	}
	return run;
}

struct report_note *result_add_report(struct result *result, struct err *e)
{
	struct report_note *report = mem_push(&result->reports, result->report_count, sizeof(*report), e);

	if (report)
		result->report_count++;
	return report;
}

const struct box_run *result_failed_build(const struct result *result)
{
	for (size_t i = 0; i < result->run_count; i++) {
		const struct box_run *run = &result->runs[i];

		if (strcmp(run->what, "build") == 0)
			return result->verdict == RESULT_COMPILE_ERROR || run->verdict != VERDICT_EXITED ||
					       run->exit_code != 0 ?
				       run :
				       NULL;
	}
	return NULL;
}

void result_suite_points(const struct result *result, const char *suite, int *points, int *max_points)
{
	*points = *max_points = 0;
	for (size_t i = 0; i < result->test_count; i++) {
		if (strcmp(result->tests[i].suite, suite) != 0)
			continue;
		*points += result->tests[i].points;
		*max_points += result->tests[i].max_points;
	}
}

/* --- who sees what ---------------------------------------------------------------------------------------------- */

bool result_shows_test(const struct test_result *test, enum reader reader, bool closed)
{
	if (reader == READER_INTERVIEWER)
		return true;
	return test->visibility == VISIBILITY_VISIBLE || (test->visibility == VISIBILITY_AFTER && closed);
}

bool result_shows_suite(const struct result *result, const char *suite, enum reader reader, bool closed)
{
	bool any = false;

	if (reader == READER_INTERVIEWER)
		return true;
	for (size_t i = 0; i < result->test_count; i++) {
		if (strcmp(result->tests[i].suite, suite) != 0)
			continue;
		if (!result_shows_test(&result->tests[i], reader, closed))
			return false;
		any = true;
	}
	return any;
}

/* Whether a reader doesn't see all tests of a group, and so may not be told by its rule how the others ended. */
static bool group_hides_any(const struct result *result, const char *group, enum reader reader, bool closed)
{
	for (size_t i = 0; i < result->test_count; i++)
		if (result->tests[i].group && strcmp(result->tests[i].group, group) == 0 &&
			!result_shows_test(&result->tests[i], reader, closed))
			return true;
	return false;
}

int result_test_points(const struct result *result, const struct test_result *test, enum reader reader, bool closed)
{
	if (!result->gradable)
		return 0;
	if (reader == READER_CANDIDATE && test->outcome == OUTCOME_PASSED && test->group &&
		group_hides_any(result, test->group, reader, closed))
		return test->max_points - test->withheld_points;
	return test->points;
}

void result_points(const struct result *result, enum reader reader, bool closed, int *points, int *max_points)
{
	*points = *max_points = 0;
	for (size_t i = 0; i < result->test_count; i++) {
		const struct test_result *test = &result->tests[i];

		if (!result_shows_test(test, reader, closed))
			continue;
		*points += result_test_points(result, test, reader, closed);
		*max_points += test->max_points;
	}
}

/* --- the verdict ------------------------------------------------------------------------------------------------ */

/* What a box's verdict makes of the whole, the worst last; 0 is nothing. */
static const struct {
	enum verdict verdict;
	enum result_verdict means;
	int rank;
} box_means[] = {
	{ VERDICT_WALL_LIMIT, RESULT_TIME_LIMIT, 4 },
	{ VERDICT_CPU_LIMIT, RESULT_TIME_LIMIT, 4 },
	{ VERDICT_MEMORY_LIMIT, RESULT_MEMORY_LIMIT, 3 },
	{ VERDICT_OUTPUT_LIMIT, RESULT_OUTPUT_LIMIT, 2 },
	{ VERDICT_SIGNALED, RESULT_RUNTIME_ERROR, 1 },
	{ VERDICT_PROCESS_LIMIT, RESULT_RUNTIME_ERROR, 1 },
	{ VERDICT_DISK_LIMIT, RESULT_RUNTIME_ERROR, 1 },
	{ VERDICT_DENIED_CALL, RESULT_RUNTIME_ERROR, 1 },
};

static bool suite_is_forgeable(const struct result *result, const char *suite)
{
	for (size_t i = 0; i < result->report_count; i++)
		if (strcmp(result->reports[i].suite, suite) == 0)
			return result->reports[i].forgeable;
	return false;
}

/* Whether the candidate's code ran in that box. Where it ran inside the tester, the exit status is the tester's. */
static bool run_is_theirs(const struct result *result, const struct box_run *run, bool *own_status)
{
	*own_status = strcmp(run->what, "service") == 0 || strcmp(run->what, "case") == 0 ||
		      strcmp(run->what, "module") == 0;
	return *own_status ||
	       (strcmp(run->what, "tester") == 0 && run->suite && suite_is_forgeable(result, run->suite));
}

static int run_rank(const struct result *result, const struct box_run *run, enum result_verdict *means)
{
	bool own_status;

	if (!run_is_theirs(result, run, &own_status))
		return 0;
	if (own_status && run->verdict == VERDICT_EXITED && run->exit_code > 0) {
		*means = RESULT_RUNTIME_ERROR;
		return 1;
	}
	for (size_t i = 0; i < sizeof(box_means) / sizeof(*box_means); i++) {
		if (box_means[i].verdict == run->verdict) {
			*means = box_means[i].means;
			return box_means[i].rank;
		}
	}
	return 0;
}

enum result_verdict result_judge(const struct result *result, enum reader reader, bool closed)
{
	enum result_verdict worst = RESULT_NONE, means;
	int points, max_points, worst_rank = 0;
	bool any = false, all_passed = true;

	if (!result->gradable)
		return RESULT_NONE;
	if (result->verdict == RESULT_COMPILE_ERROR)
		return RESULT_COMPILE_ERROR;
	for (size_t i = 0; i < result->run_count; i++) {
		const struct box_run *run = &result->runs[i];
		int rank = run->suite && result_shows_suite(result, run->suite, reader, closed) ?
				   run_rank(result, run, &means) : 0;

		if (rank > worst_rank) {
			worst_rank = rank;
			worst = means;
		}
	}
	if (worst_rank)
		return worst;
	for (size_t i = 0; i < result->test_count; i++) {
		if (result_shows_test(&result->tests[i], reader, closed)) {
			any = true;
			all_passed = all_passed && result->tests[i].outcome == OUTCOME_PASSED;
		}
	}
	result_points(result, reader, closed, &points, &max_points);
	if (!any)
		return RESULT_NONE;
	if (max_points ? points == max_points : all_passed)
		return RESULT_ACCEPTED;
	return points ? RESULT_PARTIAL : RESULT_WRONG_ANSWER;
}
