// SPDX-License-Identifier: MIT
/*
 * Commands about positions: written, opened, changed, shown.
 */
#include "assess/position_edit.h"
#include "assess/session_access.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/editor.h"
#include "cli/table.h"
#include "cli/visit.h"
#include "cli/words.h"

#include <fcntl.h>
#include <string.h>

/* --- warnings --------------------------------------------------------------------------------------------------- */

static int print_warnings(const struct position *position, struct err *e)
{
	AUTO_STRINGS struct strings warnings = { 0 };
	AUTO_TEXT struct text t = { 0 };

	if (position_warnings(&warnings, position, e) < 0)
		return -1;
	for (size_t i = 0; i < warnings.count; i++)
		text_addf(&t, _("Warning: %s\n"), warnings.item[i]);
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static struct json *warnings_json(const struct position *position, struct err *e)
{
	AUTO_STRINGS struct strings warnings = { 0 };

	return position_warnings(&warnings, position, e) < 0 ? NULL : json_from_strings(&warnings);
}

/* --- new -------------------------------------------------------------------------------------------------------- */

/* The file stays whatever the editor or its user does. */
static int edit_new(const char *file, struct workspace *workspace, struct err *e)
{
	AUTO_POSITION struct position *position = NULL;

	if (editor_run(file, e) < 0 || position_check_file(&position, workspace, file, e) < 0)
		return err_wrap(e, _("%s is written; 'assay position add' takes it once it is right"), file);
	return print_warnings(position, e);
}

static int run_position_new(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0], *plan = NULL, *output = cli_value(cli, "output");
	AUTO_FREE char *own = mem_format(e, "%s.json", id);
	AUTO_FREE char *json = NULL;
	AUTO_FREE char *word = NULL;
	const char *file = output ? output : own;

	if (!own || cli_required(cli, "plan", &plan, e) < 0 || visit_open(&visit, cli, e) < 0 ||
		position_new_text(&json, visit.workspace, visit.actor, id, cli_value(cli, "title"), plan,
			cli_value(cli, "repo"), e) < 0)
		return -1;
	if (fs_exists(AT_FDCWD, file))
		return err_set(e, ERR_CONFLICT, _("%s is there already: -o FILE names another"), file);
	if (fs_write(AT_FDCWD, file, json, strlen(json), 0644, e) < 0)
		return -1;
	if (!output && !cli->json && edit_new(file, visit.workspace, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:o}", "id", id, "file", json_clean(file, strlen(file))), e);
	word = cli_word(file, e);
	return word ? cli_next(cli, e, "assay position add %s", word) : -1;
}

/* --- add -------------------------------------------------------------------------------------------------------- */

static int run_position_add(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_POSITION struct position *position = NULL;
	AUTO_FREE char *id = NULL;

	if (visit_open(&visit, cli, e) < 0 ||
		workspace_position_add(&id, visit.workspace, visit.actor, cli->words.item[0], e) < 0 ||
		workspace_position(&position, visit.workspace, id, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:o}", "id", id, "warnings", warnings_json(position, e)), e);
	if (print_warnings(position, e) < 0)
		return -1;
	return cli_next(cli, e, "assay candidate add NAME --position %s", id);
}

/* --- edit ------------------------------------------------------------------------------------------------------- */

static void add_change(struct text *t, const struct position_change *change)
{
	text_add(t, "  ");
	text_add_visible(t, change->place, true);
	text_add(t, ": ");
	text_add_visible(t, change->before ? change->before : _("nothing"), true);
	text_add(t, " → ");
	text_add_visible(t, change->after ? change->after : _("nothing"), true);
	text_add(t, "\n");
}

static struct json *changes_json(const struct position_changes *changes)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < changes->count; i++)
		json_append_take(&list, json_pack_new("{s:s, s:s?, s:s?}", "place", changes->item[i].place, "before",
			changes->item[i].before, "after", changes->item[i].after));
	return list;
}

