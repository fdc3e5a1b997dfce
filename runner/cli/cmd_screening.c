// SPDX-License-Identifier: MIT
/*
 * `assay screening`: a table out, a table back in.
 */
#include "assess/screening.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/sheets.h"
#include "cli/visit.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* --- sheet ------------------------------------------------------------------------------------------------------ */

/* What spreadsheets of that language expect, unless another is asked for. */
static int read_separator(const struct cli *cli, char *out, struct err *e)
{
	static const struct {
		const char *name;
		char separator;
	} names[] = { { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' } };
	const char *asked = cli_value(cli, "separator");

	if (!asked) {
		*out = i18n_language() == LANGUAGE_DE ? ';' : ',';
		return 0;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(names[i].name, asked) == 0) {
			*out = names[i].separator;
			return 0;
		}
	}
	return err_set(e, ERR_USAGE, _("'%.40s' separates nothing: there are comma, semicolon and tab"), asked);
}

/* A sheet may hold a day's work: one that is there is never written over. For its owner alone: it has names and wishes. */
static int write_sheet(const char *file, const char *csv, struct err *e)
{
	if (fs_exists(AT_FDCWD, file))
		return err_set(e, ERR_CONFLICT, _("%s is there already: take it, or name another with -o"), file);
	return fs_write(AT_FDCWD, file, csv, strlen(csv), 0600, e);
}

static int run_sheet(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_FREE char *csv = NULL;
	AUTO_FREE char *position = NULL;
	AUTO_FREE char *word = NULL;
	const char *output = cli_value(cli, "output");
	char separator = ',';

	if (read_separator(cli, &separator, e) < 0 || visit_open(&visit, cli, e) < 0 ||
		screening_sheet(&csv, &position, visit.workspace, visit.actor, cli->words.count ? cli->words.item[0] : NULL,
			cli_value(cli, "stage"), separator, e) < 0)
		return -1;
	if (!output && !cli->json && isatty(STDOUT_FILENO))
		return err_set(e, ERR_USAGE, _("a sheet is for a spreadsheet: -o FILE writes it to a file"));
	if (!output)
		return cli->json ? cli_print_json_take(json_pack_new("{s:s, s:s}", "position", position, "csv", csv), e)
				 : cli_print(csv, e);
	if (write_sheet(output, csv, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:o}", "position", position, "file",
			json_clean(output, strlen(output))), e);
	word = cli_word(output, e);
	return !word ? -1 : cli_next(cli, e, "assay screening take %s --position %s", word, position);
}

/* --- take ------------------------------------------------------------------------------------------------------- */

static struct json *report_json(const struct screening_report *report)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < report->count; i++)
		json_append_take(&list, json_pack_new("{s:s, s:s, s:s?, s:s?}", "candidate", report->item[i].candidate, "what",
			report->item[i].what, "before", report->item[i].before, "after", report->item[i].after));
	return json_pack_new("{s:s, s:o}", "position", report->position, "changes", list);
}

static int print_report(const struct screening_report *report, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < report->count; i++) {
		const struct screened *s = &report->item[i];

		text_addf(&t, "%s  %s: ", s->candidate, s->what);
		text_add_visible(&t, s->before ? s->before : "–", true);
		text_add(&t, " → ");
		text_add_visible(&t, s->after ? s->after : "–", true);
		text_add(&t, "\n");
	}
	if (!report->count)
		text_add(&t, _("Nothing in the sheet has changed.\n"));
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static int run_take(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_SCREENING_REPORT struct screening_report report = { 0 };
	const char *file = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 ||
		screening_take(&report, visit.workspace, visit.actor, file, cli_value(cli, "position"), e) < 0)
		return -1;
	if (report.mistakes.count)
		return sheets_refuse(cli, &report.mistakes, file, e);
	if (cli->json)
		return cli_print_json_take(report_json(&report), e);
	if (print_report(&report, e) < 0)
		return -1;
	return cli_next(cli, e, "assay pipeline %s", report.position);
}

const struct command commands_screening[] = {
	{
		.noun = "screening",
		.verb = "sheet",
		.words = "[POSITION]",
		.max_words = 1,
		.summary = N_("write the screening of a position as a table for a spreadsheet"),
		.about = N_("A row for each open application: source, salary expectation, notice with the earliest start that "
			    "follows, languages, and a column for every requirement, to be answered with yes, partly or no, and "
			    "behind a colon where that is from: 'yes: CV, page 2'. The file holds names and wishes: keep it so."),
		.example = "assay screening sheet senior-backend-engineer -o screening.csv",
		.options = { { "output", "FILE", N_("write it there, never over one that is there; -o for short") },
			{ "stage", "STAGE", N_("of this stage (the first)") },
			{ "separator", "NAME", N_("comma, semicolon or tab (what the language's spreadsheets take)") } },
		.run = run_sheet,
	},
	{
		.noun = "screening",
		.verb = "take",
		.words = "FILE",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("take a screening sheet back, all or nothing"),
		.about = N_("Rows and columns may stand in any order or be missing; what is as it was says nothing. Mistakes are "
			    "told by row and column. Nobody moves by this: see 'assay candidate move' and 'reject'."),
		.example = "assay screening take screening.csv --position senior-backend-engineer",
		.options = { { "position", "POSITION", N_("whose sheet it is (the only one there is)") } },
		.run = run_take,
	},
	{ 0 },
};
