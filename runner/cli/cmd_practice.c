// SPDX-License-Identifier: MIT
/*
 * `assay practice`: for candidates, before there is an interview.
 */
#include "assess/practice.h"
#include "base/i18n.h"
#include "base/places.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/practice_terminal.h"
#include "cli/table.h"

#include <string.h>

static const char *directory(const struct cli *cli)
{
	const char *dir = cli_value(cli, "dir");

	return dir && *dir ? dir : "assay-practice";
}

static const char *state_word(const char *state)
{
	return strcmp(state, "done") == 0 ? _("done") : strcmp(state, "begun") == 0 ? _("begun") : _("new");
}

static int print_list(struct cli *cli, const char *root, struct err *e)
{
	AUTO_JSON struct json *list = NULL;
	AUTO_TABLE struct table table = { 0 };
	struct json_at rows;

	if (practice_list(&list, root, directory(cli), e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(take_ptr(&list), e);
	rows = json_value_root(list);
	table_start(&table, "assay practice …", _("What"), _("Minutes"), _("State"), NULL);
	for (size_t i = 0; i < json_count(&rows); i++) {
		struct json_at row = json_element(&rows, i);

		table_add(&table, json_get_string(&row, "what", ""));
		table_add(&table, json_get_string(&row, "title", ""));
		table_addf(&table, "%lld", json_get_integer(&row, "minutes", 0));
		table_add(&table, state_word(json_get_string(&row, "state", "")));
	}
	return table_print(&table, _("Nothing to practise."), e) < 0 ? -1 : cli_next(cli, e, "assay practice conversation");
}

/* The command that goes on, or begins another. */
static int print_next(struct cli *cli, const struct json *summary, struct err *e)
{
	struct json_at at = json_value_root(summary);
	bool done = strcmp(json_get_string(&at, "state", ""), "done") == 0;
	const char *dir = cli_value(cli, "dir");

	return cli_next(cli, e, "assay practice%s%s%s%s", done ? "" : " ", done ? "" : json_get_string(&at, "what", ""),
		dir ? " --dir " : "", dir ? dir : "");
}

static int run_practice(struct cli *cli, struct err *e)
{
	AUTO_INTERRUPT struct interrupt interrupt = { .fd = -1 };
	AUTO(practice_terminal_done) struct practice_terminal terminal = { 0 };
	AUTO_FREE char *root = NULL;
	AUTO_JSON struct json *summary = NULL;
	struct practice_mouth mouth;
	struct practice_order order = { .dir = directory(cli), .again = cli_flag(cli, "again"),
		.allow_sampled = cli_flag(cli, "allow-sampled") };

	if (places_bundled(&root, e) < 0)
		return -1;
	if (cli->words.count == 0)
		return print_list(cli, root, e);
	if (interrupt_begin(&interrupt, e) < 0 ||
		practice_terminal_open(&terminal, cli->json ? stderr : stdout, interrupt.fd, e) < 0)
		return -1;
	mouth = practice_terminal_mouth(&terminal);
	order.root = root;
	order.what = cli->words.item[0];
	order.mouth = &mouth;
	if (practice(&summary, &order, e) < 0)
		return -1;
	return cli->json ? cli_print_json_take(take_ptr(&summary), e) : print_next(cli, summary, e);
}

const struct command commands_practice[] = {
	{
		.noun = "practice",
		.words = "[TASK|conversation]",
		.max_words = 1,
		.summary = N_("practise for an interview, alone and offline"),
		.about = N_("For candidates. Without a word it lists what there is: a technical conversation, one with a team, coding, "
			    "design and review, on tasks that no interview uses. Questions come one by one with a clock, answers are "
			    "typed, pasted or read from a file; then you mark them against the anchors, see sample answers and what to "
			    "improve, and get a follow-up mail drafted from your own answers. Everything stays in one directory; after a "
			    "break or a crash the same command goes on."),
		.example = "assay practice\n"
			   "assay practice conversation --lang de\n"
			   "assay practice coding --dir ~/interview-practice\n"
			   "assay practice review --json <answers.txt >summary.json",
		.options = {
			{ "dir", "DIR", N_("where it is kept (default: ./assay-practice)") },
			{ "again", NULL, N_("begin anew; what is there is kept beside it") },
			{ "allow-sampled", NULL, N_("where limits can't be enforced, watch them from outside") },
		},
		.run = run_practice,
	},
	{ 0 },
};
