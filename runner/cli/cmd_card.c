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
#include "report/parts.h"
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
	const char *evidence = cli_value(cli, "evidence"), *reason = cli_value(cli, "reason");
	int mark = MARK_NOT_OBSERVED;

	if (cli->words.count != 3)
		return err_set(e, ERR_USAGE, _("type SESSION CRITERION MARK, or SESSION --file CARD.json"));
	if (read_mark(cli->words.item[2], &mark, e) < 0)
		return -1;
	if (reason)
		return marking_amend(visit->workspace, visit->actor, cli->words.item[0], cli->words.item[1], mark, evidence,
			reason, e);
	return marking_mark(visit->workspace, visit->actor, cli->words.item[0], cli->words.item[1], mark,
		evidence ? evidence : "", e);
}

/* After the reveal; before it the recommendation comes with the form. */
static int recommend(const struct cli *cli, struct visit *visit, const char *word, struct err *e)
{
	for (int level = 1; level <= RECOMMENDATION_LEVELS; level++)
		if (strcmp(word, recommendation_name(level)) == 0)
			return marking_recommend(visit->workspace, visit->actor, cli->words.item[0], level,
				cli_value(cli, "reason"), e);
	return err_set(e, ERR_USAGE, _("a recommendation is strong_no, no, yes or strong_yes, not '%s'"), word);
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
	AUTO_FREE char *word = NULL;
	const char *id = cli->words.item[0], *file = cli_value(cli, "output");

	if (visit_open(&visit, cli, e) < 0 || marking_form(&form, visit.workspace, visit.actor, id, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "form", form), e);
	if (!file)
		return cli_print(form, e);
	if (fs_write(AT_FDCWD, file, form, strlen(form), 0600, e) < 0 || !(word = cli_word(file, e)))
		return -1;
	return cli_next(cli, e, "assay card mark %s --form %s", id, word);
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

/* One way at a time: words, a file, a form, or another recommendation. */
static int check_ways(const struct cli *cli, struct err *e)
{
	const bool has_file = cli_value(cli, "file"), has_form = cli_value(cli, "form"), has_reason = cli_value(cli, "reason"),
		   recommends = cli_value(cli, "recommendation");

	if ((cli->words.count > 1) + has_file + has_form + recommends > 1)
		return err_set(e, ERR_USAGE,
			_("type SESSION CRITERION MARK, or SESSION --file CARD.json, or SESSION --form FORM"));
	if (has_reason && (has_file || has_form))
		return err_set(e, ERR_USAGE, _("after the reveal one mark is changed at a time: SESSION CRITERION MARK --reason TEXT"));
	if (recommends && !has_reason)
		return err_set(e, ERR_USAGE,
			_("--recommendation changes it after the reveal, with --reason; before, it stands in the form"));
	if (recommends && cli_value(cli, "evidence"))
		return err_set(e, ERR_USAGE, _("evidence belongs to a mark: SESSION CRITERION MARK --evidence TEXT"));
	return 0;
}

static int mark_by(const struct cli *cli, struct visit *visit, struct err *e)
{
	const char *file = cli_value(cli, "file"), *form = cli_value(cli, "form"), *word = cli_value(cli, "recommendation");
	const char *id = cli->words.item[0];

	if (form)
		return take_form(visit, id, form, false, e);
	if (file)
		return marking_take_file(visit->workspace, visit->actor, id, file, e);
	return word ? recommend(cli, visit, word, e) : mark_one(cli, visit, e);
}

/* A card that lacks something isn't sealed yet; which marks those are stands in its form. */
static int next_behind_mark(const struct cli *cli, struct visit *visit, const char *id, struct err *e)
{
	AUTO_MARKING_VIEW struct marking_view view = { 0 };
	struct err said = { 0 };

	if (cli_value(cli, "reason"))
		return cli_next(cli, e, "assay scorecard %s", id);
	if (marking_view(&view, visit->workspace, visit->actor, id, visit->actor, e) < 0)
		return -1;
	return cli_next(cli, e,
		view.count == 1 && card_check_complete(view.cards[0], view.rubric, &said) < 0 ? "assay card edit %s"
											      : "assay card seal %s",
		id);
}

static int run_mark(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0];

	if (check_ways(cli, e) < 0 || visit_open(&visit, cli, e) < 0 || mark_by(cli, &visit, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "interviewer", visit.actor), e);
	return next_behind_mark(cli, &visit, id, e);
}

/* Whose cards are due still. */
static int print_due(const struct marking_view *view, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < view->due.count; i++) {
		text_add(&t, i ? ", " : _("Still due: "));
		text_add_visible(&t, view->due.item[i], true);
	}
	text_add(&t, view->due.count ? "\n" : "");
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

/* --- seal, reveal ----------------------------------------------------------------------------------------------- */

