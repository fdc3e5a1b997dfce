// SPDX-License-Identifier: MIT
/*
 * Commands about a session's clock: started when the candidate has read the notice, paused, given more time.
 */
#include "assess/session_clock.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/visit.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* --- start ------------------------------------------------------------------------------------------------------ */

/* Asks whoever sits at the terminal. False for every answer but the word that is asked for. */
static bool ask(void)
{
	/* In both languages, whichever is spoken: nobody is to look for the one word that counts. */
	static const char *const words[] = { "yes", "ja" };
	char line[32];

	printf("\n%s ", _("Has the candidate read this and agreed? Type 'yes' to start:"));
	fflush(stdout);
	if (!fgets(line, sizeof(line), stdin))
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasecmp(line, words[i]) == 0)
			return true;
	return false;
}

static int show_notice(char **shown, struct visit *visit, const char *id, struct err *e)
{
	AUTO_OUTLINE struct outline outline = { 0 };
	const struct report_style style = { .columns = cli_columns(), .language = i18n_language() };

	if (session_notice(&outline, visit->workspace, id, e) < 0)
		return -1;
	return outline_text(shown, &outline, &style, e);
}

static int run_start(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_FREE char *shown = NULL;
	const char *id = cli->words.item[0];
	bool acknowledged = cli_flag(cli, "acknowledged");

	if (visit_open(&visit, cli, e) < 0 || show_notice(&shown, &visit, id, e) < 0)
		return -1;
	if (!cli->json && cli_print(shown, e) < 0)
		return -1;
	if (!acknowledged && !cli->json && isatty(STDIN_FILENO))
		acknowledged = ask();
	if (!acknowledged)
		return err_set(e, ERR_USAGE,
			_("nothing was started: show the candidate the notice, then say --acknowledged"));
	if (session_start(visit.workspace, visit.actor, id, shown, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(
			json_pack_new("{s:s, s:s, s:s}", "session", id, "state", "running", "acknowledged", shown), e);
	return cli_print("\n", e) < 0 ? -1 : cli_next(cli, e, "assay session next %s --kit DIR", id);
}

/* --- pause, more time ------------------------------------------------------------------------------------------- */

static int print_clock(const struct cli *cli, const struct visit *visit, const char *id, struct err *e)
{
	struct session_clock clock;
	AUTO_FREE char *line = NULL;

	if (session_clock(&clock, visit->workspace, id, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:b, s:I, s:I, s:I}", "session", id, "paused", clock.paused, "part",
			(long long)clock.part, "minutes", (long long)clock.minutes, "left_ms", (long long)clock.left_ms), e);
	if (!clock.part)
		return 0;
	line = mem_format(e, _("%lld of %lld minutes are left.\n"), (long long)(clock.left_ms + 59999) / 60000,
		(long long)clock.minutes);
	return line ? cli_print(line, e) : -1;
}

static int run_pause(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 ||
		session_pause(visit.workspace, visit.actor, id, cli_value(cli, "reason"), e) < 0 ||
		print_clock(cli, &visit, id, e) < 0)
		return -1;
	return cli_next(cli, e, "assay session resume %s", id);
}

static int run_resume(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 || session_resume(visit.workspace, visit.actor, id, e) < 0 ||
		print_clock(cli, &visit, id, e) < 0)
		return -1;
	return cli_next(cli, e, "assay session next %s --kit DIR", id);
}

static int run_extend(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0];
	long long minutes;

	if (!text_to_integer(cli->words.item[1], 1, 240, &minutes))
		return err_set(e, ERR_USAGE, _("'%s' is no number of minutes from 1 to 240"), cli->words.item[1]);
	if (visit_open(&visit, cli, e) < 0 ||
		session_extend(visit.workspace, visit.actor, id, (int)minutes, cli_value(cli, "reason"), e) < 0 ||
		print_clock(cli, &visit, id, e) < 0)
		return -1;
	return cli_next(cli, e, "assay session next %s --kit DIR", id);
}

const struct command commands_session_clock[] = {
	{
		.noun = "session",
		.verb = "start",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("show the candidate the notice and start the clock"),
		.about = N_("The notice says what is recorded, who reads it and which aids are allowed. It is kept as it was shown, "
			    "with who said that the candidate acknowledged it. Nothing starts without."),
		.example = "assay session start S-7Q2K\nassay session start S-7Q2K --acknowledged",
		.options = { { "acknowledged", NULL, N_("the candidate has read the notice and agreed") } },
		.run = run_start,
	},
	{
		.noun = "session",
		.verb = "pause",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("stop the clock for a while"),
		.example = "assay session pause S-7Q2K --reason 'fire drill'",
		.options = { { "reason", "TEXT", N_("why; kept") } },
		.run = run_pause,
	},
	{
		.noun = "session",
		.verb = "resume",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("let a paused clock run again"),
		.example = "assay session resume S-7Q2K",
		.run = run_resume,
	},
	{
		.noun = "session",
		.verb = "extend",
		.words = "SESSION MINUTES",
		.min_words = 2,
		.max_words = 2,
		.summary = N_("give the running part more time"),
		.example = "assay session extend S-7Q2K 5 --reason 'the projector failed'",
		.options = { { "reason", "TEXT", N_("why; kept, since others had less time") } },
		.run = run_extend,
	},
	{ 0 },
};
