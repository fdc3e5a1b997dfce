// SPDX-License-Identifier: MIT
/*
 * Commands about a session before it starts: planned, listed, moved, cancelled, told to those who come.
 */
#include "assess/session_access.h"
#include "assess/session_date.h"
#include "assess/session_sheet.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "cli/visit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* --- plan ------------------------------------------------------------------------------------------------------- */

static int read_order(struct session_order *order, struct strings *interviewers, const struct cli *cli, struct err *e)
{
	const char *at = cli_value(cli, "at");
	long long minutes;

	for (int i = 0; cli_values(cli, "interviewer", i); i++)
		if (strings_add(interviewers, cli_values(cli, "interviewer", i), e) < 0)
			return -1;
	if (cli_number(cli, "minutes", 1, 1440, 0, &minutes, e) < 0)
		return -1;
	*order = (struct session_order){
		.candidate = cli->words.item[0],
		.position = cli_value(cli, "position"),
		.stage = cli_value(cli, "stage"),
		.plan = cli_value(cli, "plan"),
		.repo = cli_value(cli, "repo"),
		.interviewers = interviewers,
		.minutes = minutes,
		.place = cli_value(cli, "place"),
	};
	return at ? date_parse_in(at, cli_value(cli, "zone"), &order->at_ms, e) : 0;
}

/* Says when the parts leave more or less than the slot has. */
static int print_fit(struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	AUTO_STORE_APPOINTMENTS struct store_appointments kept = { 0 };
	AUTO_FREE char *line = NULL;
	struct session_slot slot;
	long long minutes = 0;
	int revision;

	if (session_view(&view, workspace, id, e) < 0 ||
		session_slot(&slot, &revision, &kept, workspace, &view.session, e) < 0)
		return -1;
	for (size_t i = 0; i < view.parts.count; i++)
		minutes += view.parts.item[i].minutes;
	if (minutes == slot.minutes)
		return 0;
	line = minutes < slot.minutes
		? mem_format(e, _("The parts take %lld minutes, the slot has %lld: %lld are left over.\n"), minutes,
			  (long long)slot.minutes, (long long)slot.minutes - minutes)
		: mem_format(e, _("Attention: the parts take %lld minutes, the slot has only %lld: 'assay session move %s "
				  "--minutes %lld' makes it longer.\n"),
			  minutes, (long long)slot.minutes, id, minutes);
	return line ? cli_print(line, e) : -1;
}

/* Whoever plans need not be who leads it on the day: with --as it is one of those who sit there. */
static int next_is_start(const struct cli *cli, struct visit *visit, const char *id, struct err *e)
{
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	if (session_view(&view, visit->workspace, id, e) < 0)
		return -1;
	for (size_t i = 0; cli->as && i < view.seats.count; i++)
		if (strcmp(view.seats.item[i].person, cli->as) == 0)
			return cli_next(cli, e, "assay session start %s", id);
	return cli->as && view.seats.count ? cli_next(cli, e, "assay session start %s --as %s", id, view.seats.item[0].person)
					   : cli_next(cli, e, "assay session start %s", id);
}

/* What comes behind a date that was said: who must be told, and what is to be done on the day. */
static int next_behind_date(const struct cli *cli, struct visit *visit, const char *id, bool has_date, struct err *e)
{
	return has_date ? cli_next(cli, e, "assay session invite %s", id) : next_is_start(cli, visit, id, e);
}

/* Whoever enters what was held already means it; who has mistyped a year sees it. 0 is no date. */
static void warn_of_past(int64_t at_ms)
{
	if (at_ms && at_ms < clock_now_ms())
		fprintf(stderr, _("assay: that date is in the past\n"));
}

