// SPDX-License-Identifier: MIT
/*
 * `assay session watch`: the clock in a terminal of its own, and snapshots of the kit while it changes.
 */
#include "assess/session_watch.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/visit.h"
#include "cli/words.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LOOK_MS = 1000, EVERY_SECONDS = 10 };

static int print_json(const struct session_tick *tick, struct err *e)
{
	AUTO_JSON struct json *value = json_pack_new("{s:s?, s:I, s:b, s:i, s:b, s:s?}", "part", tick->part, "left_ms",
		(long long)tick->clock.left_ms, "paused", tick->clock.paused, "warning", tick->warning, "snapshot",
		tick->snapshot, "problem", tick->problem);
	AUTO_FREE char *text = NULL;

	if (json_render(value, JSON_STYLE_SHOWN_LINE, &text, e) < 0)
		return -1;
	printf("%s\n", text);
	fflush(stdout);
	return 0;
}

/* "Live coding: 34:12 left, 12 snapshots", over itself on a terminal. */
static void show_clock(const struct session_tick *tick, const struct session_watch *watch)
{
	AUTO_TEXT struct text line = { 0 };
	long long left = tick->clock.left_ms / 1000, shown = left < 0 ? -left : left;

	if (tick->part)
		text_addf(&line, left < 0 ? _("%s: %lld:%02lld over time") : _("%s: %lld:%02lld left"), words_part(tick->part),
			shown / 60, shown % 60);
	else
		text_add(&line, _("between two parts"));
	text_addf(&line, "%s", tick->clock.paused ? _(", paused") : "");
	text_addf(&line, ngettext(", %zu snapshot", ", %zu snapshots", watch->snapshots), watch->snapshots);
	cli_progress(text_bytes(&line));
}

/* What is worth a line of its own. */
static int say(const struct session_tick *tick, const char *last_problem, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	if (tick->warning)
		text_addf(&t, tick->warning == 1 ? _("%s%s: one minute left\n") : _("%s%s: %d minutes left\n"),
			isatty(STDOUT_FILENO) ? "\a" : "", words_part(tick->part), tick->warning);
	if (tick->problem && (!last_problem || strcmp(tick->problem, last_problem) != 0)) {
		text_add(&t, _("No snapshot: "));
		text_add_visible(&t, tick->problem, true);
		text_add(&t, "\n");
	}
	if (!t.length)
		return t.failed ? err_memory(e) : 0;
	if (cli_print(text_bytes(&t), e) < 0)
		return -1;
	fflush(stdout);
	return 0;
}

static int tell(const struct cli *cli, const struct session_tick *tick, const struct session_watch *watch,
	const char *last_problem, struct err *e)
{
	if (cli->json)
		return tick->warning || tick->snapshot || tick->problem || tick->over ? print_json(tick, e) : 0;
	if (say(tick, last_problem, e) < 0)
		return -1;
	show_clock(tick, watch);
	return 0;
}

static int loop(const struct cli *cli, struct session_watch *watch, int stop, struct err *e)
{
	AUTO_FREE char *problem = NULL;
	struct pollfd signal = { stop, POLLIN, 0 };

	do {
		AUTO_SESSION_TICK struct session_tick tick = { 0 };

		if (session_watch_look(&tick, watch, e) < 0 || tell(cli, &tick, watch, problem, e) < 0)
			return -1;
		free(problem);
		problem = take_ptr(&tick.problem);
		if (tick.over || cli_flag(cli, "once"))
			break;
	} while (poll(&signal, 1, LOOK_MS) == 0);
	cli_progress(NULL);
	return 0;
}

static int run_watch(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_INTERRUPT struct interrupt interrupt = { .fd = -1 };
	AUTO(session_watch_end) struct session_watch watch = { .lock = -1 };
	const char *id = cli->words.item[0];
	long long seconds;

	if (cli_number(cli, "every", 1, 600, EVERY_SECONDS, &seconds, e) < 0 || visit_open(&visit, cli, e) < 0 ||
		session_watch_begin(&watch, visit.workspace, visit.actor, id, seconds * 1000, e) < 0 ||
		interrupt_begin(&interrupt, e) < 0)
		return -1;
	if (watch.given_back_ms && !cli->json) {
		long long minutes = (long long)(watch.given_back_ms + 59999) / 60000;
		AUTO_FREE char *line = mem_format(e,
			ngettext("The watch before was cut off: %lld minute is given back.\n",
				"The watch before was cut off: %lld minutes are given back.\n", (unsigned long)minutes),
			minutes);

		if (!line || cli_print(line, e) < 0)
			return -1;
	}
	return loop(cli, &watch, interrupt.fd, e);
}

const struct command commands_watch[] = {
	{
		.noun = "session",
		.verb = "watch",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("show the clock and keep snapshots of the kit"),
		.about = N_("Leave it running in a terminal of its own. It says when 10, 5 and 1 minutes are left and keeps what changes in "
			    "the kit, for 'assay session play'; snapshots count for nothing. Should it be cut off, the time until the "
			    "next watch is given back. Ctrl-C ends it in order."),
		.example = "assay session watch S-7Q2K --as ines",
		.options = { { "every", "SECONDS", N_("how often to look at the kit (10)") },
			{ "once", NULL, N_("look once and end") } },
		.run = run_watch,
	},
	{ 0 },
};
