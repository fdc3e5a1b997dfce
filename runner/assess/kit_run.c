// SPDX-License-Identifier: MIT
/*
 * A hand-in that counts for nothing, and then either the way of a grade or a box of one's own.
 */
#include "assess/kit_run.h"

#include "assess/grade.h"
#include "assess/kit.h"
#include "assess/kit_log.h"
#include "assess/kit_take.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/places.h"
#include "base/text.h"
#include "submission/launcher.h"
#include "submission/scratch.h"

#include <string.h>

enum { MINUTE_MS = 60000 };

/* --- runs ------------------------------------------------------------------------------------------------------- */

static int list_suites(char **out, const struct task *task, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < task->suite_count; i++)
		text_addf(&t, "%s%s", i ? ", " : "", task->suites[i].id);
	return text_take(&t, out, e);
}

static int check_suites(const struct kit *kit, const struct strings *suites, struct err *e)
{
	AUTO_FREE char *names = NULL;

	if (kit->task->suite_count == 0)
		return err_set(e, ERR_CONFLICT,
			_("no test of %s is visible: all of them are run when your work is handed in. Until then "
			  "'assay try -- CMD' runs any command"),
			kit->task->id);
	for (size_t i = 0; i < suites->count; i++) {
		if (task_suite(kit->task, suites->item[i]))
			continue;
		return list_suites(&names, kit->task, e) < 0
			? -1
			: err_set(e, ERR_NOT_FOUND,
				  _("this kit holds no suite %s, but %s. What isn't visible is run when your work is handed in"),
				  suites->item[i], names);
	}
	return 0;
}

/* That it can't be kept, as in somebody else's directory, is no reason to fail. */
static void keep_run(const struct kit *kit, const struct result *result, const struct strings *only)
{
	struct kit_log_run run = { .at_ms = clock_now_ms() };

	if (!result->gradable)
		return;
	for (size_t i = 0; i < result->test_count; i++) {
		if (only->count > 0 && strings_find(only, result->tests[i].suite) < 0)
			continue;
		run.tests++;
		run.passed += result->tests[i].outcome == OUTCOME_PASSED;
	}
	kit_log_add(kit->fd, &run, NULL);
}

int kit_run(struct result **out, const struct kit *kit, const struct kit_run_order *order, struct err *e)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;
	AUTO_STRINGS struct strings dropped = { 0 };
	AUTO_RESULT struct result *result = NULL;
	AUTO_FREE char *tree = NULL;
	struct grade_order grading = {
		.task = kit->task,
		.allow_sampled = kit->label.allow_sampled || order->allow_sampled,
		.seed = kit->label.seed[0] ? kit->label.seed : NULL,
		.only = order->suites,
		.stop_fd = order->stop_fd,
		.progress = order->progress,
		.context = order->context,
	};

	if (kit_check_runs(kit, e) < 0 || check_suites(kit, order->suites, e) < 0 || scratch_make(&scratch, e) < 0 ||
		!(tree = fs_join(scratch.path, "handed-in", e)) || kit_take(&dropped, tree, kit->task, kit->fd, e) < 0)
		return -1;
	grading.submission = tree;
	if (grade(&result, &grading, e) < 0)
		return -1;
	strings_done(&result->dropped);
	result->dropped = dropped;
	dropped = (struct strings){ 0 };
	keep_run(kit, result, order->suites);
	*out = take_ptr(&result);
	return 0;
}

/* --- tries ------------------------------------------------------------------------------------------------------ */

static int check_keep(const struct kit *kit, const struct strings *keep, struct err *e)
{
	if (keep->count > TRIAL_MAX_KEEP)
		return err_set(e, ERR_LIMIT, _("at most %d files are kept"), TRIAL_MAX_KEEP);
	for (size_t i = 0; i < keep->count; i++) {
		AUTO_FREE char *top = mem_copy(keep->item[i], e);

		if (!top)
			return -1;
		top[strcspn(top, "/")] = '\0';
		if (!task_admits(kit->task, keep->item[i]) || kit_is_ours(kit->task, top))
			return err_set(e, ERR_INVALID, _("--keep %s: the task takes no file of that name"), keep->item[i]);
	}
	return 0;
}

/* What the command left there, unless it was stopped on the way. */
static int keep_files(const struct kit *kit, const struct strings *keep, const struct trial_end *end, struct err *e)
{
	for (size_t i = 0; i < keep->count; i++) {
		if (end->interrupted || end->report.verdict != VERDICT_EXITED)
			return 0;
		if (end->kept[i].bytes &&
			fs_write(kit->fd, keep->item[i], end->kept[i].bytes, end->kept[i].size, 0644, e) < 0)
			return err_wrap(e, _("cannot keep %s"), keep->item[i]);
	}
	return 0;
}

static int run_trial(struct kit_tried *tried, const struct kit *kit, const struct kit_try_order *order, const char *tree,
	struct err *e)
{
	AUTO_LAUNCHER struct launcher *launcher = NULL;
	AUTO_FREE char *box = NULL;
	int port = kit->task->service.port;
	struct trial trial = {
		.host = { .allow_sampled = kit->label.allow_sampled || order->allow_sampled, .stop_fd = order->stop_fd },
		.tree = tree,
		.argv = order->argv,
		.limits = &tried->limits,
		.keep = order->keep,
		.in_fd = order->in_fd,
		.out_fd = order->out_fd,
		.err_fd = order->err_fd,
		.port = port,
		.port_here = order->port_here ? order->port_here : port,
		.must_have_port = order->port_here != 0,
		.say = order->say,
		.context = order->context,
	};

	if (places_box(&box, e) < 0 || launcher_new(&launcher, e) < 0)
		return -1;
	trial.host.program = box;
	trial.host.launcher = launcher;
	return trial_run(&tried->end, &trial, e);
}

int kit_try(struct kit_tried *out, const struct kit *kit, const struct kit_try_order *order, struct err *e)
{
	AUTO_SCRATCH struct scratch scratch = SCRATCH_NONE;
	AUTO_KIT_TRIED struct kit_tried tried = { 0 };
	AUTO_FREE char *tree = NULL;

	if (kit_check_runs(kit, e) < 0)
		return -1;
	if (order->port_here && !kit->task->service.port)
		return err_set(e, ERR_USAGE, _("--port: the task %s is no service and has no port"), kit->task->id);
	tried.limits = kit->task->limits;
	tried.limits.wall_ms = order->wall_ms ? order->wall_ms : kit->label.minutes * MINUTE_MS;
	if (check_keep(kit, order->keep, e) < 0 || scratch_make(&scratch, e) < 0 ||
		!(tree = fs_join(scratch.path, "tree", e)) ||
		kit_take(&tried.dropped, tree, kit->task, kit->fd, e) < 0 || run_trial(&tried, kit, order, tree, e) < 0 ||
		keep_files(kit, order->keep, &tried.end, e) < 0)
		return -1;
	*out = tried;
	tried = (struct kit_tried){ 0 };
	return 0;
}

void kit_tried_done(struct kit_tried *tried)
{
	trial_end_done(&tried->end);
	strings_done(&tried->dropped);
}
