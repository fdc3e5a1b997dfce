// SPDX-License-Identifier: MIT
/*
 * One function for each way in which a suite's tests come to be known, and one for boxes.
 */
#include "assess/grade_reports.h"

#include "assess/service_end.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "score/output.h"
#include "score/ruling.h"
#include "score/telling.h"
#include "task/cases.h"

#include <stdio.h>
#include <string.h>

enum { ANSWER_MAX = 64 << 20 };

/* --- boxes ------------------------------------------------------------------------------------------------------ */

int grade_take_ran(struct result *result, struct ran *ran, struct err *e)
{
	struct box_run *run = result_add_run(result, e);
	struct box_report *report = &ran->report;

	if (!run)
		return -1;
	run->what = mem_copy(ran->what, e);
	if (!run->what)
		return -1;
	run->suite = take_ptr(&ran->suite);
	run->test = take_ptr(&ran->test);
	run->argv = ran->argv;
	run->verdict = report->verdict;
	run->exit_code = report->exit_code;
	run->signal = report->signal;
	run->limits_hit = report->limits_hit;
	run->denied = report->denied;
	run->layers = report->layers;
	run->limits_mode = take_ptr(&report->limits_mode);
	run->shared_uid = report->shared_uid;
	run->wall_ms = report->wall_ms;
	run->cpu_user_ms = report->cpu_user_ms;
	run->cpu_system_ms = report->cpu_system_ms;
	run->memory_peak_kib = report->memory_peak_kib;
	run->rss_peak_kib = report->rss_peak_kib;
	run->processes_peak = report->processes_peak;
	run->output_bytes = report->output_bytes;
	run->disk_bytes = report->disk_bytes;
	run->output_truncated = report->output_truncated;
	run->message = take_ptr(&report->message);
	run->log = take_ptr(&ran->log);
	ran->argv = report->limits_hit = report->denied = report->layers = (struct strings){ 0 };
	return 0;
}

char *grade_build_end(const struct box_run *build, struct err *e)
{
	if (build->verdict != VERDICT_EXITED)
		return mem_copy(verdict_sentence(build->verdict), e);
	if (build->exit_code == 0)
		return mem_copy(_("it left nothing that can be started"), e);
	return mem_format(e, _("exit status %d"), build->exit_code);
}

/* --- cases ------------------------------------------------------------------------------------------------------ */

/* A case that ended as it should: is what it wrote right? */
static int compare_case(struct reported_test *test, const struct task *task, const struct suite *suite,
	const struct program_case *one, const struct case_run *run, struct err *e)
{
	AUTO(output_match_done) struct output_match match = { 0 };
	AUTO_FREE char *answer = NULL;
	size_t size;

	if (fs_read(&answer, &size, task->dir_fd, one->ans, ANSWER_MAX, e) < 0 ||
		output_compare(&match, suite->compare, suite->compare_float, answer, size, run->output,
			run->output_size, e) < 0)
		return -1;
	test->outcome = match.equal ? OUTCOME_PASSED : OUTCOME_FAILED;
	test->message = take_ptr(&match.reason);
	test->expected = take_ptr(&match.expected);
	test->actual = take_ptr(&match.actual);
	return 0;
}

/* Something that the interviewer should know of their task, whoever reads the test's own reason. */
static int note_fault(struct reported *reported, const char *name, const char *reason, struct err *e)
{
	return reported_odd(reported, e, _("case %s: %s"), name, reason);
}

/* A case that a program of the task's has looked at: what does it say? */
static int take_ruling(struct grade_cases *cases, struct reported_test *test, const struct suite *suite,
	const struct checked *checked, struct err *e)
{
	const struct ruled ruled = {
		.is_judge = suite->compare == COMPARE_JUDGE,
		.ended_early = checked->ended_early,
		.verdict = checked->verdict,
		.exit_code = checked->exit_code,
		.score = checked->score,
		.score_size = checked->score_size,
		.message = checked->message,
		.message_size = checked->message_size,
	};
	struct ruling ruling = { 0 };

	if (ruling_make(&ruling, &ruled, e) < 0)
		return -1;
	test->outcome = ruling.outcome;
	test->withheld = ruling.withheld;
	test->message = take_ptr(&ruling.reason);
	return ruling.outcome == OUTCOME_ERROR ? note_fault(cases->reported, test->name, test->message, e) : 0;
}

