// SPDX-License-Identifier: MIT
/*
 * Commands about the candidates who apply: taken in, looked at, moved on by people.
 */
#include "assess/applications.h"
#include "assess/loose_words.h"
#include "assess/session.h"
#include "assess/session_access.h"
#include "base/date.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/sheets.h"
#include "cli/table.h"
#include "cli/visit.h"
#include "cli/words.h"

#include <string.h>

/* --- add -------------------------------------------------------------------------------------------------------- */

/* The stage says what comes next. */
static int next_for(const struct cli *cli, struct workspace *workspace, const char *candidate, struct err *e)
{
	AUTO_STORE_APPLICATIONS struct store_applications all = { 0 };
	AUTO_POSITION struct position *position = NULL;
	struct application_session session;
	const struct stage *stage;

	if (workspace_applications(&all, workspace, candidate, cli_value(cli, "position"), e) < 0)
		return -1;
	if (all.count != 1)
		return cli_next(cli, e, "assay candidate show %s", candidate);
	if (workspace_position(&position, workspace, all.item[0].position, e) < 0 ||
		application_session(&session, workspace, &all.item[0], e) < 0)
		return -1;
	stage = position_stage(position, all.item[0].stage);
	if (!stage || all.item[0].state != APPLICATION_OPEN)
		return cli_next(cli, e, "assay pipeline %s", position->id);
	if (*session.id)
		return cli_next(cli, e, session.state == SESSION_PLANNED ? "assay session start %s" : "assay session status %s",
			session.id);
	if (stage->plan)
		return cli_next(cli, e, "assay session plan %s%s", candidate,
			stage->people.count ? "" : " --interviewer PERSON --interviewer PERSON");
	if (stage == position_screening(position))
		return cli_next(cli, e, "assay screening sheet %s -o screening.csv", position->id);
	return cli_next(cli, e, "assay candidate move %s STAGE --reason WHY", candidate);
}

static int run_candidate_add(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	char pseudonym[ID_PSEUDONYM] = "";
	const struct new_application new = { .name = cli->words.item[0], .email = cli_value(cli, "email"),
		.position = cli_value(cli, "position"), .stage = cli_value(cli, "stage"),
		.source = cli_value(cli, "source"), .referrer = cli_value(cli, "referrer"),
		.salary_expectation = cli_value(cli, "salary-expectation"), .notice = cli_value(cli, "notice"),
		.languages = cli_value(cli, "languages") };
	AUTO_FREE char *line = NULL;
	bool known = false;

	if (visit_open(&visit, cli, e) < 0 ||
		application_add(pseudonym, &known, visit.workspace, visit.actor, &new, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:o, s:b}", "candidate", pseudonym, "name",
			json_clean(new.name, strlen(new.name)), "known", known), e);
	line = known ? mem_format(e, _("%s\nApplied for another position before: the pseudonym stays.\n"), pseudonym)
		     : mem_format(e, "%s\n", pseudonym);
	if (!line || cli_print(line, e) < 0)
		return -1;
	return next_for(cli, visit.workspace, pseudonym, e);
}

/* --- import ----------------------------------------------------------------------------------------------------- */

static struct json *import_json(const struct import_report *report)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < report->count; i++)
		json_append_take(&list, json_pack_new("{s:i, s:s, s:s, s:b}", "row", (int)report->item[i].row, "candidate",
			report->item[i].pseudonym, "name", report->item[i].name, "known", report->item[i].known));
	return json_pack_new("{s:s, s:s, s:o, s:o, s:o}", "position", report->position, "stage", report->stage, "candidates",
		list, "kept", json_from_strings(&report->kept), "hints", json_from_strings(&report->hints));
}

static int print_import(const struct import_report *report, struct err *e)
{
	AUTO_TABLE struct table table = { 0 };
	AUTO_TEXT struct text t = { 0 }, known = { 0 };

	table_start(&table, _("Row"), _("Candidate"), _("Name"), NULL);
	for (size_t i = 0; i < report->count; i++) {
		table_addf(&table, "%u", report->item[i].row);
		table_add(&table, report->item[i].pseudonym);
		table_add(&table, report->item[i].name);
		if (report->item[i].known)
			text_addf(&known, "%s%s", known.length ? ", " : "", report->item[i].pseudonym);
	}
	text_addf(&t, _("\nApplications taken in for %s, stage %s: %zu\n"), report->position, report->stage, report->count);
	for (size_t i = 0; i < report->kept.count; i++) {
		text_add(&t, i ? ", " : _("Columns kept as they are: "));
		text_add_visible(&t, report->kept.item[i], true);
	}
	text_add(&t, report->kept.count ? "\n" : "");
	if (known.length)
		text_addf(&t, _("Known from another position: %s\n"), text_bytes(&known));
	if (t.failed || known.failed)
		return err_memory(e);
	if (table_print(&table, "", e) < 0 || cli_print(text_bytes(&t), e) < 0)
		return -1;
	return sheets_hints(&report->hints, e);
}

