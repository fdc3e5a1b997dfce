// SPDX-License-Identifier: MIT
/*
 * All boxes of a suite's checker are alike but for their words and their input, so they can be built ahead. The
 * candidate's output is a stream of bytes for it and nothing else: it is in no file that could be run or looked up.
 */
#include "submission/checker.h"

#include "base/i18n.h"
#include "base/text.h"
#include "task/expand.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { FEEDBACK_SCORE, FEEDBACK_MESSAGE, FEEDBACK_JUDGE };

/* In the order of the numbers above. */
static const char *const feedback[] = { "/report/score.txt", "/report/teammessage.txt", "/report/judgemessage.txt" };

enum { FEEDBACKS = sizeof(feedback) / sizeof(feedback[0]), SAID_IN_ERROR = 400 };

void checked_done(struct checked *checked)
{
	free(checked->score);
	free(checked->message);
	*checked = (struct checked){ 0 };
}

/* --- making it ready -------------------------------------------------------------------------------------------- */

static void plan_box(struct box *box, const struct checker *checker, const struct strings *argv)
{
	*box = (struct box)BOX_INIT;
	box->argv = argv;
	box->env = &checker->env;
	box->limits = &checker->limits;
	box->ro[0].host = checker->files;
	box->ro[0].inside = "/tests";
}

/* What the compiler said, in one line. */
static int say_build_failed(const struct suite *suite, const struct ran *ran, struct err *e)
{
	AUTO_FREE char *line = text_joined_line(ran->log ? ran->log : "", e);
	bool is_judge = suite->compare == COMPARE_JUDGE;

	if (!line)
		return -1;
	if (ran->report.verdict == VERDICT_EXITED)
		return err_set(e, ERR_INVALID,
			is_judge ? _("the judge of suite %s can't be built (exit status %d): %.*s") :
				   _("the checker of suite %s can't be built (exit status %d): %.*s"),
			suite->id, ran->report.exit_code, SAID_IN_ERROR, line);
	return err_set(e, ERR_SYSTEM,
		is_judge ? _("the judge of suite %s can't be built: %s") : _("the checker of suite %s can't be built: %s"),
		suite->id, verdict_sentence(ran->report.verdict));
}

static int build(struct checker *checker, const struct run *run, const struct suite *suite, struct suite_run *out,
	struct err *e)
{
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report report = { 0 };
	AUTO_STRINGS struct strings argv = { 0 };
	AUTO_CLOSE int image_fd = memfd_create("image", MFD_CLOEXEC);
	const struct ran *ran;
	struct box box;

	if (image_fd < 0)
		return err_errno(e, "cannot make a memory file");
	if (task_expand(&suite->build, &run->task->tester_limits, &argv, e) < 0)
		return -1;
	plan_box(&box, checker, &argv);
	box.snapshot_fd = image_fd;
	if (box_run(&life, &report, &box, &run->host, e) < 0)
		return err_wrap(e, "cannot build the %s", checker->what);
	if (run_keep_box(out, "checker build", &box, &life, &report, RUN_LOG_MAX, e) < 0)
		return -1;
	ran = &out->boxes[out->box_count - 1];
	if (ran->report.verdict != VERDICT_EXITED || ran->report.exit_code != 0)
		return say_build_failed(suite, ran, e);
	checker->image_fd = take_fd(&image_fd);
	return 0;
}

int checker_open(struct checker *checker, const struct run *run, const struct suite *suite, struct suite_run *out,
	struct err *e)
{
	bool is_judge = suite->compare == COMPARE_JUDGE;

	checker->what = is_judge ? "judge" : "checker";
	checker->limits = run->task->tester_limits;
	if (run_suite_files(&checker->files, run, suite, e) < 0 || run_tester_env(&checker->env, run, suite, e) < 0 ||
		task_expand(&suite->checker, &run->task->tester_limits, &checker->argv, e) < 0 ||
		(suite->build.count > 0 && build(checker, run, suite, out, e) < 0))
		return -1;
	/* A judge waits for the program: the program's time is no time of its own. */
	if (is_judge)
		checker->limits.wall_ms += run->task->limits.wall_ms;
	plan_box(&checker->box, checker, &checker->argv);
	checker->box.image_fd = checker->image_fd;
	checker->box.tmp = "/report";
	for (int i = 0; i < FEEDBACKS; i++)
		checker->box.collect_more[i] = feedback[i];
	return 0;
}