static int run_plan(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STRINGS struct strings interviewers = { 0 };
	struct session_order order;
	char id[ID_PSEUDONYM] = "";
	AUTO_FREE char *line = NULL;

	if (read_order(&order, &interviewers, cli, e) < 0 || visit_open(&visit, cli, e) < 0 ||
		session_plan(id, visit.workspace, visit.actor, &order, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s}", "session", id), e);
	line = mem_format(e, "%s\n", id);
	if (!line || cli_print(line, e) < 0)
		return -1;
	warn_of_past(order.at_ms);
	return print_fit(visit.workspace, id, e) < 0 ? -1 : next_behind_date(cli, &visit, id, order.at_ms != 0, e);
}

/* --- another date ----------------------------------------------------------------------------------------------- */

static int print_date(int64_t at_ms, struct err *e)
{
	AUTO_FREE char *line = NULL;
	char when[32];

	date_render_local(at_ms, i18n_language(), when);
	line = mem_format(e, _("Now on %s.\n"), when);
	warn_of_past(at_ms);
	return line ? cli_print(line, e) : -1;
}

static int run_move(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0], *at = cli_value(cli, "at");
	struct session_slot slot = { .place = cli_value(cli, "place") };
	long long minutes;

	if (cli_number(cli, "minutes", 1, 1440, 0, &minutes, e) < 0 ||
		(at && date_parse_in(at, cli_value(cli, "zone"), &slot.at_ms, e) < 0))
		return -1;
	if (!at && !minutes && !slot.place)
		return err_set(e, ERR_USAGE, _("say what changes: --at TIME, --minutes N or --place TEXT"));
	slot.minutes = minutes;
	if (visit_open(&visit, cli, e) < 0 ||
		session_move(visit.workspace, visit.actor, id, &slot, cli_value(cli, "reason"), e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "state", "planned"), e);
	if ((at && print_date(slot.at_ms, e) < 0) || print_fit(visit.workspace, id, e) < 0)
		return -1;
	return next_behind_date(cli, &visit, id, true, e);
}

static int run_cancel(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	const char *id = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0 ||
		session_cancel(visit.workspace, visit.actor, id, cli_value(cli, "reason"), e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "state", "cancelled"), e);
	return cli_next(cli, e, "assay session invite %s", id);
}

/* --- list ------------------------------------------------------------------------------------------------------- */

static int list_session(struct table *table, struct json **list, const struct store_session *session, struct err *e)
{
	char when[32] = "";

	if (session->at_ms)
		date_render_local(session->at_ms, i18n_language(), when);
	table_add(table, session->id);
	table_add(table, session->candidate);
	table_add(table, session->position);
	table_add(table, session->stage);
	table_add(table, *when ? when : NULL);
	table_add(table, session_state_title(session->state));
	json_append_take(list, json_pack_new("{s:s, s:s, s:s, s:s, s:I, s:s}", "session", session->id, "candidate",
		session->candidate, "position", session->position, "stage", session->stage, "at_ms",
		(long long)session->at_ms, "state", session_state_name(session->state)));
	return table->failed ? err_memory(e) : 0;
}

static int run_list(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STORE_SESSIONS struct store_sessions all = { 0 };
	AUTO_TABLE struct table table = { 0 };
	AUTO_JSON struct json *list = json_new_array();
	const char *readable = NULL;
	struct err unreadable = { 0 };
	struct access access;

	if (visit_open(&visit, cli, e) < 0 || workspace_may(visit.workspace, visit.actor, SEE_LISTS, e) < 0 ||
		store_session_list(&all, visit.workspace->store, cli_value(cli, "position"), NULL, e) < 0)
		return -1;
	table_start(&table, _("Session"), _("Candidate"), _("Position"), _("Stage"), _("On"), _("State"), NULL);
	for (size_t i = 0; i < all.count; i++) {
		if (session_access(&access, visit.workspace, visit.actor, all.item[i].id, e) < 0 ||
			list_session(&table, &list, &all.item[i], e) < 0)
			return -1;
		if (access_check_standing(&access, visit.actor, all.item[i].id, &unreadable) == 0)
			readable = all.item[i].id;
	}
	if (cli->json)
		return cli_print_json_take(take_ptr(&list), e);
	if (table_print(&table, _("None yet: 'assay session plan CANDIDATE' plans one."), e) < 0)
		return -1;
	return readable ? cli_next(cli, e, "assay session status %s", readable) : cli_next(cli, e, "assay pipeline");
}

/* --- invitations ------------------------------------------------------------------------------------------------ */

static const char *const guest_names[] = { [GUEST_CANDIDATE] = "candidate", [GUEST_INTERVIEWERS] = "interviewers" };

/* "S-7Q2K-candidate.ics" in DIR. */
static int write_invitation(char **path, const char *dir, const struct visit *visit, const char *id,
	enum session_guest guest, struct err *e)
{
	AUTO_FREE char *text = NULL;
	AUTO_FREE char *name = mem_format(e, "%s-%s.ics", id, guest_names[guest]);

	if (!name || session_invitation(&text, visit->workspace, visit->actor, id, guest, e) < 0 || !(*path = fs_join(dir, name, e)))
		return -1;
	return fs_write(AT_FDCWD, *path, text, strlen(text), 0644, e);
}