static int run_candidate_import(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_IMPORT_REPORT struct import_report report = { 0 };
	const char *file = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 || applications_import(&report, visit.workspace, visit.actor, file,
		    cli_value(cli, "position"), cli_value(cli, "stage"), e) < 0)
		return -1;
	if (report.mistakes.count)
		return sheets_refuse(cli, &report.mistakes, file, e);
	if (cli->json)
		return cli_print_json_take(import_json(&report), e);
	if (print_import(&report, e) < 0)
		return -1;
	return cli_next(cli, e, "assay screening sheet %s -o screening.csv", report.position);
}

/* --- list ------------------------------------------------------------------------------------------------------- */

/* Whether the application is in the state that was asked for; ERR_USAGE names the states. */
static int check_state(const struct cli *cli, struct err *e)
{
	const char *state = cli_value(cli, "state");

	if (!state)
		return 0;
	for (int i = APPLICATION_OPEN; i <= APPLICATION_WITHDRAWN; i++)
		if (strcmp(application_state_name((enum application_state)i), state) == 0)
			return 0;
	return err_set(e, ERR_USAGE, _("'%.40s' is no state: there are open, hired, rejected and withdrawn"), state);
}

static bool is_asked(const struct cli *cli, const struct application_view *view)
{
	const char *state = cli_value(cli, "state");

	return !state || strcmp(application_state_name(view->application.state), state) == 0;
}

static int run_candidate_list(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_APPLICATION_VIEWS struct application_views views = { 0 };
	AUTO_TABLE struct table table = { 0 };
	AUTO_JSON struct json *list = json_new_array();
	const char *position = cli_value(cli, "position");

	if (check_state(cli, e) < 0 || visit_open(&visit, cli, e) < 0 || applications_look(&views, visit.workspace, visit.actor,
		    NULL, position, cli_value(cli, "stage"), e) < 0)
		return -1;
	table_start(&table, _("Candidate"), _("Name"), _("Position"), _("Stage"), _("State"), NULL);
	for (size_t i = 0; i < views.count; i++) {
		const struct application_view *v = &views.item[i];

		if (!is_asked(cli, v))
			continue;
		table_add(&table, v->application.candidate);
		table_add(&table, v->name);
		table_add(&table, v->application.position);
		table_add(&table, v->application.stage);
		table_add(&table, application_state_title(v->application.state));
		json_append_take(&list, json_pack_new("{s:s, s:s?, s:s, s:s, s:s}", "candidate", v->application.candidate,
			"name", v->name, "position", v->application.position, "stage", v->application.stage, "state",
			application_state_name(v->application.state)));
	}
	if (cli->json)
		return cli_print_json_take(take_ptr(&list), e);
	if (table_print(&table, _("Nobody yet: 'assay candidate add NAME' takes somebody in."), e) < 0)
		return -1;
	return views.count ? cli_next(cli, e, "assay candidate show %s", views.item[0].application.candidate)
			   : cli_next(cli, e, "assay candidate import FILE.csv");
}

/* --- show ------------------------------------------------------------------------------------------------------- */

static struct json *steps_json(const struct store_steps *steps)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < steps->count; i++)
		json_append_take(&list, json_pack_new("{s:I, s:s, s:s, s:s?, s:s?, s:s}", "at_ms", (long long)steps->item[i].at_ms,
			"stage", steps->item[i].stage, "state", application_state_name(steps->item[i].state), "reason",
			steps->item[i].reason, "requirements", steps->item[i].requirements, "by", steps->item[i].actor));
	return list;
}

static struct json *answers_json(const struct store_screenings *answers)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < answers->count; i++)
		json_append_take(&list, json_pack_new("{s:s, s:s, s:s?, s:s, s:I}", "requirement", answers->item[i].requirement,
			"answer", screening_answer_name(answers->item[i].answer), "source", answers->item[i].source, "by",
			answers->item[i].actor, "at_ms", (long long)answers->item[i].at_ms));
	return list;
}

static struct json *view_json(const struct application_view *v, const struct application_session *session)
{
	const struct store_application *a = &v->application;

