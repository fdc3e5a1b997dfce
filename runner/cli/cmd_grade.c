// SPDX-License-Identifier: MIT
/*
 * `assay grade`: one submission, one result on standard output, no workspace needed.
 */
#include "assess/grade.h"
#include "assess/repeat.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/package.h"
#include "report/report.h"

#include <string.h>

enum { EXIT_VARIES = 1, EXIT_UNGRADABLE = 8 };

static void show_progress(const char *sentence, void *context)
{
	(void)context;
	cli_progress(sentence);
}

static int render_text(char **out, const struct result *result, bool stable, struct err *e)
{
	const struct report_style style = { .columns = cli_columns(), .language = i18n_language() };

	(void)stable; /* refused before */
	return report_result_text(out, result, &style, e);
}

typedef int render_result(char **out, const struct result *result, bool stable, struct err *e);

static const struct {
	const char *name;
	render_result *render; /* NULL: the result's own document */
} formats[] = {
	{ "json", NULL },
	{ "text", render_text },
	{ "junit", report_result_junit },
	{ "tap", report_result_tap },
};

static int print_result(const struct cli *cli, const struct result *result, render_result *render, struct err *e)
{
	AUTO_FREE char *text = NULL;
	bool stable = cli_flag(cli, "stable");

	if (!render || cli->json)
		return cli_print_json_take(result_json(result, READER_INTERVIEWER, true, stable), e);
	return render(&text, result, stable, e) < 0 ? -1 : cli_print(text, e);
}

static int read_format(const struct cli *cli, render_result **render, struct err *e)
{
	const char *format = cli_value(cli, "format");

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (format ? strcmp(format, formats[i].name) == 0 : !formats[i].render) {
			*render = formats[i].render;
			return 0;
		}
	}
	return err_set(e, ERR_USAGE, _("--format is json, text, junit or tap, not %s"), format);
}

/* --stable leaves out what a text for people is made of, and what --repeat is asked for. */
static int check_stable(const struct cli *cli, render_result *render, long long times, struct err *e)
{
	if (!cli_flag(cli, "stable"))
		return 0;
	if (times)
		return err_set(e, ERR_USAGE,
			_("--repeat compares what --stable prints by itself, and shows times: leave one of them out"));
	if (render == render_text && !cli->json)
		return err_set(e, ERR_USAGE, _("--stable prints json, junit or tap: a text for people has times and reasons"));
	return 0;
}

/* --repeat: what varies is what was asked for, so no single result is printed. */
static int run_repeat(struct cli *cli, const struct grade_order *order, int times, render_result *render, struct err *e)
{
	AUTO(repeated_done) struct repeated repeated = { 0 };
	AUTO_TEXT struct text t = { 0 };
	AUTO_FREE char *text = NULL;

	if (render && render != render_text)
		return err_set(e, ERR_USAGE, _("--repeat prints json or text"));
	if (repeat_grade(&repeated, order, times, e) < 0)
		return -1;
	cli_progress(NULL);
	cli->exit_status = repeated.ungradable ? EXIT_UNGRADABLE : repeated.distinct > 1 ? EXIT_VARIES : 0;
	if (!render || cli->json)
		return cli_print_json_take(repeated_json(&repeated, order->task), e);
	repeated_text(&t, &repeated, order->task, cli_columns());
	return text_take(&t, &text, e) < 0 ? -1 : cli_print(text, e);
}

static int run_grade(struct cli *cli, struct err *e)
{
	AUTO_INTERRUPT struct interrupt interrupt = { .fd = -1 };
	AUTO_TASK struct task *task = NULL;
	AUTO_RESULT struct result *result = NULL;
	struct grade_order order = { .progress = show_progress };
	render_result *render = NULL;
	const char *task_dir;
	long long times;

	if (cli_required(cli, "task", &task_dir, e) < 0 || cli_required(cli, "submission", &order.submission, e) < 0 ||
		read_format(cli, &render, e) < 0 ||
		cli_number(cli, "repeat", REPEAT_MIN, REPEAT_MAX, 0, &times, e) < 0 ||
		check_stable(cli, render, times, e) < 0 || package_load(&task, task_dir, false, e) < 0 ||
		interrupt_begin(&interrupt, e) < 0)
		return -1;
	/* Equal work gives equal bytes, whoever grades it: its reasons are English then. */
	if (cli_flag(cli, "stable") && i18n_speak(LANGUAGE_EN, e) < 0)
		return -1;
	order.task = task;
	order.allow_sampled = cli_flag(cli, "allow-sampled");
	order.stop_fd = interrupt.fd;
	if (times)
		return run_repeat(cli, &order, (int)times, render, e);
	if (grade(&result, &order, e) < 0)
		return -1;
	if (!result->gradable)
		cli->exit_status = EXIT_UNGRADABLE;
	cli_progress(NULL);
	return print_result(cli, result, render, e);
}

const struct command commands_grade[] = {
	{
		.noun = "grade",
		.words = "",
		.summary = N_("grade one submission: a result on standard output"),
		.about = N_("Takes in the files that the task admits, runs every suite in boxes and prints the result as JSON. "
			    "The status is 0 for a result, whatever it says, and 8 when our side failed and nothing was graded. "
			    "With --repeat it is graded N times, and what varies is printed instead of a result: verdict, "
			    "points and times of each grade, the outcomes and the least and most time of each test. The status "
			    "is 0 then when all are the same byte by byte but for what was measured, 1 when they are not, and 8 "
			    "when our side failed once."),
		.example = "assay grade --task tasks/job-queue --submission ~/candidate/job-queue\n"
			   "assay grade --task tasks/job-queue --submission . --format text\n"
			   "assay grade --task tasks/job-queue --submission . --format junit >result.xml\n"
			   "assay grade --task tasks/job-queue --submission . --repeat 10 --format text",
		.options = {
			{ "task", "DIR", N_("the task package") },
			{ "submission", "DIR", N_("the candidate's files") },
			{ "format", "json|text|junit|tap", N_("how to print the result (default: json)") },
			{ "stable", NULL, N_("without measurements and captured text: equal work gives equal bytes") },
			{ "repeat", "N", N_("grade N times (2 to 100) and show what varies") },
			{ "allow-sampled", NULL, N_("where limits can't be enforced, watch them from outside") },
		},
		.run = run_grade,
	},
	{ 0 },
};
