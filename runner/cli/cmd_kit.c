// SPDX-License-Identifier: MIT
/*
 * The candidate's commands, inside a kit: `assay run` and `assay try`.
 */
#include "assess/kit_run.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "report/report.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	EXIT_UNGRADABLE = 8,
	EXIT_LIMIT = 124,
	EXIT_MOST = 123,
	EXIT_SIGNAL = 128,
	MAX_SUITES = 100,
	MAX_ARGUMENTS = 1000,
	WALL_MIN_MS = 100,
	WALL_MAX_MS = 86400000,
	PORT_MIN = 1024,
	PORT_MAX = 65535,
	DROPPED_SHOWN = 3,
};

/* --- run -------------------------------------------------------------------------------------------------------- */

static void show_progress(const char *sentence, void *context)
{
	(void)context;
	cli_progress(sentence);
}

static int print_run(const struct cli *cli, const struct result *result, struct err *e)
{
	const struct report_style style = { .columns = cli_columns(), .language = i18n_language() };
	AUTO_FREE char *text = NULL;

	if (cli->json)
		return cli_print_json_take(result_json(result, READER_INTERVIEWER, true, false), e);
	return report_run_text(&text, result, &cli->words, &style, e) < 0 ? -1 : cli_print(text, e);
}

static int run_run(struct cli *cli, struct err *e)
{
	AUTO_INTERRUPT struct interrupt interrupt = { .fd = -1 };
	AUTO_KIT struct kit kit = KIT_NONE;
	AUTO_RESULT struct result *result = NULL;
	struct kit_run_order order = {
		.suites = &cli->words,
		.allow_sampled = cli_flag(cli, "allow-sampled"),
		.progress = show_progress,
	};

	if (kit_read(&kit, e) < 0 || interrupt_begin(&interrupt, e) < 0)
		return -1;
	order.stop_fd = interrupt.fd;
	if (kit_run(&result, &kit, &order, e) < 0)
		return -1;
	if (!result->gradable)
		cli->exit_status = EXIT_UNGRADABLE;
	return print_run(cli, result, e);
}

/* --- try -------------------------------------------------------------------------------------------------------- */

static void say(const char *sentence, void *context)
{
	(void)context;
	fprintf(stderr, "assay: %s\n", sentence);
}

static int exit_status(const struct kit_tried *tried)
{
	const struct box_report *report = &tried->end.report;

	if (tried->end.interrupted)
		return 0;
	if (report->exit_code >= 0 && report->verdict == VERDICT_EXITED)
		return report->exit_code > EXIT_MOST ? EXIT_MOST : report->exit_code;
	if (report->verdict == VERDICT_SIGNALED || report->verdict == VERDICT_DENIED_CALL)
		return EXIT_SIGNAL + (report->signal > 0 ? report->signal : 0);
	return EXIT_LIMIT;
}

static void name_time(char out[64], int64_t ms)
{
	if (ms % 1000)
		snprintf(out, 64, " (%lld ms)", (long long)ms);
	else
		snprintf(out, 64, " (%lld s)", (long long)ms / 1000);
}

/* " (1024 MiB)": the limit that a verdict is about; "" for others. */
static void name_limit(char out[64], const struct kit_tried *tried)
{
	const struct limits *limits = &tried->limits;

	out[0] = '\0';
	switch (tried->end.report.verdict) {
	case VERDICT_WALL_LIMIT: name_time(out, limits->wall_ms); break;
	case VERDICT_CPU_LIMIT: name_time(out, limits->cpu_ms); break;
	case VERDICT_MEMORY_LIMIT: snprintf(out, 64, " (%lld MiB)", (long long)limits->memory_mib); break;
	case VERDICT_OUTPUT_LIMIT: snprintf(out, 64, " (%lld KiB)", (long long)limits->output_kib); break;
	case VERDICT_PROCESS_LIMIT: snprintf(out, 64, " (%lld)", (long long)limits->processes); break;
	case VERDICT_DISK_LIMIT: snprintf(out, 64, " (%lld MiB)", (long long)limits->disk_mib); break;
	default: break;
	}
}

