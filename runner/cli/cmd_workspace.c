// SPDX-License-Identifier: MIT
/*
 * Commands about a workspace itself: init, the people, the task repositories.
 */
#include "assess/session_access.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/visit.h"
#include "cli/table.h"

#include <string.h>

/* --- init ------------------------------------------------------------------------------------------------------- */

/* In a workspace that is there the option is a setting that changes: whoever hears of it in the first session has one. */
static int allow_sampled(const struct cli *cli, const char *dir, struct err *e)
{
	AUTO_WORKSPACE struct workspace *workspace = NULL;
	AUTO_FREE char *actor = NULL;

	if (workspace_open(&workspace, dir, e) < 0 || workspace_actor(&actor, workspace, cli->as, e) < 0 ||
		workspace_allow_sampled(workspace, actor, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:o}", "workspace", json_clean(dir, strlen(dir))), e);
	return cli_print(_("Sessions that are planned from now on may run where limits are only sampled.\n"), e);
}

static int run_init(struct cli *cli, struct err *e)
{
	struct err said = { 0 };
	const char *dir = cli->words.count ? cli->words.item[0] : ".";
	AUTO_FREE char *line = NULL;
	AUTO_FREE char *word = cli_word(dir, e);

	if (!word)
		return -1;
	if (workspace_init(dir, cli_flag(cli, "allow-sampled"), &said) < 0)
		return said.kind == ERR_CONFLICT && cli_flag(cli, "allow-sampled") ? allow_sampled(cli, dir, e)
										    : err_set(e, said.kind, "%s", said.text);
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:o}", "workspace", json_clean(dir, strlen(dir))), e);
	line = mem_format(e, _("A new workspace is in %s.\n"), dir);
	if (!line || cli_print(line, e) < 0)
		return -1;
	return cli_next(cli, e, "assay%s%s person add ID --name NAME --role interviewer", strcmp(dir, ".") ? " -C " : "",
		strcmp(dir, ".") ? word : "");
}

/* --- person ----------------------------------------------------------------------------------------------------- */

static int run_person_add(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STRINGS struct strings roles = { 0 };
	const char *id = cli->words.item[0], *name = NULL;

	if (cli_required(cli, "name", &name, e) < 0)
		return -1;
	for (int i = 0; cli_values(cli, "role", i); i++)
		if (strings_add(&roles, cli_values(cli, "role", i), e) < 0)
			return -1;
	if (roles.count == 0 && strings_add(&roles, "interviewer", e) < 0)
		return -1;
	if (visit_open(&visit, cli, e) < 0 ||
		workspace_person_add(visit.workspace, visit.actor, id, name, &roles, cli_value(cli, "account"), e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:o, s:o, s:s?}", "id", id, "name",
			json_clean(name, strlen(name)), "roles", json_from_strings(&roles), "account",
			cli_value(cli, "account")), e);
	return cli_next(cli, e, "assay repo add URL");
}

/* --- whoami ----------------------------------------------------------------------------------------------------- */

/* The roles of a person with a seat in a session, as an interviewer and a lead take one. */
static struct rights seated(struct rights rights)
{
	if (rights.as[ROLE_INTERVIEWER] != STANDING_NONE || rights.as[ROLE_LEAD] != STANDING_NONE)
		rights.as[ROLE_SITS] = STANDING_OPEN;
	return rights;
}

static struct json *rights_json(const struct rights *roles)
{
	struct json *object = json_new_object();

	for (int thing = 0; thing < THINGS; thing++)
		json_put_take(&object, thing_name((enum thing)thing),
			json_new_string(from_name(rights_best(roles, (enum thing)thing))));
	return object;
}

static int print_rights(const struct rights *roles, struct err *e)
{
	AUTO_TABLE struct table table = { 0 };

	table_start(&table, _("You may …"), _("When"), NULL);
	for (int thing = 0; thing < THINGS; thing++) {
		table_add(&table, thing_words((enum thing)thing));
		table_add(&table, from_words(rights_best(roles, (enum thing)thing)));
	}
	return table_print(&table, "", e);
}