static int tell_edited(const struct cli *cli, struct workspace *workspace, const struct position_changes *changes,
	struct err *e)
{
	const char *id = cli->words.item[0];
	AUTO_POSITION struct position *position = NULL;
	AUTO_TEXT struct text t = { 0 };

	if (workspace_position(&position, workspace, id, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:o, s:o}", "id", id, "changes", changes_json(changes),
			"warnings", warnings_json(position, e)), e);
	text_addf(&t, changes->count ? _("Position %s was changed:\n") : _("Nothing has changed in position %s.\n"), id);
	for (size_t i = 0; i < changes->count; i++)
		add_change(&t, &changes->item[i]);
	if (t.failed)
		return err_memory(e);
	if (cli_print(text_bytes(&t), e) < 0 || print_warnings(position, e) < 0)
		return -1;
	return cli_next(cli, e, "assay position show %s", id);
}

static int tell_draft(const struct position_draft *draft, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	if (draft->resumed)
		text_addf(&t, _("Going on with the draft that was left: %s\n"), draft->path);
	if (draft->locked >= LOCK_APPLICATIONS)
		text_add(&t, _("There are applications: stages, requirements and retention are locked, wording is not.\n"));
	if (draft->locked >= LOCK_SESSIONS)
		text_add(&t, _("A session was planned: plans, cards due and where requirements are checked are locked, too.\n"));
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

/* A draft whose content was not taken stays, and is named with whatever went wrong. */
static int edit_draft(struct position_changes *changes, const struct cli *cli, struct visit *visit, const char *reason,
	struct err *e)
{
	AUTO_POSITION_DRAFT struct position_draft draft = { 0 };
	const char *id = cli->words.item[0];

	if (position_draft_begin(&draft, visit->workspace, visit->actor, id, e) < 0 ||
		(!cli->json && tell_draft(&draft, e) < 0))
		return -1;
	if (editor_run(draft.path, e) < 0 || position_edit_take(changes, visit->workspace, visit->actor, id, draft.path,
		    draft.base, reason, e) < 0)
		return err_wrap(e, _("position %s stays as it was; 'assay position edit %s' goes on with what you typed"), id,
			id);
	return position_draft_end(&draft, e);
}

static int run_position_edit(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_POSITION_CHANGES struct position_changes changes = { 0 };
	const char *reason = NULL, *file = cli_value(cli, "file");

	if (cli_required(cli, "reason", &reason, e) < 0 || visit_open(&visit, cli, e) < 0)
		return -1;
	if ((file ? position_edit_take(&changes, visit.workspace, visit.actor, cli->words.item[0], file, NULL, reason, e)
		  : edit_draft(&changes, cli, &visit, reason, e)) < 0)
		return -1;
	return tell_edited(cli, visit.workspace, &changes, e);
}

/* --- show ------------------------------------------------------------------------------------------------------- */

static void add_where_checked(struct text *t, const struct position *position, const struct requirement *requirement)
{
	text_addf(t, "%s", requirement->stage ? requirement->stage : _("nowhere"));
	for (size_t i = 0; i < requirement->criteria.count; i++)
		text_addf(t, "%s%s", i ? ", " : ": ", requirement->criteria.item[i]);
	if (position_gap(position, requirement) != GAP_NONE)
		text_add(t, " (!)");
}

static void add_stage(struct table *table, const struct stage *stage)
{
	AUTO_TEXT struct text people = { 0 };

	for (size_t i = 0; i < stage->people.count; i++)
		text_addf(&people, "%s%s", i ? ", " : "", stage->people.item[i]);
	table->failed |= people.failed;
	table_add(table, stage->id);
	table_add(table, localised_text(&stage->title, i18n_language()));
	table_add(table, stage->plan);
	if (stage->due)
		table_addf(table, "%d", stage->due);
	else
		table_add(table, NULL);
	table_add(table, stage->people.count ? text_bytes(&people) : NULL);
	table_add(table, stage->plan ? stage->agreed_with_works_council ? stage->agreed_with_works_council : _("not agreed")
				     : NULL);
	table_addf(table, _("%d months"), stage->retention_months);
}

static int print_stages(const struct position *position, struct err *e)
{
	AUTO_TABLE struct table table = { 0 };

	table_start(&table, _("Stage"), _("Title"), _("Plan"), _("Cards due"), _("People"), _("Works council"),
		_("Retention"), NULL);
	for (size_t i = 0; i < position->stage_count; i++)
		add_stage(&table, &position->stages[i]);
	return table_print(&table, "", e);
}

static int print_requirements(const struct position *position, struct err *e)
{
	AUTO_TABLE struct table table = { 0 };

	table_start(&table, _("Id"), _("Requirement"), _("Need"), _("Checked in"), NULL);
	for (size_t i = 0; i < position->requirement_count; i++) {
		const struct requirement *r = &position->requirements[i];
		AUTO_TEXT struct text where = { 0 };

		add_where_checked(&where, position, r);
		table_add(&table, r->id);
		table_add(&table, localised_text(&r->title, i18n_language()));
		table_add(&table, r->must ? _("must have") : _("nice to have"));
		table_add(&table, where.failed ? NULL : text_bytes(&where));
	}
	return table_print(&table, _("No requirement."), e);
}

static int print_position(const struct position *position, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	text_add_visible(&t, localised_text(&position->title, i18n_language()), true);
	text_addf(&t, " (%s)\n\n", position->id);
	if (t.failed)
		return err_memory(e);
	if (cli_print(text_bytes(&t), e) < 0 || print_stages(position, e) < 0 || cli_print("\n", e) < 0 ||
		print_requirements(position, e) < 0 || cli_print("\n", e) < 0)
		return -1;
	return print_warnings(position, e);
}

static struct json *history_json(const struct position_history *history)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < history->count; i++) {
		const struct position_step *step = &history->item[i];

