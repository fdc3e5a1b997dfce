// SPDX-License-Identifier: MIT
/*
 * Commands about cards: marked alone, sealed, revealed together.
 */
#include "assess/marking.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/editor.h"
#include "cli/visit.h"
#include "cli/table.h"
#include "score/card_form.h"

#include <fcntl.h>
#include <string.h>

/* --- mark ------------------------------------------------------------------------------------------------------- */

/* 1 to 4, or "none" for not observed. */
static int read_mark(const char *word, int *mark, struct err *e)
{
	long long number;

	if (strcmp(word, "none") == 0) {
		*mark = MARK_NOT_OBSERVED;
		return 0;
	}
	if (!text_to_integer(word, MARK_MIN, MARK_MAX, &number))
		return err_set(e, ERR_USAGE, _("a mark is 1, 2, 3, 4 or 'none' for not observed, not '%s'"), word);
	*mark = (int)number;
	return 0;
}

static int mark_one(const struct cli *cli, struct visit *visit, struct err *e)
{
	const char *evidence = cli_value(cli, "evidence");
	int mark = MARK_NOT_OBSERVED;

	if (cli->words.count != 3)
		return err_set(e, ERR_USAGE, _("type SESSION CRITERION MARK, or SESSION --file CARD.json"));
	if (read_mark(cli->words.item[2], &mark, e) < 0)
		return -1;
	return marking_mark(visit->workspace, visit->actor, cli->words.item[0], cli->words.item[1], mark,
		evidence ? evidence : "", e);
}

static int take_form(struct visit *visit, const char *session, const char *file, bool seal, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if (fs_read(&bytes, &size, AT_FDCWD, file, CARD_FORM_MAX_BYTES, e) < 0)
		return -1;
	return marking_take_form(visit->workspace, visit->actor, session, file, bytes, size, seal, e);
}

static int run_form(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_FREE char *form = NULL;
	const char *id = cli->words.item[0], *file = cli_value(cli, "output");

	if (visit_open(&visit, cli, e) < 0 || marking_form(&form, visit.workspace, visit.actor, id, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "form", form), e);
	if (!file)
		return cli_print(form, e);
	if (fs_write(AT_FDCWD, file, form, strlen(form), 0600, e) < 0)
		return -1;
	return cli_next(cli, e, "assay card mark %s --form %s", id, file);
}

/* After one's own marks: what points and findings say, where that is something else. */
static int print_suggestions(struct visit *visit, const char *session, struct err *e)
{
	AUTO_MARKING_SUGGESTIONS struct marking_suggestions all = { 0 };
	AUTO_TEXT struct text t = { 0 };

	if (marking_suggest(&all, visit->workspace, visit->actor, session, e) < 0)
		return -1;
	for (size_t i = 0; i < all.count; i++)
		if (all.item[i].own != all.item[i].suggested)
			text_addf(&t, _("%s: your mark is %d; by points or findings it would be %d\n"), all.item[i].criterion,
				all.item[i].own, all.item[i].suggested);
	if (t.length)
		text_add(&t, _("You may change a mark; that it was changed after this is kept.\n"));
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static int run_edit(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_FREE char *path = NULL;
	const char *id = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 ||
		marking_draft(&path, visit.workspace, visit.actor, id, cli_flag(cli, "fresh"), e) < 0)
		return -1;
	if (editor_run(path, e) < 0 || marking_draft_take(visit.workspace, visit.actor, id, e) < 0)
		return err_wrap(e, _("nothing is lost, 'assay card edit %s' opens it again"), id);
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "interviewer", visit.actor), e);
	return print_suggestions(&visit, id, e) < 0 ? -1 : cli_next(cli, e, "assay card seal %s", id);
}

static int run_mark(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *file = cli_value(cli, "file"), *form = cli_value(cli, "form"), *id = cli->words.item[0];

	if (((file || form) && cli->words.count > 1) || (file && form))
		return err_set(e, ERR_USAGE,
			_("type SESSION CRITERION MARK, or SESSION --file CARD.json, or SESSION --form FORM"));
	if (visit_open(&visit, cli, e) < 0)
		return -1;
	if ((form ? take_form(&visit, id, form, false, e) : file ? marking_take_file(visit.workspace, visit.actor, id, file, e) : mark_one(cli, &visit, e)) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "interviewer", visit.actor), e);
	return cli_next(cli, e, "assay card seal %s", id);
}

/* --- seal, reveal ----------------------------------------------------------------------------------------------- */

static int run_seal(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0], *file = cli_value(cli, "file");

	if (visit_open(&visit, cli, e) < 0 ||
		(file ? take_form(&visit, id, file, true, e) : marking_seal(visit.workspace, visit.actor, id, e)) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s, s:s}", "session", id, "interviewer", visit.actor,
			"state", "sealed"), e);
	return cli_next(cli, e, "assay card reveal %s", id);
}

static int run_reveal(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 || marking_reveal(visit.workspace, visit.actor, id, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "state", "revealed"), e);
	return cli_next(cli, e, "assay scorecard %s", id);
}

/* --- show ------------------------------------------------------------------------------------------------------- */

static const char *state_word(enum card_state state)
{
	return state == CARD_REVEALED ? _("revealed") : state == CARD_SEALED ? _("sealed") : _("draft");
}