static int print_person(const struct store_person *person, const char *actor, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	if (!person->id) {
		text_addf(&t, _("%s is no person here.\n\n"), actor);
	} else {
		text_add_visible(&t, person->id, true);
		text_add(&t, ": ");
		text_add_visible(&t, person->name, true);
		text_addf(&t, " (%s)\n", person->roles);
		text_addf(&t, person->account ? _("Only the account %s acts in this name.\n\n")
					      : _("No account is bound to this name: --as says it anywhere.\n\n"),
			person->account);
	}
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static int run_whoami(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STORE_PERSON struct store_person person = { 0 };
	struct rights rights;
	struct err said = { 0 };

	if (visit_open(&visit, cli, e) < 0 || workspace_rights(&rights, visit.workspace, visit.actor, e) < 0)
		return -1;
	if (workspace_person(&person, visit.workspace, visit.actor, &said) < 0 && said.kind != ERR_NOT_FOUND)
		return err_set(e, said.kind, "%s", said.text);
	rights = seated(rights);
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s?, s:s?, s:s?, s:o}", "actor", visit.actor, "name",
			person.name, "roles", person.roles, "account", person.account, "rights", rights_json(&rights)), e);
	if (print_person(&person, visit.actor, e) < 0 || print_rights(&rights, e) < 0)
		return -1;
	return person.id ? cli_next(cli, e, "assay position list%s%s", cli->as ? " --as " : "", cli->as ? cli->as : "")
			 : cli_next(cli, e, "assay person list");
}

static int run_person_list(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STORE_PERSONS struct store_persons persons = { 0 };
	AUTO_TABLE struct table table = { 0 };
	AUTO_JSON struct json *list = json_new_array();

	if (visit_open(&visit, cli, e) < 0 || workspace_may(visit.workspace, visit.actor, SEE_LISTS, e) < 0 ||
		workspace_persons(&persons, visit.workspace, e) < 0)
		return -1;
	table_start(&table, _("Person"), _("Name"), _("Roles"), _("Account"), NULL);
	for (size_t i = 0; i < persons.count; i++) {
		const struct store_person *p = &persons.item[i];

		table_add(&table, p->id);
		table_add(&table, p->name);
		table_add(&table, p->roles);
		table_add(&table, p->account);
		json_append_take(&list, json_pack_new("{s:s, s:s, s:s, s:s?}", "id", p->id, "name", p->name, "roles",
			p->roles, "account", p->account));
	}
	if (cli->json)
		return cli_print_json_take(take_ptr(&list), e);
	if (table_print(&table, _("Nobody yet: 'assay person add' takes somebody in."), e) < 0)
		return -1;
	return cli_next(cli, e, persons.count ? "assay whoami --as %s" : "assay person add ID --name NAME",
		persons.count ? persons.item[0].id : "");
}

/* --- repo ------------------------------------------------------------------------------------------------------- */

static struct json *repo_json(const struct store_repo *repo)
{
	return json_pack_new("{s:s, s:s, s:s?, s:s, s:I}", "name", repo->name, "url", repo->url, "ref", repo->ref, "commit",
		repo->commit, "updated_ms", (long long)repo->updated_ms);
}

