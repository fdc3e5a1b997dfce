// SPDX-License-Identifier: MIT
/*
 * Cases: the candidate's program on NN.in, with the words of NN.args behind its own and the files of NN.files/ in
 * its folder. What it should have written (NN.ans) never comes near the box; the corridor compares, or a checker of the
 * task's in a box of its own says whether it is right.
 */
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "submission/checker.h"
#include "submission/run_parts.h"
#include "task/cases.h"
#include "task/expand.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { INPUT_MAX = 64 << 20 };

/* --- what a case brings ----------------------------------------------------------------------------------------- */

/*
 * The input as a memory file that can't be changed any more. A program can open its standard input again through
 * /proc, and where all boxes have the user's own id it could then write into a file of ours.
 */
static int case_input(int *fd, const struct task *task, const char *path, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_CLOSE int made = -1;
	size_t size;

	if (fs_read(&bytes, &size, task->dir_fd, path, INPUT_MAX, e) < 0)
		return -1;
	made = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (made < 0)
		return err_errno(e, "cannot make a memory file");
	if (fs_write_fd(made, bytes, size, e) < 0)
		return -1;
	if (fcntl(made, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) < 0)
		return err_errno(e, "cannot seal the input of a case");
	*fd = take_fd(&made);
	return 0;
}

/* --- one case --------------------------------------------------------------------------------------------------- */

static int show_case(const struct case_plan *plan, const struct box_life *life, struct box_report *report, struct err *e)
{
	AUTO(checked_done) struct checked checked = { 0 };
	AUTO_FREE char *output = NULL;
	struct case_run seen = { report->verdict, report->exit_code, report->wall_ms, NULL, 0, NULL, NULL };
	bool is_whole = report->verdict == VERDICT_EXITED && report->exit_code == 0;
	size_t place = plan->out->box_count;

	if (run_say(report, plan->said, e) < 0 ||
		run_keep_box(plan->out, "case", plan->box, life, report, RUN_CASE_LOG_MAX, e) < 0)
		return -1;
	if (is_whole && plan->checker) {
		if (checker_run(&checked, plan, life->out_fd, e) < 0)
			return -1;
		seen.checked = &checked;
	} else if (is_whole && box_output(life, &output, &seen.output_size, e) < 0) {
		return -1;
	}
	seen.output = output;
	seen.log = plan->out->boxes[place].log;
	return plan->run->see_case(plan->out->suite, plan->which, &seen, plan->run->context, e);
}

static int run_case(const struct case_plan *plan, struct err *e)
{
	const struct box *box = plan->box;

	for (int times = 1;; times++) {
		AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
		AUTO_BOX_REPORT struct box_report report = { 0 };
		struct doubt doubt;

		if (lseek(box->in_fd, 0, SEEK_SET) < 0)
			return err_errno(e, "cannot read the input of a case");
		if (box_run(&life, &report, box, &plan->run->host, e) < 0)
			return err_wrap(e, "case %s", plan->which->name);
		doubt = run_doubt(&report, box->limits);
		/* Tries end with the first one without doubt, and a case with a time verdict is not passed: so the last
		 * one is the best. */
		if (run_tries_again(plan->run, times, &doubt))
			continue;
		return run_say_times(&report, times, e) < 0 ? -1 : show_case(plan, &life, &report, e);
	}
}

/* Of a suite: what its cases have in common. */
struct suite_plan {
	struct run *run;
	struct suite_run *out;
	const struct box *box;
	const struct checker *checker;
};

static int prepare_and_run(const struct suite_plan *common, const struct program_case *which, struct err *e)
{
	AUTO_STRINGS struct strings words = { 0 };
	AUTO_CLOSE int in_fd = -1;
	AUTO_CLOSE int image_fd = -1;
	AUTO_FREE char *said = NULL;
	struct box box = *common->box; /* what it borrows here ends here */
	struct limits limits = *common->box->limits;
	struct case_plan plan = { common->run, common->out, which, &box, common->checker, NULL };
	const struct task *task = common->run->task;
	int64_t test_ms = run_test_ms(task, common->out->suite, which->name);
	bool is_talk = common->out->suite->compare == COMPARE_JUDGE;

	if ((!is_talk && case_input(&in_fd, task, which->in, e) < 0) || program_case_args(&words, task, which, e) < 0 ||
		run_lay_case(&image_fd, &said, common->run, common->out->suite, which, e) < 0)
		return -1;
	if (test_ms && test_ms < limits.wall_ms)
		limits.wall_ms = test_ms;
	box.limits = &limits;
	box.more = &words;
	box.in_fd = in_fd;
	plan.said = said;
	if (image_fd >= 0) {
		box.work = NULL;
		box.image_fd = image_fd;
	}
	return is_talk ? run_talk(&plan, e) : run_case(&plan, e);
}

int run_program_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e)
{
	AUTO(program_cases_done) struct program_cases cases = { 0 };
	AUTO(checker_done) struct checker checker = CHECKER_NONE;
	AUTO_STRINGS struct strings argv = { 0 }, env = { 0 };
	struct box box;
	const struct suite_plan plan = { run, out, &box, suite_has_checker(suite) ? &checker : NULL };

	if (program_cases_load(&cases, run->task, suite, e) < 0 || run_env(&env, e) < 0 ||
		task_expand(&run->task->program, &run->task->limits, &argv, e) < 0)
		return -1;
	if (plan.checker) {
		if (checker_open(&checker, run, suite, out, e) < 0)
			return -1;
		checker_prepare(&checker, &run->host, cases.count);
	}
	run_box_of(&box, run, &argv, &env, &run->task->limits);
	/* Those of a talk have a channel, which nobody can know ahead. */
	if (suite->compare != COMPARE_JUDGE)
		box_prepare(&box, &run->host, cases.count);
	for (size_t i = 0; i < cases.count; i++) {
		out->test = cases.item[i].name;
		if (prepare_and_run(&plan, &cases.item[i], e) < 0)
			return -1;
	}
	out->test = NULL;
	return 0;
}
