// SPDX-License-Identifier: MIT
/*
 * Commands about positions and the candidates who apply for them.
 */
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/visit.h"
#include "cli/words.h"
#include "cli/table.h"

#include <string.h>

/* --- position --------------------------------------------------------------------------------------------------- */

static int run_position_add(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_FREE char *id = NULL;

	if (visit_open(&visit, cli, e) < 0 ||
		workspace_position_add(&id, visit.workspace, visit.actor, cli->words.item[0], e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s}", "id", id), e);
	return cli_next(cli, e, "assay candidate add NAME --position %s", id);
}

static void add_where_checked(struct text *t, const struct requirement *requirement)
{
	text_addf(t, "%s", requirement->stage ? requirement->stage : _("nowhere"));
	for (size_t i = 0; i < requirement->criteria.count; i++)
		text_addf(t, "%s%s", i ? ", " : ": ", requirement->criteria.item[i]);
}

static int print_position(const struct position *position, struct err *e)
{
	enum language language = i18n_language();
	AUTO_TEXT struct text t = { 0 };
	AUTO_TABLE struct table stages = { 0 }, requirements = { 0 };

	text_add_visible(&t, localised_text(&position->title, language), true);
	text_addf(&t, " (%s)\n\n", position->id);
	if (t.failed)
		return err_memory(e);
	table_start(&stages, _("Stage"), _("Plan"), _("Cards due"), NULL);
	for (size_t i = 0; i < position->stage_count; i++) {
		table_add(&stages, localised_text(&position->stages[i].title, language));
		table_add(&stages, position->stages[i].plan);
		table_addf(&stages, "%d", position->stages[i].due);
	}
	table_start(&requirements, _("Requirement"), _("Need"), _("Checked in"), NULL);
	for (size_t i = 0; i < position->requirement_count; i++) {
		const struct requirement *r = &position->requirements[i];
		AUTO_TEXT struct text where = { 0 };

		add_where_checked(&where, r);
		table_add(&requirements, localised_text(&r->title, language));
		table_add(&requirements, r->must ? _("must have") : _("nice to have"));
		table_add(&requirements, where.failed ? NULL : text_bytes(&where));
	}
	if (cli_print(text_bytes(&t), e) < 0 || table_print(&stages, "", e) < 0 || cli_print("\n", e) < 0)
		return -1;
	return table_print(&requirements, _("No requirement."), e);
}

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
	return cli->json ? cli_print_json_take(take_ptr(&list), e)
			 : table_print(&table, _("No position yet: 'assay position add ID' adds one."), e);
}

static int run_position_list(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };

	return visit_open(&visit, cli, e) < 0 ? -1 : list_positions(cli, visit.workspace, e);
}

static int run_position_show(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_POSITION struct position *position = NULL;

	if (visit_open(&visit, cli, e) < 0 || workspace_position(&position, visit.workspace, cli->words.item[0], e) < 0)
		return -1;
	if (cli->json) {
		AUTO_STORE_POSITION struct store_position stored = { 0 };

		if (store_position_get(&stored, visit.workspace->store, position->id, e) < 0)
			return -1;
		return cli_print_json_take(json_parse_value(stored.json, strlen(stored.json)), e);
	}
	return print_position(position, e);
}

/* --- candidate -------------------------------------------------------------------------------------------------- */

static int run_candidate_add(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	char pseudonym[ID_PSEUDONYM] = "";
	const char *name = cli->words.item[0];
	AUTO_FREE char *line = NULL;

	if (visit_open(&visit, cli, e) < 0 || workspace_candidate_add(pseudonym, visit.workspace, visit.actor, name,
		    cli_value(cli, "position"), cli_value(cli, "stage"), e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:o}", "candidate", pseudonym, "name",
			json_clean(name, strlen(name))), e);
	line = mem_format(e, "%s\n", pseudonym);
	if (!line || cli_print(line, e) < 0)
		return -1;
	return cli_next(cli, e, "assay session plan %s --interviewer PERSON --interviewer PERSON", pseudonym);
}

static const char *name_of(const struct store_candidates *candidates, const char *pseudonym)
{
	for (size_t i = 0; i < candidates->count; i++)
		if (strcmp(candidates->item[i].pseudonym, pseudonym) == 0)
			return candidates->item[i].name;
	return "–";
}

static int run_candidate_list(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STORE_CANDIDATES struct store_candidates candidates = { 0 };
	AUTO_STORE_APPLICATIONS struct store_applications applications = { 0 };
	AUTO_TABLE struct table table = { 0 };
	AUTO_JSON struct json *list = json_new_array();

	if (visit_open(&visit, cli, e) < 0 || workspace_candidates(&candidates, visit.workspace, e) < 0 ||
		workspace_applications(&applications, visit.workspace, NULL, cli_value(cli, "position"), e) < 0)
		return -1;
	table_start(&table, _("Candidate"), _("Name"), _("Position"), _("Stage"), _("State"), NULL);
	for (size_t i = 0; i < applications.count; i++) {
		const struct store_application *a = &applications.item[i];
		const char *name = name_of(&candidates, a->candidate);

		table_add(&table, a->candidate);
		table_add(&table, name);
		table_add(&table, a->position);
		table_add(&table, a->stage);
		table_add(&table, words_application(a->state));
		json_append_take(&list, json_pack_new("{s:s, s:s, s:s, s:s, s:s}", "candidate", a->candidate, "name", name,
			"position", a->position, "stage", a->stage, "state", application_state_name(a->state)));
	}
	return cli->json ? cli_print_json_take(take_ptr(&list), e)
			 : table_print(&table, _("Nobody yet: 'assay candidate add NAME' takes somebody in."), e);
}

const struct command commands_position[] = {
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
		.verb = "show",
		.words = "POSITION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("show a position: stages, requirements, where each is checked"),
		.example = "assay position show senior-backend-engineer",
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
	{
		.noun = "candidate",
		.verb = "add",
		.words = "NAME",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("take a candidate in and give a pseudonym"),
		.example = "assay candidate add 'Anna Berg' --position senior-backend-engineer",
		.options = { { "position", "POSITION", N_("what the person applies for (the only one there is)") },
			{ "stage", "STAGE", N_("the stage to begin at (the first)") } },
		.run = run_candidate_add,
	},
	{
		.noun = "candidate",
		.verb = "list",
		.words = "",
		.summary = N_("list candidates with their stage"),
		.example = "assay candidate list",
		.options = { { "position", "POSITION", N_("only of this position") } },
		.run = run_candidate_list,
	},
	{ 0 },
};