/* Whoever interrupts may do so because the terminal takes nothing any more. Then it isn't said. */
static int tell_interrupted(const char *program, struct err *e)
{
	AUTO_CLOSE int fd = isatty(STDERR_FILENO) ? open("/proc/self/fd/2", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
	AUTO_FREE char *line = mem_format(e, _("assay: %s was ended\n"), program);

	if (!line)
		return -1;
	fs_write_fd(fd >= 0 ? fd : STDERR_FILENO, line, strlen(line), NULL);
	return 0;
}

static int tell_end(const struct kit_tried *tried, const char *program, struct err *e)
{
	const struct box_report *report = &tried->end.report;
	AUTO_FREE char *visible = text_visible_line(program, e);
	char limit[64];

	if (!visible)
		return -1;
	name_limit(limit, tried);
	if (tried->end.interrupted)
		return tell_interrupted(visible, e);
	if (report->verdict == VERDICT_EXITED && (report->exit_code == 126 || report->exit_code == 127))
		fprintf(stderr, _("assay: %s ended with status %d, as what isn't there or can't be started does: the box has what is "
				  "installed in /usr on this machine, and your files in /work\n"),
			visible, report->exit_code);
	else if (report->verdict == VERDICT_SIGNALED)
		fprintf(stderr, _("assay: %s crashed (signal %d)\n"), visible, report->signal);
	else if (report->verdict != VERDICT_EXITED)
		fprintf(stderr, _("assay: %s %s%s\n"), visible, verdict_sentence(report->verdict), limit);
	return 0;
}

static int tell_dropped(const struct strings *dropped, struct err *e)
{
	for (size_t i = 0; i < dropped->count && i < DROPPED_SHOWN; i++) {
		AUTO_FREE char *visible = text_visible_line(dropped->item[i], e);

		if (!visible)
			return -1;
		fprintf(stderr, _("assay: not in the box: %s\n"), visible);
	}
	if (dropped->count > DROPPED_SHOWN)
		fprintf(stderr, _("assay: not in the box: %zu more; 'assay run' names them all\n"), dropped->count - DROPPED_SHOWN);
	return 0;
}

static struct json *tried_json(const struct cli *cli, const struct kit_tried *tried, const struct strings *keep)
{
	const struct box_report *report = &tried->end.report;
	struct json *kept = json_new_array();

	for (size_t i = 0; i < keep->count; i++)
		if (tried->end.kept[i].bytes && !tried->end.interrupted && report->verdict == VERDICT_EXITED)
			json_append_take(&kept, json_new_string(keep->item[i]));
	return json_pack_new("{s:o, s:s, s:b, s:i, s:i, s:o, s:o, s:I, s:I, s:I, s:s?, s:o, s:o, s:o, s:o}", "argv",
		json_from_strings(&cli->words), "verdict", verdict_name(report->verdict), "interrupted", tried->end.interrupted,
		"exit_code", report->exit_code, "signal", report->signal, "limits_hit", json_from_strings(&report->limits_hit),
		"denied", json_from_strings(&report->denied), "wall_ms", (long long)report->wall_ms, "cpu_ms",
		(long long)(report->cpu_user_ms + report->cpu_system_ms), "memory_peak_kib", (long long)report->memory_peak_kib,
		"limits_mode", report->limits_mode, "dropped", json_from_strings(&tried->dropped), "kept", kept, "stdout",
		json_clean(tried->end.out, tried->end.out_size), "stderr", json_clean(tried->end.err, tried->end.err_size));
}

static int read_keep(struct strings *keep, const struct cli *cli, struct err *e)
{
	const char *name;

	for (int i = 0; (name = cli_values(cli, "keep", i)); i++)
		if (strings_add(keep, name, e) < 0)
			return -1;
	return 0;
}

static int run_try(struct cli *cli, struct err *e)
{
	AUTO_INTERRUPT struct interrupt interrupt = { .fd = -1 };
	AUTO_KIT struct kit kit = KIT_NONE;
	AUTO_KIT_TRIED struct kit_tried tried = { 0 };
	AUTO_STRINGS struct strings keep = { 0 };
	struct kit_try_order order = {
		.argv = &cli->words,
		.keep = &keep,
		.allow_sampled = cli_flag(cli, "allow-sampled"),
		.in_fd = STDIN_FILENO,
		.out_fd = cli->json ? -1 : STDOUT_FILENO,
		.err_fd = cli->json ? -1 : STDERR_FILENO,
		.say = cli->json ? NULL : say,
	};
	long long port, wall_ms;

	if (cli_number(cli, "port", PORT_MIN, PORT_MAX, 0, &port, e) < 0 ||
		cli_number(cli, "wall-ms", WALL_MIN_MS, WALL_MAX_MS, 0, &wall_ms, e) < 0 || read_keep(&keep, cli, e) < 0 ||
		kit_read(&kit, e) < 0 || interrupt_begin(&interrupt, e) < 0)
		return -1;
	order.port_here = (int)port;
	order.wall_ms = wall_ms;
	order.stop_fd = interrupt.fd;
	if (kit_try(&tried, &kit, &order, e) < 0)
		return -1;
	cli->exit_status = exit_status(&tried);
	/* An interrupt that waits ends us as soon as it may. */
	if (cli->json)
		return cli_print_json_take(tried_json(cli, &tried, &keep), e) < 0 ? -1 : cli_flush(e);
	return tell_end(&tried, cli->words.item[0], e) < 0 ? -1 : tell_dropped(&tried.dropped, e);
}

const struct command commands_kit[] = {
	{
		.noun = "run",
		.words = "[SUITE]...",
		.max_words = MAX_SUITES,
		.summary = N_("in a kit: run the visible tests on your work"),
		.about = N_("For candidates, in the directory that was laid for them or anywhere below it. Runs the visible tests "
			    "on what would be handed in, in the same boxes and within the same limits as a grade, and prints each "
			    "test with its outcome. It is no hand-in, counts for nothing and can be done as often as one likes; who "
			    "interviews may see when it was run and what passed, as they see how the files change. "
			    "Hidden tests aren't in the kit and are run when it is collected. The status is 0 when the tests were "
			    "run, whatever came of it, and 8 when our side failed."),
		.example = "assay run\nassay run visible --json",
		.options = { { "allow-sampled", NULL, N_("where limits can't be enforced, watch them from outside") } },
		.run = run_run,
	},
	{
		.noun = "try",
		.words = "-- CMD [ARG]...",
		.min_words = 1,
		.max_words = MAX_ARGUMENTS,
		.summary = N_("in a kit: try any command in the box in which your work will run"),
		.about = N_("For candidates, in the directory that was laid for them or anywhere below it. The command starts in "
			    "/work, a copy of what would be handed in: the files that the task takes, over its starter. What it "
			    "writes there is gone with the box and your own files stay as they are, but for those that --keep names. "
			    "Only what is installed on this machine is there: no internet, no home, no terminal. The limits are those "
			    "of a grade, only that it may run for as long as the part has minutes (--wall-ms for less). "
			    "Once it listens on the port of a task with a service, that port of this machine leads to it, so try it "
			    "from another terminal, without 'assay try': each box has a network of its own, in which there is nobody "
			    "else. Ctrl-C ends it and leaves nothing behind. The status is that of the command (above 123: 123), 124 "
			    "for a limit, 128 and more for a signal. With --json what it wrote is printed at its end."),
		.example = "assay try -- python3 -m pytest -q\n"
			   "assay try -- python3 -m uvicorn app:app --port 8000   # then, elsewhere: curl http://127.0.0.1:8000/\n"
			   "assay try -- sh -c 'make && ./solution <example.in'\n"
			   "assay try --keep app.py -- black app.py",
		.options = {
			{ "keep", "FILE", N_("take this file over from the box when the command has ended; up to four times") },
			{ "port", "N", N_("the port of this machine that leads to the server (default: the task's own)") },
			{ "wall-ms", "N", N_("how long it may run, in milliseconds") },
			{ "allow-sampled", NULL, N_("where limits can't be enforced, watch them from outside") },
		},
		.run = run_try,
	},
	{ 0 },
};
