// SPDX-License-Identifier: MIT
/*
 * Tests that import the candidate's code: one box with the candidate's tree as /work and the tests beside it. The
 * code under test can write the report itself, so the result says "forgeable"; and a limit that strikes here is the
 * candidate's, since nobody can tell whose code was running.
 */
#include "base/i18n.h"
#include "submission/run_parts.h"
#include "task/expand.h"

static int run_once(const struct run *run, const struct box *box, struct suite_run *out, struct doubt *doubt,
	struct err *e)
{
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report report = { 0 };

	if (box_run(&life, &report, box, &run->host, e) < 0 || run_read_tester(out, &life, &report, e) < 0)
		return -1;
	*doubt = run_doubt(&report, box->limits);
	out->doubtful = doubt->repeats > 0;
	if (report.verdict != VERDICT_EXITED) {
		out->end = RUN_STOPPED;
		out->why = mem_format(e, _("the tests were stopped: %s"), verdict_sentence(report.verdict));
		if (!out->why)
			return -1;
	}
	return run_keep_box(out, "tester", box, &life, &report, RUN_LOG_MAX, e);
}

int run_shared_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e)
{
	AUTO_STRINGS struct strings env = { 0 }, argv = { 0 };
	AUTO_SUITE_RUN struct suite_run best = { 0 };
	AUTO_FREE char *files = NULL, *reporters = NULL;
	struct box box;
	struct doubt doubt;

	if (run_suite_files(&files, run, suite, e) < 0 || run_tester_env(&env, run, suite, e) < 0 ||
		task_expand(&suite->argv, &run->task->limits, &argv, e) < 0)
		return -1;
	run_box_of(&box, run, &argv, &env, &run->task->limits);
	box.ro[0].host = files;
	box.ro[0].inside = "/tests";
	box.tmp = "/report";
	box.collect = run_report_file(suite->report);
	if (run_show_reporters(&reporters, &box, &env, "/work", run, suite, e) < 0)
		return -1;
	for (int times = 1;; times++) {
		AUTO_SUITE_RUN struct suite_run once = { .suite = suite, .exit_code = -1 };

		if (run_once(run, &box, &once, &doubt, e) < 0 || run_keep_better(run, &best, &once, e) < 0)
			return -1;
		if (!run_tries_again(run, times, &doubt))
			return run_take_best(out, &best, times, e);
	}
}