static int print_card(const struct card *card, const char *name, const struct rubric *rubric, struct err *e)
{
	AUTO_TABLE struct table table = { 0 };
	AUTO_TEXT struct text head = { 0 };

	text_add_visible(&head, name, true);
	text_addf(&head, ", %s", state_word(card->state));
	if (card->recommendation)
		text_addf(&head, _(", recommendation: %s"), recommendation_title(card->recommendation));
	text_add(&head, "\n");
	table_start(&table, _("Criterion"), _("Mark"), _("Evidence"), NULL);
	for (size_t i = 0; i < card->mark_count; i++) {
		const struct card_mark *mark = &card->marks[i];
		const struct criterion *criterion = rubric_criterion(rubric, mark->criterion);

		table_add(&table, criterion ? localised_text(&criterion->title, i18n_language()) : mark->criterion);
		if (!mark->set)
			table_add(&table, _("open"));
		else if (mark->mark == MARK_NOT_OBSERVED)
			table_add(&table, _("not observed"));
		else
			table_addf(&table, "%d – %s", mark->mark, mark_word(mark->mark));
		table_add(&table, mark->evidence ? mark->evidence : "");
	}
	if (head.failed)
		return err_memory(e);
	return cli_print(text_bytes(&head), e) < 0 || table_print(&table, _("No criterion."), e) < 0 ? -1 : cli_print("\n", e);
}

static int run_show(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_MARKING_VIEW struct marking_view view = { 0 };
	AUTO_JSON struct json *list = json_new_array();
	AUTO_TEXT struct text due = { 0 };

	if (visit_open(&visit, cli, e) < 0 ||
		marking_view(&view, visit.workspace, visit.actor, cli->words.item[0], cli_value(cli, "interviewer"), e) < 0)
		return -1;
	for (size_t i = 0; i < view.count; i++) {
		if (cli->json)
			json_append_take(&list, card_json(view.cards[i]));
		else if (print_card(view.cards[i], view.names[i], view.rubric, e) < 0)
			return -1;
	}
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:o, s:o}", "cards", take_ptr(&list), "due",
			json_from_strings(&view.due)), e);
	for (size_t i = 0; i < view.due.count; i++) {
		text_add(&due, i ? ", " : _("Still due: "));
		text_add_visible(&due, view.due.item[i], true);
	}
	text_add(&due, view.due.count ? "\n" : "");
	return due.failed ? err_memory(e) : cli_print(text_bytes(&due), e);
}

const struct command commands_card[] = {
	{
		.noun = "card",
		.verb = "edit",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("fill your card in with your editor"),
		.about = N_("Opens the form in $EDITOR. A mistake is told with its line, and the next call opens what you typed. What points "
			    "and findings suggest is told for criteria that you have marked, never before."),
		.example = "assay card edit S-7Q2K --as ines",
		.options = { { "fresh", NULL, N_("throw a draft away and begin from the card") } },
		.run = run_edit,
	},
	{
		.noun = "card",
		.verb = "form",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("write your card as a text to fill in"),
		.about = N_("Any editor on any machine will do. The anchors and the evidence so far stand below each criterion. "
			    "'assay card mark --form' takes it back as a draft, 'assay card seal --file' seals it."),
		.example = "assay card form S-7Q2K --as ines --output card.txt\nassay card mark S-7Q2K --form card.txt --as ines",
		.options = { { "output", "FILE", N_("write it there, whole or not at all") } },
		.run = run_form,
	},
	{
		.noun = "card",
		.verb = "mark",
		.words = "SESSION [CRITERION MARK]",
		.min_words = 1,
		.max_words = 3,
		.summary = N_("set one mark of your card, or all from a file"),
		.about = N_("A mark is 1 to 4 by the criterion's anchors, or 'none' when you could not observe it. Marks 1 and 4 "
			    "need --evidence. The candidate may ask to read what you write."),
		.example = "assay card mark S-7Q2K coding-errors 3 --evidence 'unknown ids answer 404' --as ines\n"
			   "assay card mark S-7Q2K --file card.json --as ines",
		.options = { { "evidence", "TEXT", N_("what you saw or heard; the candidate may ask to read it") },
			{ "file", "FILE", N_("a card file (rubrics/README.md)") },
			{ "form", "FILE", N_("a form that 'assay card form' wrote, filled in") } },
		.run = run_mark,
	},
	{
		.noun = "card",
		.verb = "seal",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("seal your card"),
		.about = N_("With --file a form that was filled in elsewhere is taken and sealed at once, or neither."),
		.example = "assay card seal S-7Q2K --as ines\nassay card seal S-7Q2K --file card.txt --as ines",
		.options = { { "file", "FORM", N_("a form that 'assay card form' wrote, filled in") } },
		.run = run_seal,
	},
	{
		.noun = "card",
		.verb = "reveal",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("reveal all cards, once all that are due are sealed"),
		.example = "assay card reveal S-7Q2K --as ines",
		.run = run_reveal,
	},
	{
		.noun = "card",
		.verb = "show",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("show your card, and all once they are revealed"),
		.example = "assay card show S-7Q2K --as ines",
		.options = { { "interviewer", "PERSON", N_("only this person's") } },
		.run = run_show,
	},
	{ 0 },
};