	return json_pack_new("{s:s, s:s?, s:s?, s:s, s:s, s:s, s:I, s:s?, s:s?, s:s?, s:s?, s:s?, s:o?, s:o, s:o, s:s?}", "candidate",
		a->candidate, "name", v->name, "email", v->email, "position", a->position, "stage", a->stage, "state",
		application_state_name(a->state), "since_ms", (long long)a->since_ms, "source", a->source, "referrer",
		a->referrer, "salary_expectation", a->salary_expectation, "notice", a->notice, "languages", a->languages,
		"further", a->further ? json_parse_value(a->further, strlen(a->further)) : NULL, "steps",
		steps_json(&v->steps), "screening", answers_json(&v->answers), "session", *session->id ? session->id : NULL);
}

static void add_line(struct text *t, const char *label, const char *value)
{
	if (!value)
		return;
	text_add(t, "  ");
	text_add_padded(t, label, 22);
	text_add_visible(t, value, true);
	text_add(t, "\n");
}

static void add_further(struct text *t, const char *further)
{
	AUTO_JSON struct json *object = further ? json_parse_value(further, strlen(further)) : NULL;
	struct json_at root = json_value_root(object);

	for (size_t i = 0; object && i < json_count(&root); i++) {
		struct json_at member = json_member_at(&root, i);
		AUTO_FREE char *label = text_visible_line(member.key, NULL);

		add_line(t, label ? label : "", json_as_string(&member));
	}
}

static void add_steps(struct text *t, const struct store_steps *steps)
{
	for (size_t i = 0; i < steps->count; i++) {
		const struct store_step *step = &steps->item[i];
		char when[32];

		date_render_local(step->at_ms, i18n_language(), when);
		text_addf(t, "  %s  %s, %s  (%s)", when, step->stage, application_state_title(step->state), step->actor);
		if (step->requirements)
			text_addf(t, _("  not met: %s"), step->requirements);
		if (step->reason) {
			text_add(t, "\n      ");
			text_add_visible(t, step->reason, true);
		}
		text_add(t, "\n");
	}
}

static void add_answers(struct text *t, const struct store_screenings *answers)
{
	for (size_t i = 0; i < answers->count; i++) {
		const struct store_screening *a = &answers->item[i];

		if (a->answer == SCREENING_NONE)
			continue;
		text_add(t, "  ");
		text_add_padded(t, a->requirement, 22);
		text_add(t, words_screening(a->answer));
		if (a->source) {
			text_add(t, ": ");
			text_add_visible(t, a->source, true);
		}
		text_add(t, "\n");
	}
}

/* What is not shown is said with its reason, so that nobody takes it for empty. */
static void add_hidden(struct text *t, const struct application_view *v, const char *actor)
{
	static const enum thing things[] = { SEE_NAME, SEE_SCREENING, SEE_SALARY };

	for (size_t i = 0; i < sizeof(things) / sizeof(*things); i++) {
		struct err why = { 0 };

		if (rights_check(&v->rights, things[i], actor, &why) < 0)
			text_addf(t, _("  Not shown: %s\n"), why.text);
	}
}

static int print_view(const struct application_view *v, const struct application_session *session, const char *actor,
	struct err *e)
{
	const struct store_application *a = &v->application;
	AUTO_TEXT struct text t = { 0 };

