// SPDX-License-Identifier: MIT
/*
 * The corridor. grade_once is the way of every submission, top to bottom; around it stands who is to blame:
 *
 * What the candidate's code does, and what a tester does, comes back as values and becomes a result. An error in here
 * is a failure of ours (a box that can't be built, a launcher that died, a full disk): it is tried again, twice, and
 * then the result says that it can't be graded and why, without points and without a verdict. Only what the machine
 * lacks, or a task that can't be run at all, is said before anything runs.
 */
#include "assess/grade.h"

#include "assess/grade_reports.h"
#include "assess/grade_terms.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "submission/intake.h"
#include "submission/launcher.h"
#include "submission/run.h"
#include "submission/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>

enum { TRIES = 3, REPEAT_MS = 180000 };

struct suites {
	struct suite_run *runs;
	struct suite_report *reports;
	size_t count;
	char *unbuilt; /* why nothing could be tested; NULL */
};

static void suites_done(struct suites *suites)
{
	for (size_t i = 0; i < suites->count; i++) {
		reported_done(&suites->reports[i].reported);
		suite_run_done(&suites->runs[i]);
	}
	free(suites->runs);
	free(suites->reports);
	free(suites->unbuilt);
}

static void say(const struct grade_order *order, const char *sentence)
{
	if (order->progress)
		order->progress(sentence, order->context);
}

/* --- the way ---------------------------------------------------------------------------------------------------- */

static bool is_wanted(const struct grade_order *order, const struct suite *suite)
{
	return !order->only || order->only->count == 0 || strings_find(order->only, suite->id) >= 0;
}

static void start_not(struct suite_report *report, const struct suite *suite, const char *why)
{
	report->suite = suite;
	report->end = SUITE_NOT_STARTED;
	report->why = why;
}

static int run_suites(struct suites *suites, struct result *result, struct run *run, const struct grade_order *order,
	struct err *e)
{
	for (size_t i = 0; i < suites->count; i++) {
		const struct suite *suite = &run->task->suites[i];
		struct grade_cases cases = { run->task, &suites->reports[i].reported };

		if (!is_wanted(order, suite)) {
			start_not(&suites->reports[i], suite, _("it was not asked for"));
			continue;
		}
		say(order, suite->id);
		run->context = &cases;
		if (run_suite(run, suite, &suites->runs[i], e) < 0 ||
			grade_take_suite(&suites->reports[i], result, &suites->runs[i], e) < 0)
			return -1;
	}
	return 0;
}

/* After a build that failed there is nothing to test: every suite says so, and how it ended. */
static int start_nothing(struct suites *suites, const struct task *task, const struct box_run *build, struct err *e)
{
	AUTO_FREE char *end = grade_build_end(build, e);

	suites->unbuilt = end ? mem_format(e, _("the build failed: %s"), end) : NULL;
	if (!suites->unbuilt)
		return -1;
	for (size_t i = 0; i < suites->count; i++)
		start_not(&suites->reports[i], &task->suites[i], suites->unbuilt);
	return 0;
}

static int build_and_run(struct suites *suites, struct result *result, struct run *run, bool *build_failed,
	const struct grade_order *order, struct err *e)
{
	AUTO(ran_done) struct ran built = { 0 };

	if (run->task->build.count > 0)
		say(order, _("build"));
	if (run_build(run, &built, build_failed, e) < 0)
		return -1;
	if (built.what && grade_take_ran(result, &built, e) < 0)
		return -1;
	return *build_failed ? start_nothing(suites, run->task, &result->runs[result->run_count - 1], e) :
			       run_suites(suites, result, run, order, e);
}

static int open_suites(struct suites *suites, const struct task *task, struct err *e)
{
	suites->runs = mem_new(task->suite_count, sizeof(*suites->runs), e);
	suites->reports = mem_new(task->suite_count, sizeof(*suites->reports), e);
	if (!suites->runs || !suites->reports)
		return -1;
	suites->count = task->suite_count;
	return 0;
}

/* What limits are worth on this machine is only known from a box that ran. */
static int pin_limits_mode(struct result *result, struct err *e)
{
	for (size_t i = 0; i < result->run_count && !result->pins.limits_mode; i++)
		if (result->runs[i].limits_mode &&
			!(result->pins.limits_mode = mem_copy(result->runs[i].limits_mode, e)))
			return -1;
	return 0;
}

