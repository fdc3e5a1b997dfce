// SPDX-License-Identifier: MIT
/*
 * Letters to candidates, and how long what was kept of them stays.
 */
#include "assess/letters.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "cli/visit.h"
#include "cli/words.h"

#include <fcntl.h>
#include <string.h>

static int read_order(struct letter_order *order, const struct cli *cli, struct err *e)
{
	const char *language = cli_value(cli, "in");

	order->language = i18n_language();
	order->position = cli_value(cli, "position");
	if (language && !language_parse(language, &order->language))
		return err_set(e, ERR_USAGE, _("letters are written --in de or en, not %.20s"), language);
	return letter_kind_parse(&order->kind, cli->words.item[0], e);
}

/* --- write ------------------------------------------------------------------------------------------------------ */

/* Written before any of them is put anywhere: all or none. */
static int write_all(struct strings *letters, struct visit *visit, const struct cli *cli, struct letter_order *order,
	struct err *e)
{
	for (size_t i = 1; i < cli->words.count; i++) {
		char *text = NULL;

		order->candidate = cli->words.item[i];
		if (letter_write(&text, visit->workspace, visit->actor, order, e) < 0)
			return err_wrap(e, "%s", order->candidate);
		if (strings_take(letters, text, e) < 0)
			return -1;
	}
	return 0;
}

static int put_files(const struct strings *letters, const struct cli *cli, const char *dir, struct err *e)
{
	AUTO_TEXT struct text paths = { 0 };

	for (size_t i = 0; i < letters->count; i++) {
		AUTO_FREE char *name = mem_format(e, "%s-%s.txt", cli->words.item[0], cli->words.item[i + 1]);
		AUTO_FREE char *path = name ? fs_join(dir, name, e) : NULL;

		if (!path || fs_write(AT_FDCWD, path, letters->item[i], strlen(letters->item[i]), 0600, e) < 0)
			return -1;
		text_addf(&paths, "%s\n", path);
	}
	return paths.failed ? err_memory(e) : cli_print(text_bytes(&paths), e);
}

static int show(const struct strings *letters, struct err *e)
{
	for (size_t i = 0; i < letters->count; i++)
		if ((i && cli_print("\n\f\n", e) < 0) || cli_print(letters->item[i], e) < 0)
			return -1;
	return cli_print("\n", e);
}

/* When they have gone: today, most likely. */
static int next_is_sent(const struct cli *cli, const struct letter_order *order, struct err *e)
{
	AUTO_TEXT struct text who = { 0 };
	char today[32];

	for (size_t i = 1; i < cli->words.count; i++) {
		text_add(&who, " ");
		cli_add_word(&who, cli->words.item[i]);
	}
	if (order->position) {
		text_add(&who, " --position ");
		cli_add_word(&who, order->position);
	}
	date_render_local(clock_now_ms(), LANGUAGE_EN, today);
	today[strcspn(today, " ")] = '\0';
	return who.failed ? err_memory(e)
			  : cli_next(cli, e, "assay letter sent %s%s --on %s", cli->words.item[0], text_bytes(&who), today);
}