		json_append_take(&list, json_pack_new("{s:I, s:I, s:s, s:s?, s:o}", "version", (long long)step->number,
			"at_ms", (long long)step->at_ms, "by", step->actor, "reason", step->reason, "changes",
			changes_json(&step->changes)));
	}
	return list;
}

static int show_history(const struct cli *cli, struct visit *visit, struct err *e)
{
	AUTO_POSITION_HISTORY struct position_history history = { 0 };
	AUTO_TEXT struct text t = { 0 };

	if (position_history(&history, visit->workspace, visit->actor, cli->words.item[0], e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(history_json(&history), e);
	for (size_t i = 0; i < history.count; i++) {
		const struct position_step *step = &history.item[i];
		char when[32];

		date_render_local(step->at_ms, i18n_language(), when);
		text_addf(&t, "%lld  %s  %s  ", (long long)step->number, when, step->actor);
		text_add_visible(&t, step->reason ? step->reason : _("added"), true);
		text_add(&t, "\n");
		for (size_t k = 0; k < step->changes.count; k++)
			add_change(&t, &step->changes.item[k]);
	}
	if (t.failed)
		return err_memory(e);
	if (cli_print(text_bytes(&t), e) < 0)
		return -1;
	return cli_next(cli, e, "assay position show %s", cli->words.item[0]);
}

static int run_position_show(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_POSITION struct position *position = NULL;
	AUTO_STORE_APPLICATIONS struct store_applications applications = { 0 };
	const char *id = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 || workspace_may(visit.workspace, visit.actor, SEE_LISTS, e) < 0)
		return -1;
	if (cli_flag(cli, "history"))
		return show_history(cli, &visit, e);
	if (workspace_position(&position, visit.workspace, id, e) < 0)
		return -1;
	if (cli->json) {
		AUTO_STORE_POSITION struct store_position stored = { 0 };

		if (store_position_get(&stored, visit.workspace->store, position->id, e) < 0)
			return -1;
		return cli_print_json_take(json_parse_value(stored.json, strlen(stored.json)), e);
	}
	if (print_position(position, e) < 0 ||
		workspace_applications(&applications, visit.workspace, NULL, id, e) < 0)
		return -1;
	return applications.count ? cli_next(cli, e, "assay candidate list --position %s", id)
				  : cli_next(cli, e, "assay candidate add NAME --position %s", id);
}

/* --- list ------------------------------------------------------------------------------------------------------- */

static int list_positions(const struct cli *cli, struct workspace *workspace, struct err *e)
{
	AUTO_STORE_POSITIONS struct store_positions positions = { 0 };
	AUTO_TABLE struct table table = { 0 };
	AUTO_JSON struct json *list = json_new_array();

	if (workspace_positions(&positions, workspace, e) < 0)
		return -1;
	table_start(&table, _("Position"), _("Digest"), NULL);
	for (size_t i = 0; i < positions.count; i++) {
		table_add(&table, positions.item[i].id);
		table_addf(&table, "%.10s", positions.item[i].digest);
		json_append_take(&list,
			json_pack_new("{s:s, s:s}", "id", positions.item[i].id, "digest", positions.item[i].digest));
	}
	if (cli->json)
		return cli_print_json_take(take_ptr(&list), e);
	if (table_print(&table, _("No position yet: 'assay position add ID' adds one."), e) < 0)
		return -1;
	return positions.count ? cli_next(cli, e, "assay position show %s", positions.item[0].id)
			       : cli_next(cli, e, "assay position new ID --plan PLAN");
}

static int run_position_list(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };

	if (visit_open(&visit, cli, e) < 0 || workspace_may(visit.workspace, visit.actor, SEE_LISTS, e) < 0)
		return -1;
	return list_positions(cli, visit.workspace, e);
}