int grade_see_case(const struct suite *suite, const struct program_case *which, const struct case_run *run,
	void *context, struct err *e)
{
	struct grade_cases *cases = context;
	struct reported_test *test = reported_add(cases->reported, which->name, e);

	if (!test)
		return -1;
	test->duration_ms = run->wall_ms;
	test->outcome = OUTCOME_FAILED;
	if (run->log && !(test->output = mem_copy(run->log, e)))
		return -1;
	if (run->checked && run->verdict == VERDICT_EXITED && run->exit_code <= 0)
		return take_ruling(cases, test, suite, run->checked, e);
	if (run->verdict == VERDICT_EXITED && run->exit_code == 0)
		return compare_case(test, cases->task, suite, which, run, e);
	test->message = run->verdict == VERDICT_EXITED ?
				mem_format(e, _("the program ended with exit status %d"), run->exit_code) :
				mem_copy(verdict_sentence(run->verdict), e);
	return test->message ? 0 : -1;
}

/* --- reports ---------------------------------------------------------------------------------------------------- */

static int (*const parsers[])(struct reported *, const char *, size_t, struct err *) = {
	[REPORT_JUNIT] = parse_junit, [REPORT_TAP] = parse_tap,
	[REPORT_UNITY] = parse_unity, [REPORT_CTRF] = parse_ctrf,
	[REPORT_GRADESCOPE] = parse_gradescope, [REPORT_CHECK50] = parse_check50,
};

static int parse(struct suite_report *out, const struct suite_run *run, struct err *e)
{
	if (run->suite->report == REPORT_EXIT) {
		out->has_report = run->exit_code >= 0;
		return out->has_report ? parse_exit(&out->reported, run->suite->id, run->exit_code, e) : 0;
	}
	out->has_report = run->report != NULL;
	if (!run->report)
		return 0;
	digest_of(run->report, run->report_size, out->sha256);
	return parsers[run->suite->report](&out->reported, run->report, run->report_size, e);
}

/* The reason of the bridge's comes instead of one that doesn't know it, such as that of a hook that failed. */
static int fail(struct reported_test *test, const char *why, struct err *e)
{
	if (test->outcome == OUTCOME_PASSED || test->outcome == OUTCOME_SKIPPED)
		test->outcome = OUTCOME_FAILED;
	if (test->message && strstr(test->message, why))
		return 0;
	free(test->message);
	test->message = mem_copy(why, e);
	return test->message ? 0 : -1;
}

static int fail_all(struct reported *reported, const char *why, struct err *e)
{
	for (size_t i = 0; i < reported->count; i++)
		if (fail(&reported->tests[i], why, e) < 0)
			return -1;
	return 0;
}

/*
 * A test that the bridge refused something has failed, whatever it and its runner made of that: to die must not be the
 * error that a test waits for. What the report has no test for, such as what is done for a whole class, is only told.
 */
static int fail_by_name(struct reported *reported, const struct bridge_record *bridge, struct err *e)
{
	AUTO_FREE struct reported_test **index = NULL;
	size_t others = 0, first = 0;

	if (reported_index(reported, &index, e) < 0)
		return -1;
	for (size_t i = 0; i < bridge->refused.count; i++) {
		struct reported_test *test = reported_find(reported, index, bridge->refused.item[i]);

		if (test && fail(test, bridge->why.item[i], e) < 0)
			return -1;
		if (!test && !others++)
			first = i;
	}
	if (!others)
		return 0;
	return reported_odd(reported, e, _("the solution failed in what the report has no test for (%zu, the first is \"%s\"): %s"),
		others, bridge->refused.item[first], bridge->why.item[first]);
}

/* An exit status speaks for all that ran, and what was refused before the first test is everybody's. */
static int fail_refused(struct reported *reported, const struct suite_run *run, struct err *e)
{
	const struct bridge_record *bridge = &run->bridge;
	long outside = strings_find(&bridge->refused, "");

	if (!bridge->refused.count || !reported->count)
		return 0;
	if (run->suite->report == REPORT_EXIT || outside >= 0)
		return fail_all(reported, bridge->why.item[outside >= 0 ? outside : 0], e);
	return fail_by_name(reported, bridge, e);
}

static int read_report(struct suite_report *out, const struct suite_run *run, struct err *e)
{
	return parse(out, run, e) < 0 ? -1 : fail_refused(&out->reported, run, e);
}

int grade_count_passed(const struct suite_run *run, size_t *passed, struct err *e)
{
	AUTO(reported_done) struct reported reported = { 0 };
	struct suite_report report = { 0 };
	size_t count = 0;
	int parsed = read_report(&report, run, e);

	reported = report.reported;
	if (parsed < 0)
		return err_wrap(e, "suite %s", run->suite->id);
	for (size_t i = 0; i < reported.count; i++)
		count += reported.tests[i].outcome == OUTCOME_PASSED;
	*passed = count;
	return 0;
}