static int run_write(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STRINGS struct strings letters = { 0 };
	struct letter_order order = { 0 };
	const char *dir = cli_value(cli, "to");

	order.company = cli_value(cli, "company");
	order.zone = cli_value(cli, "zone");
	if (read_order(&order, cli, e) < 0 || visit_open(&visit, cli, e) < 0 || write_all(&letters, &visit, cli, &order, e) < 0)
		return -1;
	if (dir && !cli->json && put_files(&letters, cli, dir, e) < 0)
		return -1;
	/* Last: a command that fails has changed nothing that is remembered. */
	if (order.company && letters_set_company(visit.workspace, visit.actor, order.company, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(
			json_pack_new("{s:s, s:o}", "kind", letter_kind_name(order.kind), "letters", json_from_strings(&letters)), e);
	if (!dir && show(&letters, e) < 0)
		return -1;
	return next_is_sent(cli, &order, e);
}

/* --- sent ------------------------------------------------------------------------------------------------------- */

static int run_sent(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_FREE char *midnight = NULL;
	struct letter_order order = { 0 };
	const char *on;
	int64_t on_ms;

	if (read_order(&order, cli, e) < 0 || cli_required(cli, "on", &on, e) < 0 || !(midnight = mem_format(e, "%sT00:00", on)))
		return -1;
	if (date_parse(midnight, &on_ms, e) < 0)
		return err_set(e, ERR_USAGE, _("'%.40s' is no day: write 2026-12-24"), on);
	if (visit_open(&visit, cli, e) < 0 || letters_sent(visit.workspace, visit.actor, &order,
		(const char *const *)cli->words.item + 1, cli->words.count - 1, on_ms, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:I}", "kind", letter_kind_name(order.kind), "on_ms",
			(long long)on_ms), e);
	return cli_next(cli, e, "assay retention list");
}

/* --- templates -------------------------------------------------------------------------------------------------- */

static int run_templates(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STRINGS struct strings written = { 0 };
	AUTO_TEXT struct text t = { 0 };

	if (visit_open(&visit, cli, e) < 0 || letters_lay_templates(&written, visit.workspace, visit.actor, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:o}", "written", json_from_strings(&written)), e);
	for (size_t i = 0; i < written.count; i++)
		text_addf(&t, "%s\n", written.item[i]);
	if (!written.count)
		text_add(&t, _("All templates are there already; change them as you like.\n"));
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

/* --- retention -------------------------------------------------------------------------------------------------- */

static struct json *retentions_json(const struct retentions *list)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < list->count; i++)
		json_append_take(&array, json_pack_new("{s:s, s:s, s:s, s:I, s:I}", "candidate", list->item[i].candidate, "position",
			list->item[i].position, "state", application_state_name(list->item[i].state), "sent_ms",
			(long long)list->item[i].sent_ms, "due_ms", (long long)list->item[i].due_ms));
	return array;
}

static void add_day(struct table *table, int64_t ms, const char *none)
{
	char day[32];

	if (!ms) {
		table_add(table, none);
		return;
	}
	date_render_local(ms, i18n_language(), day);
	day[strcspn(day, " ")] = '\0';
	table_add(table, day);
}

static int run_retention(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_RETENTIONS struct retentions list = { 0 };
	AUTO_TABLE struct table table = { 0 };

	if (visit_open(&visit, cli, e) < 0 || retention_list(&list, visit.workspace, visit.actor, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(retentions_json(&list), e);
	table_start(&table, _("Candidate"), _("Position"), _("State"), _("Letter"), _("To be erased"), NULL);
	for (size_t i = 0; i < list.count; i++) {
		table_add(&table, list.item[i].candidate);
		table_add(&table, list.item[i].position);
		table_add(&table, application_state_title(list.item[i].state));
		add_day(&table, list.item[i].sent_ms, _("not sent"));
		add_day(&table, list.item[i].due_ms, _("no clock runs"));
	}
	return table_print(&table, _("No application is closed."), e);
}

const struct command commands_letter[] = {
	{
		.noun = "letter",
		.verb = "write",
		.words = "KIND CANDIDATE…",
		.min_words = 2,
		.max_words = 500,
		.summary = N_("write a letter to one candidate or to many"),
		.about = N_("KIND is invitation, confirmation, rejection, offer or thanks. It is shown, or written into files with --to; "
			    "sending is yours. Templates of your own lie in the workspace: 'assay letter templates' writes them."),
		.example = "assay letter write invitation C-7Q2K --company 'Muster GmbH' --as hanna\n"
			   "assay letter write rejection C-7Q2K C-9XYZ --in de --to letters --as hanna",
		.options = { { "in", "de|en", N_("the letter's language (yours)") },
			{ "to", "DIR", N_("write files there: KIND-CANDIDATE.txt") },
			{ "company", "NAME", N_("whose letter it is: remembered") },
			{ "zone", "ZONE", N_("the time zone of the date in it (this machine's)") },
			{ "position", "POSITION", N_("what the candidate applies for (the only one)") } },
		.run = run_write,
	},
	{
		.noun = "letter",
		.verb = "sent",
		.words = "KIND CANDIDATE…",
		.min_words = 2,
		.max_words = 500,
		.summary = N_("say that letters were sent"),
		.about = N_("With a rejection's letter the time begins after which what was kept is due to be erased: 'assay retention "
			    "list' shows it."),
		.example = "assay letter sent rejection C-7Q2K --on 2026-12-24 --as hanna",
		.options = { { "on", "DATE", N_("the day, as 2026-12-24") },
			{ "in", "de|en", N_("the letter's language (yours)") },
			{ "position", "POSITION", N_("what the candidate applied for (the only one)") } },
		.run = run_sent,
	},
	{
		.noun = "letter",
		.verb = "templates",
		.words = "",
		.summary = N_("write the letters' templates into the workspace, to be changed"),
		.about = N_("Names in braces are put in: {name}, {position}, {company}, {sender}, {today}, and of the session {when}, "
			    "{minutes}, {place}, {interviewers}, {parts}. Templates that are there stay as they are."),
		.example = "assay letter templates --as hanna",
		.run = run_templates,
	},
	{
		.noun = "retention",
		.verb = "list",
		.words = "",
		.summary = N_("list closed applications and when they are due to be erased"),
		.about = N_("The time runs from the day on which a rejection was sent, or the application withdrawn, for as many months as "
			    "the stage says. Erasing itself is a person's work."),
		.example = "assay retention list --as hanna",
		.run = run_retention,
	},
	{ 0 },
};
