// SPDX-License-Identifier: MIT
/*
 * What a letter says about its candidate, gathered; which template it takes; and what follows from having been sent.
 */
#include "assess/letters.h"

#include "assess/applications_inside.h"
#include "assess/session_access.h"
#include "assess/session_date.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/fs.h"
#include "base/text.h"
#include "task/rubric.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>

static const char company_setting[] = "company";

int letter_kind_parse(enum letter_kind *out, const char *name, struct err *e)
{
	AUTO_TEXT struct text known = { 0 };

	for (int kind = 0; kind < LETTER_KINDS; kind++) {
		text_addf(&known, "%s%s", kind ? ", " : "", letter_kind_name((enum letter_kind)kind));
		if (strcmp(letter_kind_name((enum letter_kind)kind), name) != 0)
			continue;
		*out = (enum letter_kind)kind;
		return 0;
	}
	return err_set(e, ERR_USAGE, _("there is no letter '%.40s'; there are %s"), name, text_bytes(&known));
}

/* --- what it says ----------------------------------------------------------------------------------------------- */

/* All that a letter borrows. */
struct gathered {
	struct store_candidate candidate;
	struct store_application application;
	struct store_person sender;
	struct position *position;
	char *position_id, *company, *place, *minutes;
	char *interviewers, *parts;
	char today[32], when[48];
	bool has_session, has_date;
};

static void gathered_done(struct gathered *g)
{
	store_candidate_done(&g->candidate);
	store_application_done(&g->application);
	store_person_done(&g->sender);
	position_free(g->position);
	free(g->position_id);
	free(g->company);
	free(g->place);
	free(g->minutes);
	free(g->interviewers);
	free(g->parts);
}

static int gather_people(struct gathered *g, struct workspace *workspace, const struct session_view *view, struct err *e)
{
	AUTO_TEXT struct text names = { 0 }, parts = { 0 };

	for (size_t i = 0; i < view->seats.count; i++) {
		AUTO_STORE_PERSON struct store_person person = { 0 };

		if (store_person_get(&person, workspace->store, view->seats.item[i].person, e) < 0)
			return -1;
		text_addf(&names, "%s%s", i ? ", " : "", person.name);
	}
	for (size_t i = 0; i < view->parts.count; i++) {
		const struct store_part *part = &view->parts.item[i];

		for (int kind = 0; kind < PART_KINDS; kind++)
			if (strcmp(part_kind_name((enum part_kind)kind), part->kind) == 0)
				text_addf(&parts, _("%s: %d minutes\n"), part_kind_title((enum part_kind)kind), (int)part->minutes);
	}
	return text_take(&names, &g->interviewers, e) < 0 ? -1 : text_take(&parts, &g->parts, e);
}