/* One that is cancelled is followed by another one, if by anything. */
static int next_behind_invitation(const struct cli *cli, struct visit *visit, const char *id, struct err *e)
{
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	AUTO_STORE_APPOINTMENTS struct store_appointments kept = { 0 };
	struct session_slot slot;
	int revision;

	if (session_view(&view, visit->workspace, id, e) < 0 ||
		session_slot(&slot, &revision, &kept, visit->workspace, &view.session, e) < 0)
		return -1;
	return kept.count && kept.item[kept.count - 1].cancelled
		? cli_next(cli, e, "assay session plan %s --at TIME", view.session.candidate)
		: next_is_start(cli, visit, id, e);
}

static int run_invite(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_FREE char *candidate = NULL;
	AUTO_FREE char *interviewers = NULL;
	AUTO_FREE char *lines = NULL;
	const char *id = cli->words.item[0], *dir = cli_value(cli, "to") ? cli_value(cli, "to") : ".";

	if (visit_open(&visit, cli, e) < 0 ||
		write_invitation(&candidate, dir, &visit, id, GUEST_CANDIDATE, e) < 0 ||
		write_invitation(&interviewers, dir, &visit, id, GUEST_INTERVIEWERS, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(
			json_pack_new("{s:s, s:s}", "candidate", candidate, "interviewers", interviewers), e);
	lines = mem_format(e, "%s\n%s\n", candidate, interviewers);
	return !lines || cli_print(lines, e) < 0 ? -1 : next_behind_invitation(cli, &visit, id, e);
}

/* --- accommodations --------------------------------------------------------------------------------------------- */

static int print_accommodations(const struct cli *cli, const struct store_accommodations *all, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	struct json *list;

	if (cli->json) {
		list = json_new_array();
		for (size_t i = 0; i < all->count; i++)
			json_append_take(&list, json_pack_new("{s:s, s:I, s:s, s:I}", "text", all->item[i].text, "percent",
				(long long)all->item[i].percent, "by", all->item[i].actor, "at_ms",
				(long long)all->item[i].at_ms));
		return cli_print_json_take(list, e);
	}
	for (size_t i = 0; i < all->count; i++) {
		char when[32];

		date_render_local(all->item[i].at_ms, i18n_language(), when);
		text_addf(&t, _("%s, %s, %lld %% more time: "), when, all->item[i].actor, (long long)all->item[i].percent);
		text_add_visible(&t, all->item[i].text, true);
		text_add(&t, "\n");
	}
	if (!all->count)
		text_add(&t, _("Nothing is noted.\n"));
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static int run_accommodate(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_STORE_ACCOMMODATIONS struct store_accommodations all = { 0 };
	const char *id = cli->words.item[0];
	long long percent;

	if (cli_number(cli, "more-time", 0, 200, 0, &percent, e) < 0 || visit_open(&visit, cli, e) < 0)
		return -1;
	if (cli->words.count > 1 &&
		session_accommodate(visit.workspace, visit.actor, id, cli->words.item[1], (int)percent, e) < 0)
		return -1;
	if (cli->words.count == 1 && cli_value(cli, "more-time"))
		return err_set(e, ERR_USAGE, _("say in a few words what it is for, behind the session's id"));
	if (session_accommodations(&all, visit.workspace, visit.actor, id, e) < 0 ||
		print_accommodations(cli, &all, e) < 0)
		return -1;
	return cli->json || cli->words.count == 1 ? 0 : print_fit(visit.workspace, id, e);
}

/* --- sheet ------------------------------------------------------------------------------------------------------ */

static int run_sheet(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_OUTLINE struct outline outline = { 0 };
	AUTO_FREE char *bytes = NULL;
	const char *id = cli->words.item[0], *format = cli_value(cli, "format"), *file = cli_value(cli, "output");
	const struct report_style style = { .columns = cli_columns(), .language = i18n_language() };
	bool page = format && strcmp(format, "html") == 0;

	if (format && !page && strcmp(format, "text") != 0)
		return err_set(e, ERR_USAGE, _("there is no format '%s': text and html are the ones"), format);
	if (visit_open(&visit, cli, e) < 0 || session_sheet(&outline, visit.workspace, visit.actor, id, e) < 0 ||
		(page ? outline_html : outline_text)(&bytes, &outline, &style, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s}", "session", id, "sheet", bytes), e);
	if (!file)
		return cli_print(bytes, e);
	return fs_write(AT_FDCWD, file, bytes, strlen(bytes), 0600, e) < 0 ? -1 : next_is_start(cli, &visit, id, e);
}

const struct command commands_session_plan[] = {
	{
		.noun = "session",
		.verb = "plan",
		.words = "CANDIDATE",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("plan a session and fix its pins"),
		.about = N_("Pins are the task repository's commit, the rubric and the packages as they are now: whatever "
			    "changes later, this session is marked against these."),
		.example = "assay session plan C-7Q2K --interviewer ines --interviewer jonas --at 2026-12-01T10:00 --place 'Room 4'",
		.options = { { "interviewer", "PERSON", N_("whose card is due, once for each (the stage's people)") },
			{ "at", "TIME", N_("when it is to be held") },
			{ "zone", "ZONE", N_("the time zone of --at (this machine's)") },
			{ "minutes", "N", N_("how long the slot is (the plan's)") },
			{ "place", "TEXT", N_("where: a room, a link") },
			{ "position", "POSITION", N_("what the candidate applies for (the only one)") },
			{ "stage", "STAGE", N_("the stage (the application's)") },
			{ "plan", "PLAN", N_("the plan (the stage's)") },
			{ "repo", "NAME", N_("the repository with the plan (the only one)") } },
		.run = run_plan,
	},
	{
		.noun = "session",
		.verb = "list",
		.words = "",
		.summary = N_("list the sessions, by pseudonym"),
		.about = N_("In the order in which they were planned, with their dates and where they stand."),
		.example = "assay session list --position senior-backend-engineer",
		.options = { { "position", "POSITION", N_("of this position alone") } },
		.run = run_list,
	},
	{
		.noun = "session",
		.verb = "move",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("give a planned session another date, length or place"),
		.about = N_("Refused when somebody has another session then. Each word about a date is kept, with who said it; "
			    "'assay session invite' writes the calendar files that change the entry."),
		.example = "assay session move S-7Q2K --at 2026-12-03T14:00 --reason 'Ines is ill'",
		.options = { { "at", "TIME", N_("when it is to be held") },
			{ "zone", "ZONE", N_("the time zone of --at (this machine's)") },
			{ "minutes", "N", N_("how long the slot is") }, { "place", "TEXT", N_("where: a room, a link") },
			{ "reason", "TEXT", N_("why") } },
		.run = run_move,
	},
	{
		.noun = "session",
		.verb = "cancel",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("take a planned session back"),
		.about = N_("Another one can be planned for the same stage then. 'assay session invite' writes the calendar files that "
			    "take the entry out."),
		.example = "assay session cancel S-7Q2K --reason 'the candidate withdrew'",
		.options = { { "reason", "TEXT", N_("why; kept") } },
		.run = run_cancel,
	},
	{
		.noun = "session",
		.verb = "invite",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("write calendar files for the candidate and the interviewers"),
		.about = N_("SESSION-candidate.ics and SESSION-interviewers.ics are written and sent by nobody but you. Write them "
			    "again after a change: a calendar knows the entry by its id and takes the newer one."),
		.example = "assay session invite S-7Q2K --to /tmp",
		.options = { { "to", "DIR", N_("where to (here)") } },
		.run = run_invite,
	},
	{
		.noun = "session",
		.verb = "sheet",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("print what an interviewer holds in hand"),
		.about = N_("Questions and follow-ups, what an answer at each level holds, the anchors of each criterion, planted flaws "
			    "with their model answers, hints, and room for notes. It holds every answer: a file is readable by you "
			    "alone."),
		.example = "assay session sheet S-7Q2K | less\nassay session sheet S-7Q2K --format html --output sheet.html",
		.options = { { "format", "text|html", N_("text, or a page to print (text)") },
			{ "output", "FILE", N_("write it there, whole or not at all") } },
		.run = run_sheet,
	},
	{
		.noun = "session",
		.verb = "accommodate",
		.words = "SESSION [TEXT]",
		.min_words = 1,
		.max_words = 2,
		.summary = N_("note what makes it fair for this candidate, or show it"),
		.about = N_("For hr alone. Those who mark see longer parts and no reason; neither cards nor scorecards know of it."),
		.example = "assay session accommodate S-7Q2K 'dyslexia' --more-time 25 --as petra",
		.options = { { "more-time", "PERCENT", N_("how much longer the parts with a task are (0)") } },
		.run = run_accommodate,
	},
	{ 0 },
};
