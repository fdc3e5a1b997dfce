// SPDX-License-Identifier: MIT
/*
 * What a panel reads: scorecard and compare.
 */
#include "assess/panel.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/visit.h"
#include "report/report.h"

#include <fcntl.h>
#include <string.h>

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_HTML };

static int read_format(const struct cli *cli, enum format *out, struct err *e)
{
	static const char *const words[] = { "text", "json", "html" };
	const char *asked = cli_value(cli, "format");

	if (!asked) {
		*out = cli->json ? FORMAT_JSON : FORMAT_TEXT;
		return 0;
	}
	for (int i = 0; i < 3; i++) {
		if (strcmp(words[i], asked) == 0) {
			*out = (enum format)i;
			return 0;
		}
	}
	return err_set(e, ERR_USAGE, _("there is no format '%s': text, json and html are the ones"), asked);
}

static struct report_style style_of(const struct cli *cli)
{
	return (struct report_style){ .columns = cli_columns(), .language = i18n_language(),
		.brief = cli_flag(cli, "brief") };
}

/* To the file of --output, whole, or to standard output. */
static int deliver(const struct cli *cli, const char *bytes, struct err *e)
{
	const char *file = cli_value(cli, "output");

	return file ? fs_write(AT_FDCWD, file, bytes, strlen(bytes), 0644, e) : cli_print(bytes, e);
}

static int run_scorecard(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_SCORECARD struct scorecard *card = NULL;
	AUTO_FREE char *bytes = NULL;
	struct report_style style = style_of(cli);
	enum format format;
	int failed;

	if (read_format(cli, &format, e) < 0 || visit_open(&visit, cli, e) < 0 ||
		panel_scorecard(&card, visit.workspace, visit.actor, cli->words.item[0], e) < 0)
		return -1;
	if (format == FORMAT_TEXT) {
		failed = report_scorecard_text(&bytes, card, &style, e);
	} else if (format == FORMAT_HTML) {
		failed = report_scorecard_html(&bytes, card, &style, e);
	} else {
		AUTO_JSON struct json *value = scorecard_json(card);

		failed = json_render(value, JSON_STYLE_SHOWN, &bytes, e);
	}
	if (failed < 0 || deliver(cli, bytes, e) < 0)
		return -1;
	return format == FORMAT_TEXT ? cli_next(cli, e, "assay compare %s --stage %s", card->position, card->stage) : 0;
}

static int print_waiting(const struct strings *waiting, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < waiting->count; i++) {
		text_add(&t, i ? "" : "\n");
		text_add_visible(&t, waiting->item[i], true);
		text_add(&t, "\n");
	}
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static int run_compare(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_PANEL_COMPARISON struct panel_comparison comparison = { 0 };
	AUTO_FREE char *bytes = NULL;
	struct report_style style = style_of(cli);
	enum format format;
	int failed;

	if (read_format(cli, &format, e) < 0 || visit_open(&visit, cli, e) < 0 ||
		panel_compare(&comparison, visit.workspace, visit.actor, cli->words.item[0], cli_value(cli, "stage"), e) < 0)
		return -1;
	if (format == FORMAT_TEXT) {
		failed = report_comparison_text(&bytes, comparison.table, &style, e);
	} else if (format == FORMAT_HTML) {
		failed = report_comparison_html(&bytes, comparison.table, &style, e);
	} else {
		AUTO_JSON struct json *value = comparison_json(comparison.table);

		failed = json_render(value, JSON_STYLE_SHOWN, &bytes, e);
	}
	if (failed < 0 || deliver(cli, bytes, e) < 0)
		return -1;
	if (format != FORMAT_TEXT || cli_value(cli, "output"))
		return 0;
	return print_waiting(&comparison.waiting, e) < 0
		? -1
		: cli_next(cli, e, "assay decide CANDIDATE STAGE|offer|reject --reason WHY");
}

const struct command commands_panel[] = {
	{
		.noun = "scorecard",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("sum a session up: marks side by side, evidence, pins"),
		.example = "assay scorecard S-7Q2K\nassay scorecard S-7Q2K --format html --output berg.html",
		.options = { { "format", "FORMAT", N_("text, json or html") },
			{ "output", "FILE", N_("write it there, whole or not at all") },
			{ "brief", NULL, N_("without the interviewers' own words") } },
		.run = run_scorecard,
	},
	{
		.noun = "compare",
		.words = "POSITION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("put the scorecards of a position side by side"),
		.about = N_("Only revealed cards are in it. The columns stand in the order of the names; scorecards whose pins "
			    "differ are shown with the field that differs."),
		.example = "assay compare senior-backend-engineer --stage technical",
		.options = { { "stage", "STAGE", N_("the stage (the only one with a plan, or with sessions)") },
			{ "format", "FORMAT", N_("text, json or html") },
			{ "output", "FILE", N_("write it there, whole or not at all") } },
		.run = run_compare,
	},
	{ 0 },
};