/* The newest session of the application that wasn't cancelled. */
static int gather_session(struct gathered *g, struct workspace *workspace, const struct letter_order *order, struct err *e)
{
	AUTO_STORE_SESSIONS struct store_sessions sessions = { 0 };
	AUTO_STORE_APPOINTMENTS struct store_appointments kept = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	const struct store_session *newest = NULL;
	struct session_slot slot;
	int revision;

	if (store_session_list(&sessions, workspace->store, g->position_id, NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < sessions.count; i++)
		if (strcmp(sessions.item[i].candidate, g->candidate.pseudonym) == 0 &&
			sessions.item[i].state != SESSION_CANCELLED)
			newest = &sessions.item[i];
	if (!newest)
		return 0;
	if (session_view(&view, workspace, newest->id, e) < 0 ||
		session_slot(&slot, &revision, &kept, workspace, newest, e) < 0 || gather_people(g, workspace, &view, e) < 0 ||
		!(g->minutes = mem_format(e, "%lld", (long long)slot.minutes)) ||
		(slot.place && !(g->place = mem_copy(slot.place, e))))
		return -1;
	g->has_session = true;
	g->has_date = slot.at_ms != 0;
	return date_render_in(slot.at_ms, order->language, order->zone, g->when, e);
}

static int gather_company(struct gathered *g, struct workspace *workspace, const char *company, struct err *e)
{
	if (!company)
		return store_setting_get(&g->company, workspace->store, company_setting, e);
	g->company = workspace_check_name(company, e) < 0 ? NULL : mem_copy(company, e);
	return g->company ? 0 : -1;
}

static int gather(struct gathered *g, struct workspace *workspace, const char *actor, const struct letter_order *order,
	struct err *e)
{
	struct err none = { 0 };

	if (store_candidate_get(&g->candidate, workspace->store, order->candidate, e) < 0 ||
		application_position(&g->position_id, workspace, order->candidate, order->position, e) < 0 ||
		store_application_get(&g->application, workspace->store, order->candidate, g->position_id, e) < 0 ||
		workspace_position(&g->position, workspace, g->position_id, e) < 0 ||
		gather_company(g, workspace, order->company, e) < 0 ||
		gather_session(g, workspace, order, e) < 0)
		return -1;
	/* An account that is no person signs nothing. */
	if (store_person_get(&g->sender, workspace->store, actor, &none) < 0 && none.kind != ERR_NOT_FOUND)
		return err_set(e, none.kind, "%s", none.text);
	date_render_local(clock_now_ms(), order->language, g->today);
	g->today[strcspn(g->today, " ")] = '\0';
	return 0;
}

static int check_fits(const struct gathered *g, enum letter_kind kind, struct err *e)
{
	const enum application_state state = g->application.state;

	if (kind == LETTER_REJECTION && state != APPLICATION_REJECTED)
		return err_set(e, ERR_CONFLICT,
			_("the application of %s isn't rejected: 'assay candidate reject' or 'assay decide' comes first"),
			g->candidate.pseudonym);
	if (kind != LETTER_REJECTION && kind != LETTER_THANKS && (state == APPLICATION_REJECTED || state == APPLICATION_WITHDRAWN))
		return err_set(e, ERR_CONFLICT, _("the application of %s is closed: %s"), g->candidate.pseudonym,
			application_state_title(state));
	return 0;
}

/* --- templates -------------------------------------------------------------------------------------------------- */

static char *template_path(struct workspace *workspace, enum letter_kind kind, enum language language, struct err *e)
{
	return workspace_path(workspace, e, "letters/%s.%s.txt", letter_kind_name(kind), language_code(language));
}

/* *path is what stands in mistakes. */
static int find_template(char **out, char **path, struct workspace *workspace, const struct letter_order *order,
	struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	struct err said = { 0 };
	size_t size;

	*path = template_path(workspace, order->kind, order->language, e);
	if (!*path)
		return -1;
	if (fs_read(&bytes, &size, AT_FDCWD, *path, LETTER_MAX_BYTES, &said) < 0) {
		if (said.kind != ERR_NOT_FOUND)
			return err_set(e, said.kind, "%s", said.text);
		*out = mem_copy(letter_template(order->kind, order->language), e);
		return *out ? 0 : -1;
	}
	if (!text_is_utf8(bytes, size) || strlen(bytes) != size)
		return err_set(e, ERR_INVALID, _("%s: is no UTF-8 text"), *path);
	*out = take_ptr(&bytes);
	return 0;
}

int letters_lay_templates(struct strings *written, struct workspace *workspace, const char *actor, struct err *e)
{
	if (workspace_may(workspace, actor, DO_WRITE, e) < 0 || workspace_make_dir(workspace, "letters", e) < 0)
		return -1;
	for (int i = 0; i < LETTER_KINDS * LANGUAGE_COUNT; i++) {
		enum letter_kind kind = (enum letter_kind)(i / LANGUAGE_COUNT);
		enum language language = (enum language)(i % LANGUAGE_COUNT);
		AUTO_FREE char *path = template_path(workspace, kind, language, e);
		const char *text = letter_template(kind, language);

		if (!path)
			return -1;
		if (fs_exists(AT_FDCWD, path))
			continue;
		if (fs_write(AT_FDCWD, path, text, strlen(text), 0644, e) < 0 || strings_add(written, path, e) < 0)
			return -1;
	}
	return 0;
}

int letters_set_company(struct workspace *workspace, const char *actor, const char *company, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_FREE char *before = NULL;

	if (workspace_may(workspace, actor, DO_WRITE, e) < 0 || workspace_check_name(company, e) < 0 ||
		store_change_begin(&change, workspace->store, e) < 0 ||
		store_setting_get(&before, workspace->store, company_setting, e) < 0)
		return -1;
	if (before && strcmp(before, company) == 0)
		return 0;
	if (store_setting_set(workspace->store, company_setting, company, e) < 0 ||
		workspace_log(workspace, actor, "setting.company", company, NULL, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int letter_write(
	char **out, struct workspace *workspace, const char *actor, const struct letter_order *order, struct err *e)
{
	AUTO(gathered_done) struct gathered g = { 0 };
	AUTO_FREE char *template = NULL;
	AUTO_FREE char *path = NULL;
	const enum language spoken = i18n_language();
	int failed;

	if (workspace_may(workspace, actor, DO_WRITE, e) < 0 || i18n_speak(order->language, e) < 0)
		return -1;
	failed = gather(&g, workspace, actor, order, e);
	if (i18n_speak(spoken, e) < 0 || failed || check_fits(&g, order->kind, e) < 0 ||
		find_template(&template, &path, workspace, order, e) < 0)
		return -1;

	const struct letter letter = {
		.name = g.candidate.name,
		.position = localised_text(&g.position->title, order->language),
		.company = g.company,
		.sender = g.sender.name,
		.today = g.today,
		.when = g.has_date ? g.when : NULL,
		.minutes = g.minutes,
		.place = g.place,
		.interviewers = g.interviewers,
		.parts = g.parts,
	};

	return report_letter(out, &letter, path, template, e);
}

/* --- sent ------------------------------------------------------------------------------------------------------- */

/* In a change of the caller's. The same word said twice is said once. */
static int note_sent(struct workspace *workspace, const char *actor, const struct letter_order *order,
	struct store_letter *letter, struct err *e)
{
	AUTO_STORE_LETTERS struct store_letters before = { 0 };
	AUTO(gathered_done) struct gathered g = { 0 };

	if (gather(&g, workspace, actor, order, e) < 0 || check_fits(&g, order->kind, e) < 0 ||
		store_letter_list(&before, workspace->store, order->candidate, g.position_id, e) < 0)
		return -1;
	for (size_t i = 0; i < before.count; i++)
		if (strcmp(before.item[i].kind, letter->kind) == 0 && before.item[i].on_ms == letter->on_ms)
			return 0;
	letter->candidate = order->candidate;
	letter->position = g.position_id;
	if (store_letter_add(workspace->store, letter, e) < 0)
		return -1;
	return workspace_log(workspace, actor, "letter.sent", order->candidate, letter->kind, e);
}

int letters_sent(struct workspace *workspace, const char *actor, const struct letter_order *order,
	const char *const *candidates, size_t count, int64_t on_ms, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	struct store_letter letter = { .kind = letter_kind_name(order->kind), .on_ms = on_ms, .actor = actor,
		.at_ms = clock_now_ms() };
	struct letter_order one = *order;

	if (on_ms > letter.at_ms)
		return err_set(e, ERR_USAGE, _("that day hasn't come yet: say it when the letter has gone"));
	if (workspace_may(workspace, actor, DO_WRITE, e) < 0 || store_change_begin(&change, workspace->store, e) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		one.candidate = candidates[i];
		if (note_sent(workspace, actor, &one, &letter, e) < 0)
			return err_wrap(e, "%s", one.candidate);
	}
	return store_change_commit(&change, e);
}

/* --- retention -------------------------------------------------------------------------------------------------- */

/* The same day, some months later; a day that there isn't there becomes the first of the next month. */
static int64_t months_later(int64_t ms, int months)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	localtime_r(&seconds, &tm);
	tm.tm_mon += months;
	tm.tm_isdst = -1;
	return (int64_t)mktime(&tm) * 1000;
}

static int add_retention(struct retentions *out, struct workspace *workspace, const struct store_application *application,
	struct err *e)
{
	AUTO_STORE_LETTERS struct store_letters letters = { 0 };
	AUTO_POSITION struct position *position = NULL;
	struct retention *added;
	const struct stage *stage;

	if (store_letter_list(&letters, workspace->store, application->candidate, application->position, e) < 0 ||
		workspace_position(&position, workspace, application->position, e) < 0)
		return -1;
	added = mem_push(&out->item, out->count, sizeof(*added), e);
	if (!added)
		return -1;
	out->count++;
	added->state = application->state;
	added->candidate = mem_copy(application->candidate, e);
	added->position = mem_copy(application->position, e);
	if (!added->candidate || !added->position)
		return -1;
	/* Who withdraws has closed it without a letter. */
	added->sent_ms = application->state == APPLICATION_WITHDRAWN ? application->since_ms : 0;
	for (size_t i = 0; i < letters.count; i++)
		if (strcmp(letters.item[i].kind, letter_kind_name(LETTER_REJECTION)) == 0)
			added->sent_ms = letters.item[i].on_ms;
	stage = position_stage(position, application->stage);
	if (added->sent_ms)
		added->due_ms = months_later(added->sent_ms, stage ? stage->retention_months : RETENTION_MONTHS);
	return 0;
}

static int by_due(const void *a, const void *b)
{
	const struct retention *x = a, *y = b;

	if (!x->due_ms != !y->due_ms)
		return !x->due_ms - !y->due_ms;
	return x->due_ms < y->due_ms ? -1 : x->due_ms > y->due_ms ? 1 : strcmp(x->candidate, y->candidate);
}

int retention_list(struct retentions *out, struct workspace *workspace, const char *actor, struct err *e)
{
	AUTO_STORE_APPLICATIONS struct store_applications all = { 0 };
	AUTO_RETENTIONS struct retentions list = { 0 };

	if (workspace_may(workspace, actor, DO_WRITE, e) < 0 ||
		store_application_list(&all, workspace->store, NULL, NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < all.count; i++)
		if ((all.item[i].state == APPLICATION_REJECTED || all.item[i].state == APPLICATION_WITHDRAWN) &&
			add_retention(&list, workspace, &all.item[i], e) < 0)
			return -1;
	if (list.count)
		qsort(list.item, list.count, sizeof(*list.item), by_due);
	*out = list;
	list = (struct retentions){ 0 };
	return 0;
}

void retentions_done(struct retentions *retentions)
{
	for (size_t i = 0; i < retentions->count; i++) {
		free(retentions->item[i].candidate);
		free(retentions->item[i].position);
	}
	free(retentions->item);
	*retentions = (struct retentions){ 0 };
}