const struct command commands_position[] = {
	{
		.noun = "position",
		.verb = "new",
		.words = "ID",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("write a position to a file, from a plan"),
		.about = N_("The file has the usual stages, with the plan in the technical one, the plan 'team' in the team's if the "
			    "repository has it, and a requirement for each criterion of their rubrics: strike what you don't need. "
			    "It is ID.json and opens in $EDITOR; with -o FILE it is only written."),
		.example = "assay position new data-engineer --plan senior-backend\n"
			   "assay position new data-engineer --plan senior-backend -o data-engineer.json",
		.options = { { "plan", "PLAN", N_("the plan of the technical stage") },
			{ "title", "TITLE", N_("its title (made of ID)") },
			{ "repo", "NAME", N_("the repository with the plan (the only one)") },
			{ "output", "FILE", N_("write it there and open no editor; -o for short") } },
		.run = run_position_new,
	},
	{
		.noun = "position",
		.verb = "add",
		.words = "FILE|ID",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("open a position from a file or a repository"),
		.example = "assay position add senior-backend-engineer",
		.run = run_position_add,
	},
	{
		.noun = "position",
		.verb = "edit",
		.words = "POSITION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("change a position, with the reason"),
		.about = N_("Opens it in $EDITOR. Whatever becomes of the editor or of what was typed, nothing is lost: the next "
			    "edit goes on with it. Once there are applications, stages, requirements and retention are locked; "
			    "once a session was planned, also plans, cards due and where requirements are checked. Wording may "
			    "always be mended. 'assay position show --history' tells who changed what and why."),
		.example = "assay position edit data-engineer --reason 'the team asked for a clearer title'",
		.options = { { "reason", "TEXT", N_("why it is changed; kept with the change") },
			{ "file", "FILE", N_("take this file instead of opening an editor") } },
		.run = run_position_edit,
	},
	{
		.noun = "position",
		.verb = "show",
		.words = "POSITION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("show a position: stages, requirements, where each is checked"),
		.about = N_("A must-have that nothing checks has a (!) and a warning."),
		.example = "assay position show senior-backend-engineer",
		.options = { { "history", NULL, N_("who changed what, when and why") } },
		.run = run_position_show,
	},
	{
		.noun = "position",
		.verb = "list",
		.words = "",
		.summary = N_("list the open positions"),
		.example = "assay position list",
		.run = run_position_list,
	},
	{ 0 },
};
