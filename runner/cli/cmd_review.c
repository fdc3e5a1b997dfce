// SPDX-License-Identifier: MIT
/*
 * Commands about a session's code review: the comments come in, are matched, and a person confirms.
 */
#include "assess/review_round.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
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
	return confirmed ? cli_next(cli, e, "assay card edit %s", id) : cli_next(cli, e, "assay review confirm %s", id);
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

static struct json *spoken_json(const struct spoken *spoken)
{
	return json_pack_new("{s:s, s:s, s:I, s:s?}", "by", spoken->by, "name", spoken->name, "at_ms", (long long)spoken->at_ms,
		"ticked", spoken->flaw);
}

/* What was written, or what was spoken. */
static struct json *comments_of(const struct review_view *view, bool spoken)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < view->comments.count; i++) {
		const struct comment *comment = &view->comments.item[i];
		struct json *object;

		if ((comment->spoken != NULL) != spoken)
			continue;
		object = comment_json(view, i);
		if (spoken)
			json_put_take(&object, "spoken", spoken_json(comment->spoken));
		json_append_take(&list, object);
	}
	return list;
}

static struct json *review_json(const struct review_view *view)
{
	struct json *missed = json_from_strings(&view->findings.missed_ids);

	return json_pack_new("{s:s, s:b, s:b, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:o, s:o}", "task", view->task, "answered",
		view->answered, "confirmed", view->confirmed, "planted", view->findings.all.planted, "found",
		view->findings.all.found, "proposed", view->findings.proposed, "please_check", view->findings.to_check,
		"real", view->findings.real, "wrong", view->findings.wrong, "spoken_found", (int)view->findings.spoken_count,
		"missed", missed, "comments", comments_of(view, false), "spoken", comments_of(view, true));
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

static size_t count_spoken(const struct review_view *view)
{
	size_t count = 0;

	for (size_t i = 0; i < view->comments.count; i++)
		count += view->comments.item[i].spoken != NULL;
	return count;
}

/* Apart from what was written, with who entered it and when. */
static int print_spoken(const struct review_view *view, struct err *e)
{
	AUTO_TABLE struct table table = { 0 };

	if (!count_spoken(view))
		return 0;
	table_start(&table, _("Spoken"), _("Place"), _("Flaw"), _("Match"), _("Decision"), _("Text"), _("Entered by"), NULL);
	for (size_t i = 0; i < view->comments.count; i++) {
		const struct spoken *spoken = view->comments.item[i].spoken;
		AUTO_TEXT struct text by = { 0 };
		char at[32];

		if (!spoken)
			continue;
		date_render_local(spoken->at_ms, i18n_language(), at);
		text_addf(&by, "%s, %s", spoken->name, at);
		if (by.failed)
			return err_memory(e);
		add_comment(&table, view, i);
		table_add(&table, text_bytes(&by));
	}
	return cli_print("\n", e) < 0 ? -1 : table_print(&table, "", e);
}

/* What of the sum was said and not written. */
static int print_spoken_findings(const struct review_view *view, struct err *e)
{
	for (size_t i = 0; i < view->findings.spoken_count; i++) {
		const struct spoken_finding *spoken = &view->findings.spoken[i];
		AUTO_TEXT struct text line = { 0 };
		AUTO_FREE char *shown = NULL;
		char at[32];

		date_render_local(spoken->at_ms, i18n_language(), at);
		text_addf(&line, _("%s: spoken, entered by %s on %s"), spoken->what, spoken->by, at);
		shown = line.failed ? NULL : text_visible_line(text_bytes(&line), e);
		if (!shown || cli_print(shown, e) < 0 || cli_print("\n", e) < 0)
			return -1;
	}
	return 0;
}

static int print_review(const struct review_view *view, struct err *e)
{
	AUTO_TABLE struct table table = { 0 };
	AUTO_FREE char *sum = NULL;

	table_start(&table, _("Comment"), _("Place"), _("Flaw"), _("Match"), _("Decision"), _("Text"), NULL);
	for (size_t i = 0; i < view->comments.count; i++)
		if (!view->comments.item[i].spoken)
			add_comment(&table, view, i);
	if (table_print(&table, view->answered ? _("The answer has no comment.") : _("No answer yet."), e) < 0 ||
		print_spoken(view, e) < 0)
		return -1;
	sum = view->confirmed
		      ? mem_format(e, _("\n%d of %d found, %d real ones besides, %d wrong claims.\n"), view->findings.all.found,
				view->findings.all.planted, view->findings.real, view->findings.wrong)
		      : mem_format(e, _("\n%d proposed, %d to check, of %d planted. Nothing counts before a person confirmed it.\n"),
				view->findings.proposed, view->findings.to_check, view->findings.all.planted);
	if (!sum || cli_print(sum, e) < 0)
		return -1;
	return print_spoken_findings(view, e);
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
	return view.confirmed ? cli_next(cli, e, "assay card edit %s", id)
			      : cli_next(cli, e, "assay review confirm %s", id);
}

/* --- tick ------------------------------------------------------------------------------------------------------- */

/* "40" or "40-44". */
static int read_lines(struct review_said *said, const char *lines, struct err *e)
{
	const size_t first = strcspn(lines, "-");
	AUTO_FREE char *from = mem_format(e, "%.*s", (int)first, lines);
	long long line, end;

	if (!from)
		return -1;
	if (!text_to_integer(from, 1, COMMENT_MAX_LINE, &line) ||
		!text_to_integer(lines[first] ? lines + first + 1 : from, line, COMMENT_MAX_LINE, &end))
		return err_set(e, ERR_USAGE, _("a line is a number, several are FIRST-LAST, not '%.32s'"), lines);
	said->line = (int)line;
	said->end_line = (int)end;
	return 0;
}

static int read_words(struct review_said *said, const struct cli *cli, struct err *e)
{
	const char *category = cli_value(cli, "category"), *severity = cli_value(cli, "severity"), *lines = cli_value(cli, "line");
	AUTO_TEXT struct text known = { 0 };

	if (category && !category_parse(category, &said->category)) {
		for (int i = 0; i < CATEGORIES; i++)
			text_addf(&known, "%s%s", i ? ", " : "", category_name((enum category)i));
		return err_set(e, ERR_USAGE, _("'%.32s' is no category: there are %s"), category, text_bytes(&known));
	}
	if (severity && !severity_parse(severity, &said->severity))
		return err_set(e, ERR_USAGE, _("'%.32s' is no severity: there are note, minor, major and critical"), severity);
	return lines ? read_lines(said, lines, e) : 0;
}

static int take_back(struct cli *cli, const char *comment, struct err *e)
{
	static const char *const others[] = { "spoken", "flaw", "file", "line", "category", "severity" };
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0];

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (cli_value(cli, others[i]))
			return err_set(e, ERR_USAGE, _("--undo takes one back and nothing else: leave --%s out"), others[i]);
	if (visit_open(&visit, cli, e) < 0 || review_take_back(visit.workspace, visit.actor, id, comment, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s, s:b}", "session", id, "comment", comment, "taken_back", 1), e);
	return cli_next(cli, e, "assay review show %s", id);
}

static int run_tick(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_FREE char *comment = NULL;
	AUTO_FREE char *line = NULL;
	const char *id = cli->words.item[0], *back = cli_value(cli, "undo");
	struct review_said said = { .text = cli_value(cli, "spoken"), .flaw = cli_value(cli, "flaw"),
		.file = cli_value(cli, "file"), .category = CATEGORY_NONE };

	if (back)
		return take_back(cli, back, e);
	if (read_words(&said, cli, e) < 0 || visit_open(&visit, cli, e) < 0 ||
		review_tick(&comment, visit.workspace, visit.actor, id, &said, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "comment", comment), e);
	line = mem_format(e, "%s\n", comment);
	return !line || cli_print(line, e) < 0 ? -1 : cli_next(cli, e, "assay review confirm %s", id);
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
		.verb = "tick",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("enter what the candidate said about the change"),
		.about = N_("A finding that was spoken and not written: its words, and the place and kind as far as they were said, or with "
			    "--flaw the planted flaw that it is. It stands apart from what was written, with your name and the time, and "
			    "counts for nothing before 'assay review confirm' has asked for it like for any other. Until then --undo takes "
			    "it back."),
		.example = "assay review tick S-7Q2K --spoken 'the name comes from outside' --file app/store.py --line 40\n"
			   "assay review tick S-7Q2K --flaw path-traversal --as ines\n"
			   "assay review tick S-7Q2K --undo spoken-2 --as ines",
		.options = { { "spoken", "TEXT", N_("what was said; the candidate may ask to read it") },
			{ "flaw", "ID", N_("the planted flaw that it is") },
			{ "file", "FILE", N_("a file of the change") },
			{ "line", "N", N_("the line after the change, or FIRST-LAST") },
			{ "category", "WORD", N_("security, performance and so on, if it was said") },
			{ "severity", "WORD", N_("note, minor, major or critical, if it was said") },
			{ "undo", "COMMENT", N_("take a spoken one back") } },
		.run = run_tick,
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