	text_addf(&t, "%s", a->candidate);
	if (v->name) {
		text_add(&t, ": ");
		text_add_visible(&t, v->name, true);
	}
	text_addf(&t, _("\n%s, stage %s, %s\n"), a->position, a->stage, application_state_title(a->state));
	if (*session->id)
		text_addf(&t, _("Session %s of this stage: %s\n"), session->id, session_state_title(session->state));
	add_line(&t, _("e-mail"), v->email);
	add_line(&t, _("source"), a->source);
	add_line(&t, _("referrer"), a->referrer);
	add_line(&t, _("salary expectation"), a->salary_expectation);
	add_line(&t, _("notice"), a->notice);
	add_line(&t, _("languages"), a->languages);
	add_further(&t, a->further);
	add_hidden(&t, v, actor);
	if (v->answers.count)
		text_add(&t, _("\nScreening\n"));
	add_answers(&t, &v->answers);
	if (v->steps.count)
		text_add(&t, _("\nSteps\n"));
	add_steps(&t, &v->steps);
	text_add(&t, "\n");
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static int run_candidate_show(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_APPLICATION_VIEWS struct application_views views = { 0 };
	AUTO_JSON struct json *list = json_new_array();
	const char *candidate = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 || applications_look(&views, visit.workspace, visit.actor, candidate,
		    cli_value(cli, "position"), NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < views.count; i++) {
		struct application_session session;

		if (application_session(&session, visit.workspace, &views.item[i].application, e) < 0)
			return -1;
		json_append_take(&list, view_json(&views.item[i], &session));
		if (!cli->json && print_view(&views.item[i], &session, visit.actor, e) < 0)
			return -1;
	}
	return cli->json ? cli_print_json_take(take_ptr(&list), e) : next_for(cli, visit.workspace, candidate, e);
}

/* --- move, reject, withdraw ------------------------------------------------------------------------------------- */

static int take_words(struct strings *out, const struct cli *cli, size_t count, struct err *e)
{
	for (size_t i = 0; i < count; i++)
		if (strings_add(out, cli->words.item[i], e) < 0)
			return -1;
	return 0;
}

/* Who was rejected gets a letter, from whoever may write one. */
static int next_behind_rejection(struct cli *cli, struct visit *visit, const struct application_move *move, struct err *e)
{
	AUTO_TEXT struct text all = { 0 };
	struct err unable = { 0 };

	if (workspace_may(visit->workspace, visit->actor, DO_WRITE, &unable) < 0)
		return cli_next(cli, e, "assay pipeline%s%s", move->position ? " " : "", move->position ? move->position : "");
	for (size_t i = 0; i < move->candidates->count; i++)
		text_addf(&all, " %s", move->candidates->item[i]);
	if (all.failed)
		return err_memory(e);
	return cli_next(cli, e, "assay letter write rejection%s%s", text_bytes(&all),
		move->candidates->count > 1 ? " --to DIR" : "");
}

static int tell_moved(struct cli *cli, struct visit *visit, const struct application_move *move, const char *done,
	bool rejected, struct err *e)
{
	AUTO_STRINGS struct strings hints = { 0 };
	AUTO_FREE char *line = NULL;

	if (move->reason && loose_words(&hints, move->reason, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:o, s:o}", "candidates", json_from_strings(move->candidates), "hints",
			json_from_strings(&hints)), e);
	line = mem_format(e, "%s: %zu\n", done, move->candidates->count);
	if (!line || cli_print(line, e) < 0 || sheets_hints(&hints, e) < 0)
		return -1;
	if (rejected)
		return next_behind_rejection(cli, visit, move, e);
	if (move->candidates->count == 1)
		return next_for(cli, visit->workspace, move->candidates->item[0], e);
	return cli_next(cli, e, "assay pipeline%s%s", move->position ? " " : "", move->position ? move->position : "");
}

static int run_candidate_move(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STRINGS struct strings candidates = { 0 };
	struct application_move move = { .candidates = &candidates, .position = cli_value(cli, "position") };
	const char *stage = cli->words.item[cli->words.count - 1];

	if (cli_required(cli, "reason", &move.reason, e) < 0 || take_words(&candidates, cli, cli->words.count - 1, e) < 0 ||
		visit_open(&visit, cli, e) < 0 || applications_move(visit.workspace, visit.actor, &move, stage, e) < 0)
		return -1;
	return tell_moved(cli, &visit, &move, _("Moved"), false, e);
}

static int run_candidate_reject(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STRINGS struct strings candidates = { 0 }, unmet = { 0 };
	struct application_move move = { .candidates = &candidates, .position = cli_value(cli, "position") };

	for (int i = 0; cli_values(cli, "requirement", i); i++)
		if (strings_find(&unmet, cli_values(cli, "requirement", i)) < 0 &&
			strings_add(&unmet, cli_values(cli, "requirement", i), e) < 0)
			return -1;
	if (cli_required(cli, "reason", &move.reason, e) < 0 || take_words(&candidates, cli, cli->words.count, e) < 0 ||
		visit_open(&visit, cli, e) < 0 ||
		applications_reject(visit.workspace, visit.actor, &move, &unmet, cli_flag(cli, "meets-all"), e) < 0)
		return -1;
	return tell_moved(cli, &visit, &move, _("Rejected"), true, e);
}

static int run_candidate_withdraw(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STRINGS struct strings candidates = { 0 };
	struct application_move move = { .candidates = &candidates, .position = cli_value(cli, "position"),
		.reason = cli_value(cli, "reason") };

	if (take_words(&candidates, cli, cli->words.count, e) < 0 || visit_open(&visit, cli, e) < 0 ||
		applications_withdraw(visit.workspace, visit.actor, &move, e) < 0)
		return -1;
	return tell_moved(cli, &visit, &move, _("Withdrawn"), false, e);
}