void checker_done(struct checker *checker)
{
	strings_done(&checker->argv);
	strings_done(&checker->env);
	free(checker->files);
	if (checker->image_fd >= 0)
		close(checker->image_fd);
	*checker = (struct checker)CHECKER_NONE;
}

void checker_prepare(const struct checker *checker, const struct box_host *host, size_t cases)
{
	box_prepare(&checker->box, host, cases);
}

int checker_words(struct strings *words, const struct program_case *which, struct err *e)
{
	if (strings_take(words, mem_format(e, "/tests/%s.in", which->name), e) < 0 ||
		strings_take(words, which->ans ? mem_format(e, "/tests/%s.ans", which->name) : mem_copy("/dev/null", e),
			e) < 0)
		return -1;
	/* Some put a name behind it as it is. */
	return strings_add(words, "/report/", e);
}

/* --- what it says ----------------------------------------------------------------------------------------------- */

/* That a file wasn't there which needn't be is nothing to tell. */
static int forget_absent(struct box_report *report, struct err *e)
{
	static const char between[] = "; ";
	AUTO_TEXT struct text kept = { 0 };
	AUTO_FREE char *message = NULL;

	for (const char *part = report->message, *next; part && *part; part = next) {
		const char *end = strstr(part, between);
		size_t length = end ? (size_t)(end - part) : strlen(part);
		bool is_absent = false;

		next = end ? end + strlen(between) : part + length;
		for (int i = 0; i < FEEDBACKS; i++) {
			size_t name = strlen(feedback[i]);

			is_absent = is_absent || (length == name + strlen(" is not there") &&
							 strncmp(part, feedback[i], name) == 0 &&
							 strncmp(part + name, " is not there", length - name) == 0);
		}
		if (!is_absent) {
			text_add(&kept, kept.length ? between : "");
			text_add_bytes(&kept, part, length);
		}
	}
	if (kept.length && text_take(&kept, &message, e) < 0)
		return -1;
	free(report->message);
	report->message = take_ptr(&message);
	return 0;
}

/* What it says to interviewers, behind what it printed. */
static int add_judge_message(struct ran *ran, const struct box_life *life, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_FREE char *said = NULL;
	char *log = NULL;
	size_t size;

	if (box_collected_more(life, FEEDBACK_JUDGE, &said, &size, e) < 0)
		return -1;
	if (!size)
		return 0;
	text_add(&t, ran->log ? ran->log : "");
	text_add(&t, t.length && t.bytes[t.length - 1] != '\n' ? "\n" : "");
	text_add_head_tail(&t, said, size, RUN_CASE_LOG_MAX, RUN_CASE_LOG_MAX);
	if (text_take(&t, &log, e) < 0)
		return -1;
	free(ran->log);
	ran->log = log;
	return 0;
}

int checker_take(struct checked *out, const struct case_plan *plan, const struct box *box, const struct box_life *life,
	struct box_report *report, struct err *e)
{
	out->verdict = report->verdict;
	out->exit_code = report->exit_code;
	if (box_collected_more(life, FEEDBACK_SCORE, &out->score, &out->score_size, e) < 0 ||
		box_collected_more(life, FEEDBACK_MESSAGE, &out->message, &out->message_size, e) < 0 ||
		forget_absent(report, e) < 0 ||
		run_keep_box(plan->out, plan->checker->what, box, life, report, RUN_CASE_LOG_MAX, e) < 0)
		return -1;
	return add_judge_message(&plan->out->boxes[plan->out->box_count - 1], life, e);
}

int checker_run(struct checked *out, const struct case_plan *plan, int output_fd, struct err *e)
{
	AUTO_BOX_LIFE struct box_life life = BOX_LIFE_NONE;
	AUTO_BOX_REPORT struct box_report report = { 0 };
	AUTO_STRINGS struct strings words = { 0 };
	struct box box = plan->checker->box;

	if (checker_words(&words, plan->which, e) < 0)
		return -1;
	if (lseek(output_fd, 0, SEEK_SET) < 0)
		return err_errno(e, "cannot read the output of a box");
	box.more = &words;
	box.in_fd = output_fd;
	if (box_run(&life, &report, &box, &plan->run->host, e) < 0)
		return err_wrap(e, "the checker of case %s", plan->which->name);
	return checker_take(out, plan, &box, &life, &report, e);
}