static int run_repo_add(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_FREE char *line = NULL;

	if (visit_open(&visit, cli, e) < 0)
		return -1;
	cli_progress(_("cloning …"));
	if (workspace_repo_add(&repo, visit.workspace, visit.actor, cli->words.item[0], cli_value(cli, "name"),
		    cli_value(cli, "ref"), e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(repo_json(&repo), e);
	line = mem_format(e, _("%s is pinned to %.10s.\n"), repo.name, repo.commit);
	if (!line || cli_print(line, e) < 0)
		return -1;
	return cli_next(cli, e, "assay task list");
}

static int run_repo_update(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_FREE char *line = NULL;
	bool changed = false;

	if (visit_open(&visit, cli, e) < 0)
		return -1;
	cli_progress(_("fetching …"));
	if (workspace_repo_update(&repo, &changed, visit.workspace, visit.actor, cli->words.item[0], e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:o, s:b}", "repo", repo_json(&repo), "changed", changed), e);
	line = mem_format(e, changed ? _("%s is pinned to %.10s now. Sessions that are planned keep their commit.\n")
				     : _("%s is pinned to %.10s, as before.\n"), repo.name, repo.commit);
	return line ? cli_print(line, e) : -1;
}

static int run_repo_list(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STORE_REPOS struct store_repos repos = { 0 };
	AUTO_TABLE struct table table = { 0 };
	AUTO_JSON struct json *list = json_new_array();

	if (visit_open(&visit, cli, e) < 0 || workspace_may(visit.workspace, visit.actor, SEE_LISTS, e) < 0 ||
		workspace_repos(&repos, visit.workspace, e) < 0)
		return -1;
	table_start(&table, _("Repository"), _("Commit"), _("From"), NULL);
	for (size_t i = 0; i < repos.count; i++) {
		table_add(&table, repos.item[i].name);
		table_addf(&table, "%.10s", repos.item[i].commit);
		table_add(&table, repos.item[i].url);
		json_append_take(&list, repo_json(&repos.item[i]));
	}
	return cli->json ? cli_print_json_take(take_ptr(&list), e)
			 : table_print(&table, _("No repository yet: 'assay repo add URL' clones one."), e);
}

const struct command commands_workspace[] = {
	{
		.noun = "init",
		.words = "[DIR]",
		.max_words = 1,
		.summary = N_("make a workspace in DIR or here"),
		.about = N_("A workspace is a directory with everything about your interviews: assay.db and, beside it, the "
			    "clones of your task repositories and the candidates' submissions. Candidates must not be able "
			    "to read it. In a workspace that is there, --allow-sampled holds for sessions planned afterwards."),
		.example = "assay init interviews\nassay init interviews --allow-sampled",
		.options = { { "allow-sampled", NULL,
			N_("let sessions run where limits are only sampled ('assay doctor' tells)") } },
		.run = run_init,
	},
	{
		.noun = "person",
		.verb = "add",
		.words = "ID",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("take somebody in who uses assay"),
		.about = N_("ID is what is typed behind --as, or the name of the person's Unix account, which is then enough. "
			    "With --account nobody but that account acts in this name; several people may share one. Roles: "
			    "interviewer, lead, panel, hr; 'assay whoami' shows what each may."),
		.example = "assay person add ines --name 'Ines Vogel' --role interviewer --role lead",
		.options = { { "name", "NAME", N_("the name that others read") },
			{ "role", "ROLE", N_("a role; may stand several times (interviewer)") },
			{ "account", "ACCOUNT", N_("the Unix account that alone acts in this name") } },
		.run = run_person_add,
	},
	{
		.noun = "person",
		.verb = "list",
		.words = "",
		.summary = N_("list the people who use assay"),
		.example = "assay person list",
		.run = run_person_list,
	},
	{
		.noun = "whoami",
		.words = "",
		.summary = N_("who you are here, and what you may"),
		.about = N_("On one shared machine all this is recorded and said, not enforced against somebody who opens "
			    "assay.db by hand."),
		.example = "assay whoami --as ines",
		.run = run_whoami,
	},
	{
		.noun = "repo",
		.verb = "add",
		.words = "URL",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("clone a task repository and pin it"),
		.about = N_("URL is a path or file://…; what is cloned runs nothing and follows no link. The pin is the commit "
			    "that sessions planned from now on use, until 'assay repo update'."),
		.example = "assay repo add ../tasks.git --ref main",
		.options = { { "name", "NAME", N_("call it so (the last part of URL)") },
			{ "ref", "REF", N_("a branch, tag or commit (the default branch)") } },
		.run = run_repo_add,
	},
	{
		.noun = "repo",
		.verb = "update",
		.words = "NAME",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("fetch a task repository again and move its pin"),
		.example = "assay repo update tasks",
		.run = run_repo_update,
	},
	{
		.noun = "repo",
		.verb = "list",
		.words = "",
		.summary = N_("list the task repositories"),
		.example = "assay repo list",
		.run = run_repo_list,
	},
	{ 0 },
};