enum { MANY = 500 };

#define POSITION_OPTION { "position", "POSITION", N_("of this position (the only one they apply for)") }

const struct command commands_candidate[] = {
	{
		.noun = "candidate",
		.verb = "add",
		.words = "NAME",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("take a candidate in and give a pseudonym"),
		.about = N_("What somebody would like to earn is seen by hr alone; what somebody earns now is not asked."),
		.example = "assay candidate add 'Anna Berg' --position senior-backend-engineer\n"
			   "assay candidate add 'Anna Berg' --email anna@example.org --source referral --notice '3 months'",
		.options = { { "position", "POSITION", N_("what the person applies for (the only one there is)") },
			{ "stage", "STAGE", N_("the stage to begin at (the first)") },
			{ "email", "ADDRESS", N_("by which the person is known again") },
			{ "source", "TEXT", N_("how the person came to you") },
			{ "referrer", "TEXT", N_("who recommended the person") },
			{ "salary-expectation", "TEXT", N_("what the person would like to earn") },
			{ "notice", "TEXT", N_("the notice period, or a date") },
			{ "languages", "TEXT", N_("the languages the person speaks") } },
		.run = run_candidate_add,
	},
	{
		.noun = "candidate",
		.verb = "import",
		.words = "FILE",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("take applications in from a CSV, all or none"),
		.about = N_("At most 500 rows. Columns are found by name, in any order, in English or German: name, email, source, "
			    "referrer, salary_expectation, notice, languages; further ones are kept with the application. It may be "
			    "separated by commas, semicolons or tabs, in UTF-8 or Windows-1252, as spreadsheets write it. Mistakes "
			    "are told by row and column, and then nothing is taken in."),
		.example = "assay candidate import applications.csv --position senior-backend-engineer",
		.options = { { "position", "POSITION", N_("what they apply for (the only one there is)") },
			{ "stage", "STAGE", N_("the stage to begin at (the first)") } },
		.run = run_candidate_import,
	},
	{
		.noun = "candidate",
		.verb = "list",
		.words = "",
		.summary = N_("list candidates with their stage"),
		.example = "assay candidate list --position senior-backend-engineer --state rejected",
		.options = { { "position", "POSITION", N_("only of this position") },
			{ "stage", "STAGE", N_("only at this stage") },
			{ "state", "STATE", N_("only open, hired, rejected or withdrawn ones") } },
		.run = run_candidate_list,
	},
	{
		.noun = "candidate",
		.verb = "show",
		.words = "CANDIDATE",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("show an application, as far as you may see it"),
		.example = "assay candidate show C-7Q2K",
		.options = { { "position", "POSITION", N_("only of this position") } },
		.run = run_candidate_show,
	},
	{
		.noun = "candidate",
		.verb = "move",
		.words = "CANDIDATE… STAGE",
		.min_words = 2,
		.max_words = MANY + 1,
		.summary = N_("move candidates to another stage"),
		.about = N_("Where cards are due that is a decision: 'assay decide'. Several are moved together, all or none."),
		.example = "assay candidate move C-7Q2K technical --reason 'meets all must-haves, five years of asyncio'",
		.options = { { "reason", "TEXT", N_("why; the candidate may ask to read it") }, POSITION_OPTION },
		.run = run_candidate_move,
	},
	{
		.noun = "candidate",
		.verb = "reject",
		.words = "CANDIDATE…",
		.min_words = 1,
		.max_words = MANY,
		.summary = N_("reject candidates, naming the unmet requirement"),
		.about = N_("Where cards are due that is a decision: 'assay decide'. Several are rejected together for the same "
			    "reason, all or none."),
		.example = "assay candidate reject C-7Q2K --requirement python --reason 'two years of Java, no Python in production'",
		.options = { { "requirement", "ID", N_("a requirement that is not met; may stand several times") },
			{ "meets-all", NULL, N_("all are met, and the reason says why somebody else was preferred") },
			{ "reason", "TEXT", N_("why; the candidate may ask to read it") }, POSITION_OPTION },
		.run = run_candidate_reject,
	},
	{
		.noun = "candidate",
		.verb = "withdraw",
		.words = "CANDIDATE…",
		.min_words = 1,
		.max_words = MANY,
		.summary = N_("note that candidates don't want any more"),
		.example = "assay candidate withdraw C-7Q2K --reason 'took another offer'",
		.options = { { "reason", "TEXT", N_("what they said, if anything") }, POSITION_OPTION },
		.run = run_candidate_withdraw,
	},
	{ 0 },
};