/* Tests that ended before any of them was told, such as those whose file can't be loaded, said why elsewhere, if at all. */
static int say_early_end(struct suite_run *run, const struct reported *reported, struct err *e)
{
	AUTO_FREE char *line = NULL;
	const char *log = NULL;

	if (run->end != RUN_ENDED || run->exit_code <= 0 || reported->count || run->suite->report == REPORT_EXIT)
		return 0;
	for (size_t i = 0; i < run->box_count; i++)
		if (strcmp(run->boxes[i].what, "tester") == 0)
			log = run->boxes[i].log;
	line = telling_line(log, e);
	if (!line)
		return -1;
	run->why = *line ? mem_format(e, _("the tests ended with status %d before the first: %s"), run->exit_code, line) :
			   mem_format(e, _("the tests ended with status %d before the first"), run->exit_code);
	return run->why ? 0 : -1;
}

static bool is_all_well(const struct reported *reported)
{
	for (size_t i = 0; i < reported->count; i++)
		if (reported->tests[i].outcome != OUTCOME_PASSED && reported->tests[i].outcome != OUTCOME_SKIPPED)
			return false;
	return reported->count > 0;
}

/*
 * A tester that reports that all is well, and ends as if it weren't: what the report says stands, as it always does, but
 * somebody else may have written it. The other way round means nothing: many testers end with 0 whatever came of it.
 */
static int note_contradiction(const struct suite_run *run, struct reported *reported, struct err *e)
{
	if (run->end != RUN_ENDED || run->exit_code <= 0 || run->suite->report == REPORT_EXIT || !is_all_well(reported))
		return 0;
	reported->contradicted = true;
	return reported_odd(reported, e, _("no test failed, says the report, but the tests ended with status %d"),
		run->exit_code);
}

/* Whether the bridge names a test that the report doesn't: then nobody knows what it is called there. */
static int names_others(bool *others, const struct suite_report *out, const struct suite_run *run, struct err *e)
{
	const struct strings *names = &run->bridge.self_judged;
	AUTO_FREE struct reported_test **index = NULL;

	*others = false;
	if (names->count && reported_index(&out->reported, &index, e) < 0)
		return -1;
	for (size_t i = 0; i < names->count && !*others; i++)
		*others = !reported_find(&out->reported, index, names->item[i]);
	return 0;
}

/* What nobody knows of a bridge counts as the worst it could have been. */
static int note_lost_marks(struct suite_report *out, const struct suite_run *run, struct err *e)
{
	bool others;

	if (names_others(&others, out, run, e) < 0)
		return -1;
	if (others && !run->bridge.lost) {
		out->may_be_self_judged = true;
		return reported_odd(&out->reported, e,
			_("the candidate's code compared its own objects in what the report names no test for: every one is marked"));
	}
	if (!run->bridge.lost)
		return 0;
	out->may_be_self_judged = true;
	/* Without any test there is nothing to doubt, and a reason of its own. */
	if (!out->reported.count)
		return 0;
	return reported_odd(&out->reported, e,
		_("nobody knows in which tests the candidate's code compared its own objects (%s): every one is marked"),
		run->bridge.lost);
}

int grade_take_suite(struct suite_report *out, struct result *result, struct suite_run *run, struct err *e)
{
	static const enum suite_end ends[] = {
		[RUN_ENDED] = SUITE_ENDED,
		[RUN_NOT_STARTED] = SUITE_NOT_STARTED,
		[RUN_STOPPED] = SUITE_STOPPED,
		[RUN_TESTER_LIMIT] = SUITE_TESTER_LIMIT,
	};

	out->suite = run->suite;
	out->end = ends[run->end];
	out->verdict = run->verdict;
	out->self_judged = &run->bridge.self_judged;
	if (run->suite->against == AGAINST_PROGRAM)
		out->has_report = true;
	else if (read_report(out, run, e) < 0 || note_contradiction(run, &out->reported, e) < 0 ||
		note_lost_marks(out, run, e) < 0 ||
		(run->service_end ? service_end_name(&out->reported, run->service_end, e) :
				    say_early_end(run, &out->reported, e)) < 0)
		return err_wrap(e, "suite %s", run->suite->id);
	out->why = run->why ? run->why : run->service_end;
	for (size_t i = 0; i < run->box_count; i++)
		if (grade_take_ran(result, &run->boxes[i], e) < 0)
			return -1;
	return 0;
}