static int grade_once(struct result *result, const struct grade_order *order, const struct grade_terms *terms,
	int submission_fd, struct err *e)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;
	AUTO_INTAKE struct intake intake = { 0 };
	AUTO(suites_done) struct suites suites = { 0 };
	AUTO_FREE char *tree = NULL;
	AUTO_CLOSE int image_fd = -1;
	bool build_failed = false;
	struct run run = {
		.task = order->task,
		.host = {
			.program = terms->box,
			.launcher = order->launcher,
			.allow_sampled = order->allow_sampled,
			.stop_fd = order->stop_fd,
		},
		.image_fd = -1,
		.reporters = terms->reporters,
		.pins = terms->seed,
		.bridge = terms->bridge,
		.recording = order->recording,
		.repeat_ms = order->only_once ? 0 : REPEAT_MS,
		.see_case = grade_see_case,
		.count_passed = grade_count_passed,
	};
	int ran;

	run_prepare(&run);
	if (scratch_make(&scratch, e) < 0 || !(tree = fs_join(scratch.path, "tree", e)) ||
		intake_take(&intake, order->task, submission_fd, tree, e) < 0 ||
		open_suites(&suites, order->task, e) < 0)
		return -1;
	result->dropped = intake.dropped;
	intake.dropped = (struct strings){ 0 };
	result->taken = intake.files;
	run.tree = tree;
	run.scratch = scratch.path;
	ran = build_and_run(&suites, result, &run, &build_failed, order, e);
	image_fd = run.image_fd;
	if (ran < 0 || pin_limits_mode(result, e) < 0)
		return -1;
	if (order->look && order->look(suites.reports, suites.count, result, order->context, e) < 0)
		return -1;
	return evaluate(result, order->task, suites.reports, suites.count, build_failed, e);
}

/* --- who is to blame -------------------------------------------------------------------------------------------- */

static bool is_interrupted(const struct grade_order *order)
{
	struct pollfd stop = { .fd = order->stop_fd, .events = POLLIN };

	return poll(&stop, 1, 0) > 0;
}

static int ungradable(struct result **out, const struct grade_order *order, const struct grade_terms *terms,
	const char *reason, struct err *e)
{
	AUTO_RESULT struct result *result = result_new(e);

	if (!result || grade_terms_fill(result, terms, e) < 0)
		return -1;
	result->reason = text_visible_line(reason, e);
	if (!result->reason || evaluate(result, order->task, NULL, 0, false, e) < 0)
		return -1;
	*out = take_ptr(&result);
	return 0;
}

static int try_thrice(struct result **out, const struct grade_order *order, const struct grade_terms *terms,
	int submission_fd, struct err *e)
{
	struct err ours = { 0 };

	for (int i = 0; i < TRIES; i++) {
		AUTO_RESULT struct result *result = result_new(e);

		if (!result || grade_terms_fill(result, terms, e) < 0)
			return -1;
		ours = (struct err){ 0 };
		if (grade_once(result, order, terms, submission_fd, &ours) == 0) {
			*out = take_ptr(&result);
			return 0;
		}
		if (ours.kind != ERR_SYSTEM || is_interrupted(order))
			return err_set(e, ours.kind, "%s", ours.text);
	}
	return ungradable(out, order, terms, ours.text, e);
}

static int say_what_is_missing(struct result **out, const struct grade_order *order, const struct grade_terms *terms,
	struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_FREE char *reason = NULL;

	text_add(&t, _("this machine lacks what the task needs:"));
	for (size_t i = 0; i < terms->missing.count; i++)
		text_addf(&t, " %s", terms->missing.item[i]);
	if (text_take(&t, &reason, e) < 0)
		return -1;
	return ungradable(out, order, terms, reason, e);
}

static int check_task(const struct task *task, struct err *e)
{
	if (task->kind != TASK_CODING)
		return err_set(e, ERR_INVALID, _("task %s is of the kind \"%s\": only coding tasks are graded"),
			task->id, task_kind_name(task->kind));
	return run_check(task, e) < 0 ? err_wrap(e, _("task package %s"), task->dir) : 0;
}

static int open_submission(int *fd, const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		return err_set(e, ERR_INVALID, _("the submission %s is no directory"), path);
	return fs_open_dir(fd, AT_FDCWD, path, e) < 0 ? err_wrap(e, _("cannot take in the submission")) : 0;
}

static int grade_through(struct result **out, const struct grade_order *order, int submission_fd, struct err *e)
{
	AUTO_GRADE_TERMS struct grade_terms made = { 0 };
	const struct grade_terms *terms = order->terms ? order->terms : &made;

	if (!order->terms && grade_terms_make(&made, order, e) < 0)
		return -1;
	if (terms->broken)
		return ungradable(out, order, terms, terms->broken, e);
	if (terms->missing.count > 0)
		return say_what_is_missing(out, order, terms, e);
	return try_thrice(out, order, terms, submission_fd, e);
}

int grade(struct result **out, const struct grade_order *order, struct err *e)
{
	AUTO_LAUNCHER struct launcher *launcher = NULL;
	AUTO_CLOSE int submission_fd = -1;
	struct grade_order own = *order;

	if (check_task(order->task, e) < 0 || open_submission(&submission_fd, order->submission, e) < 0)
		return -1;
	if (!own.launcher) {
		if (launcher_new(&launcher, e) < 0)
			return -1;
		own.launcher = launcher;
	}
	return grade_through(out, &own, submission_fd, e);
}
