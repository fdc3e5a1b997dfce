// SPDX-License-Identifier: MIT
/*
 * Commands about a session's code review: the comments come in, are matched, and a person confirms.
 */
#include "assess/review_round.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/review_confirm.h"
#include "cli/visit.h"
#include "cli/words.h"
#include "cli/table.h"

#include <string.h>

enum { TEXT_COLUMNS = 60 };

static int run_answer(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 || review_answer(visit.workspace, visit.actor, id, cli->words.item[1], e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s}", "session", id), e);
	return cli_next(cli, e, "assay review show %s", id);
}

static int run_confirm(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0], *file = cli_value(cli, "file");
	bool confirmed = true;

	if (cli->json && !file)
		return err_set(e, ERR_USAGE, _("with --json the decisions come from --file"));
	if (visit_open(&visit, cli, e) < 0 ||
		(file ? review_confirm(visit.workspace, visit.actor, id, file, e)
		      : review_confirm_by_keys(visit.workspace, visit.actor, id, &confirmed, e)) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s}", "session", id), e);
	return confirmed ? cli_next(cli, e, "assay card form %s", id) : cli_next(cli, e, "assay review confirm %s", id);
}

/* --- show ------------------------------------------------------------------------------------------------------- */

static const struct match *match_of(const struct review_view *view, size_t comment)
{
	for (size_t i = 0; i < view->matching.count; i++)
		if (view->matching.item[i].comment == comment)
			return &view->matching.item[i];
	return NULL;
}

static const struct decision *decision_of(const struct review_view *view, const char *comment)
{
	for (size_t i = 0; view->confirmed && i < view->decisions.count; i++)
		if (strcmp(view->decisions.item[i].comment, comment) == 0)
			return &view->decisions.item[i];
	return NULL;
}

static struct json *comment_json(const struct review_view *view, size_t index)
{
	const struct comment *comment = &view->comments.item[index];
	const struct match *match = match_of(view, index);
	const struct decision *decision = decision_of(view, comment->id);

	return json_pack_new("{s:s, s:s?, s:i, s:s, s:s?, s:s?, s:i, s:s?, s:s?}", "id", comment->id, "file", comment->file,
		"line", comment->line, "text", comment->text, "band", match ? match_band_name(match->band) : NULL, "flaw",
		match ? view->flaws.item[match->flaw].id : NULL, "score", match ? match->total : 0, "rest",
		match ? NULL : match_rest_name(view->matching.rest[index]), "decided",
		decision ? decided_as_name(decision->as) : NULL);
}

static struct json *review_json(const struct review_view *view)
{
	struct json *comments = json_new_array(), *missed = json_from_strings(&view->findings.missed_ids);

	for (size_t i = 0; i < view->comments.count; i++)
		json_append_take(&comments, comment_json(view, i));
	return json_pack_new("{s:s, s:b, s:b, s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:o}", "task", view->task, "answered",
		view->answered, "confirmed", view->confirmed, "planted", view->findings.all.planted, "found",
		view->findings.all.found, "proposed", view->findings.proposed, "please_check", view->findings.to_check,
		"real", view->findings.real, "wrong", view->findings.wrong, "missed", missed, "comments", comments);
}

static void add_comment(struct table *table, const struct review_view *view, size_t index)
{
	const struct comment *comment = &view->comments.item[index];
	const struct match *match = match_of(view, index);
	const struct decision *decision = decision_of(view, comment->id);

	table_add(table, comment->id);
	if (comment->file)
		table_addf(table, comment->line ? "%s:%d" : "%s", comment->file, comment->line);
	else
		table_add(table, NULL);
	if (match)
		table_addf(table, "%s (%d)", view->flaws.item[match->flaw].id, match->total);
	else
		table_add(table, NULL);
	table_add(table, match ? match->band == BAND_PROPOSED ? _("proposed") : _("please check")
			       : words_rest(view->matching.rest[index]));
	table_add(table, decision ? decided_as_title(decision->as) : NULL);
	table_add_cut(table, comment->text, TEXT_COLUMNS);
}

static int print_review(const struct review_view *view, struct err *e)
{
	AUTO_TABLE struct table table = { 0 };
	AUTO_FREE char *sum = NULL;

	table_start(&table, _("Comment"), _("Place"), _("Flaw"), _("Match"), _("Decision"), _("Text"), NULL);
	for (size_t i = 0; i < view->comments.count; i++)
		add_comment(&table, view, i);
	if (table_print(&table, view->answered ? _("The answer has no comment.") : _("No answer yet."), e) < 0)
		return -1;
	sum = view->confirmed
		      ? mem_format(e, _("\n%d of %d found, %d real ones besides, %d wrong claims.\n"), view->findings.all.found,
				view->findings.all.planted, view->findings.real, view->findings.wrong)
		      : mem_format(e, _("\n%d proposed, %d to check, of %d planted. Nothing counts before a person confirmed it.\n"),
				view->findings.proposed, view->findings.to_check, view->findings.all.planted);
	return sum ? cli_print(sum, e) : -1;
}

/* For the candidate to write into. */
static int print_change(const struct cli *cli, const char *id, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_FREE char *change = NULL;

	if (visit_open(&visit, cli, e) < 0 || review_change(&change, visit.workspace, id, e) < 0)
		return -1;
	return cli->json ? cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "change", change), e)
			 : cli_print(change, e);
}

static int run_show(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_REVIEW_VIEW struct review_view view = { 0 };
	const char *id = cli->words.item[0];

	if (cli_flag(cli, "annotate"))
		return print_change(cli, id, e);
	if (visit_open(&visit, cli, e) < 0 || review_view(&view, visit.workspace, visit.actor, id, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(review_json(&view), e);
	if (print_review(&view, e) < 0)
		return -1;
	return view.confirmed ? cli_next(cli, e, "assay card mark %s --file CARD.json", id)
			      : cli_next(cli, e, "assay review confirm %s", id);
}

const struct command commands_review[] = {
	{
		.noun = "review",
		.verb = "answer",
		.words = "SESSION FILE",
		.min_words = 2,
		.max_words = 2,
		.summary = N_("take a candidate's comments as the answer"),
		.about = N_("FILE is a comments.json, or a change with comments written into it. 'assay session next' and 'end' take "
			    "them out of the kit by themselves; this is for those that came another way."),
		.example = "assay review answer S-7Q2K comments.json",
		.run = run_answer,
	},
	{
		.noun = "review",
		.verb = "show",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("show the comments and what they match"),
		.about = N_("With --annotate the change itself is printed, for somebody to write comments into: lines that start "
			    "with \"#>\" below the line that they are about. It holds nothing hidden; 'review answer' takes it back."),
		.example = "assay review show S-7Q2K\nassay review show S-7Q2K --annotate >change.diff",
		.options = { { "annotate", NULL, N_("print the change to write comments into") } },
		.run = run_show,
	},
	{
		.noun = "review",
		.verb = "confirm",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("confirm, change or reject the matches"),
		.about = N_("Asks for every comment what it is, one key each: planted (with its flaw, whole or half), real, duplicate, "
			    "taste, question or wrong. Each answer is kept at once: s stops, the next call goes on. With --file the "
			    "decisions are read; the person named in it stands for them."),
		.example = "assay review confirm S-7Q2K --as ines\nassay review confirm S-7Q2K --file decisions.json",
		.options = { { "file", "FILE", N_("the decisions (tasks/README.md)") } },
		.run = run_confirm,
	},
	{ 0 },
};
