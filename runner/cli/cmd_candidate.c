// SPDX-License-Identifier: MIT
/*
 * Commands about the candidates who apply.
 */
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "cli/visit.h"
#include "cli/words.h"

#include <string.h>

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

const struct command commands_candidate[] = {
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