/* The reveal, once nobody's card is due any more. */
static int next_behind_seal(const struct cli *cli, struct visit *visit, const char *id, struct err *e)
{
	AUTO_MARKING_VIEW struct marking_view view = { 0 };

	if (marking_view(&view, visit->workspace, visit->actor, id, NULL, e) < 0 || print_due(&view, e) < 0)
		return -1;
	return view.due.count ? cli_next(cli, e, "assay card show %s", id) : cli_next(cli, e, "assay card reveal %s", id);
}

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
	return next_behind_seal(cli, &visit, id, e);
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

static const char *title_in(const struct rubric *rubric, const char *criterion)
{
	const struct criterion *found = criterion ? rubric_criterion(rubric, criterion) : NULL;

	return found ? localised_text(&found->title, i18n_language()) : criterion ? criterion : _("recommendation");
}

/* What somebody changed once everybody had seen it: what stood there first isn't lost. */
static int print_changes(const struct card_changes *changes, const char *name, const struct rubric *rubric, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	if (changes->count)
		text_addf(&t, "%s\n", _("Changed after the reveal; what came later counts:"));
	for (size_t i = 0; i < changes->count; i++) {
		text_add(&t, "  - ");
		parts_add_change(&t, name, title_in(rubric, changes->item[i].criterion), &changes->item[i], i18n_language(), false);
		text_add(&t, "\n");
	}
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static int print_card(const struct card *card, const char *name, const struct card_changes *changes,
	const struct rubric *rubric, struct err *e)
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

		table_add(&table, title_in(rubric, mark->criterion));
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
	return cli_print(text_bytes(&head), e) < 0 || table_print(&table, _("No criterion."), e) < 0 ||
			       print_changes(changes, name, rubric, e) < 0
		? -1
		: cli_print("\n", e);
}

static struct json *shown_json(const struct marking_view *view, size_t index)
{
	struct json *card = card_json(view->cards[index]);

	json_put_take(&card, "changes", card_changes_json(&view->changes[index]));
	return card;
}

/* One's own card first; then nobody's may be due. Who waits for others has nothing to type. */
static int next_behind_show(const struct cli *cli, const struct marking_view *view, const char *actor, struct err *e)
{
	const char *id = cli->words.item[0];
	bool revealed = view->count > 0;

	for (size_t i = 0; i < view->due.count; i++)
		if (strcmp(view->due.item[i], actor) == 0)
			return cli_next(cli, e, "assay card edit %s", id);
	for (size_t i = 0; i < view->count; i++)
		revealed &= view->cards[i]->state == CARD_REVEALED;
	if (view->due.count)
		return 0;
	return revealed ? cli_next(cli, e, "assay scorecard %s", id) : cli_next(cli, e, "assay card reveal %s", id);
}

static int run_show(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_MARKING_VIEW struct marking_view view = { 0 };
	AUTO_JSON struct json *list = json_new_array();

	if (visit_open(&visit, cli, e) < 0 ||
		marking_view(&view, visit.workspace, visit.actor, cli->words.item[0], cli_value(cli, "interviewer"), e) < 0)
		return -1;
	for (size_t i = 0; i < view.count; i++) {
		if (cli->json)
			json_append_take(&list, shown_json(&view, i));
		else if (print_card(view.cards[i], view.names[i], &view.changes[i], view.rubric, e) < 0)
			return -1;
	}
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:o, s:o}", "cards", take_ptr(&list), "due",
			json_from_strings(&view.due)), e);
	return print_due(&view, e) < 0 ? -1 : next_behind_show(cli, &view, visit.actor, e);
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
			    "need --evidence. The candidate may ask to read what you write.\n"
			    "\n"
			    "Once the cards are revealed, a change needs --reason and is a second entry: the first stays and is shown "
			    "beside it with the date and the reason, the later one counts in the means. When the stage is decided, "
			    "nothing is changed any more, so that the cards say what the decision rested on."),
		.example = "assay card mark S-7Q2K coding-errors 3 --evidence 'unknown ids answer 404' --as ines\n"
			   "assay card mark S-7Q2K --file card.json --as ines\n"
			   "assay card mark S-7Q2K coding-errors 2 --reason 'Jonas saw that ids are not checked' --as ines\n"
			   "assay card mark S-7Q2K --recommendation no --reason 'the errors weigh more than I saw' --as ines",
		.options = { { "evidence", "TEXT", N_("what you saw or heard; the candidate may ask to read it") },
			{ "file", "FILE", N_("a card file (rubrics/README.md)") },
			{ "form", "FILE", N_("a form that 'assay card form' wrote, filled in") },
			{ "reason", "TEXT", N_("why you change it after the reveal, at least 20 characters") },
			{ "recommendation", "WORD", N_("another recommendation, after the reveal") } },
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
