// SPDX-License-Identifier: MIT
/*
 * Counting time, and changing what is counted.
 */
#include "assess/session_clock.h"

#include "assess/session_access.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "report/notice.h"
#include "store/store_clock.h"

#include <string.h>

enum { MINUTE_MS = 60000, MAX_EXTENSION = 240, MAX_REASON = 500 };

/* --- notice ----------------------------------------------------------------------------------------------------- */

static int add_names(struct strings *names, struct workspace *workspace, const struct store_seats *seats, struct err *e)
{
	for (size_t i = 0; i < seats->count; i++) {
		AUTO_STORE_PERSON struct store_person person = { 0 };

		if (store_person_get(&person, workspace->store, seats->item[i].person, e) < 0 ||
			strings_add(names, person.name, e) < 0)
			return -1;
	}
	return 0;
}

static enum part_kind kind_of(const char *name)
{
	for (int kind = 0; kind < PART_KINDS; kind++)
		if (strcmp(part_kind_name((enum part_kind)kind), name) == 0)
			return (enum part_kind)kind;
	return PART_WELCOME;
}

int session_notice(struct outline *out, struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	AUTO_POSITION struct position *position = NULL;
	AUTO_PLAN struct plan *plan = NULL;
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_FREE enum part_kind *kinds = NULL;
	AUTO_FREE int *minutes = NULL;

	if (session_view(&view, workspace, id, e) < 0)
		return -1;
	if (view.session.state != SESSION_PLANNED)
		return session_refuse(&view.session, e);
	if (workspace_position(&position, workspace, view.session.position, e) < 0 ||
		session_load_plan(&plan, workspace, &view.session, e) < 0 ||
		add_names(&names, workspace, &view.seats, e) < 0 ||
		!(kinds = mem_new(view.parts.count + 1, sizeof(*kinds), e)) ||
		!(minutes = mem_new(view.parts.count + 1, sizeof(*minutes), e)))
		return -1;
	for (size_t i = 0; i < view.parts.count; i++) {
		kinds[i] = kind_of(view.parts.item[i].kind);
		minutes[i] = (int)view.parts.item[i].minutes;
	}

	const struct notice notice = { localised_text(&position->title, i18n_language()), &names, &plan->aids, kinds,
		minutes, view.parts.count };

	report_notice(out, &notice);
	return 0;
}

int session_acknowledge(
	struct workspace *workspace, const char *actor, const char *id, const char *shown, struct err *e)
{
	const struct store_notice notice = { .session = id, .text = shown, .actor = actor, .at_ms = clock_now_ms() };

	return store_notice_add(workspace->store, &notice, e);
}

/* --- what is left ----------------------------------------------------------------------------------------------- */

static const struct store_part *running(const struct store_parts *parts)
{
	for (size_t i = 0; i < parts->count; i++)
		if (parts->item[i].started_ms && !parts->item[i].ended_ms)
			return &parts->item[i];
	return NULL;
}

static const struct store_pause *lasting(const struct store_pauses *pauses)
{
	for (size_t i = 0; i < pauses->count; i++)
		if (!pauses->item[i].to_ms)
			return &pauses->item[i];
	return NULL;
}

/* A clock that was set back in between makes no time. */
static int64_t span_ms(int64_t from_ms, int64_t to_ms)
{
	return to_ms > from_ms ? to_ms - from_ms : 0;
}

int session_clock(struct session_clock *out, struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_STORE_PARTS struct store_parts parts = { 0 };
	AUTO_STORE_PAUSES struct store_pauses pauses = { 0 };
	AUTO_STORE_EXTENSIONS struct store_extensions extensions = { 0 };
	const struct store_part *part;
	int64_t now = clock_now_ms(), spent_ms;

	if (store_part_list(&parts, workspace->store, id, e) < 0 ||
		store_pause_list(&pauses, workspace->store, id, e) < 0 ||
		store_extension_list(&extensions, workspace->store, id, e) < 0)
		return -1;
	*out = (struct session_clock){ .paused = lasting(&pauses) };
	part = running(&parts);
	if (!part)
		return 0;
	out->part = part->number;
	out->minutes = part->minutes;
	for (size_t i = 0; i < extensions.count; i++)
		out->minutes += extensions.item[i].part == part->number ? extensions.item[i].minutes : 0;
	spent_ms = span_ms(part->started_ms, now);
	for (size_t i = 0; i < pauses.count; i++)
		if (pauses.item[i].part == part->number)
			spent_ms -= span_ms(pauses.item[i].from_ms, pauses.item[i].to_ms ? pauses.item[i].to_ms : now);
	out->left_ms = out->minutes * MINUTE_MS - (spent_ms > 0 ? spent_ms : 0);
	return 0;
}

int session_check_not_paused(struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_STORE_PAUSES struct store_pauses pauses = { 0 };

	if (store_pause_list(&pauses, workspace->store, id, e) < 0)
		return -1;
	return lasting(&pauses) ? err_set(e, ERR_CONFLICT,
					  _("session %s is paused: 'assay session resume %s' lets its clock run again"), id, id)
				: 0;
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

/* What a change of the clock starts from, read in the change. */
struct ticking {
	struct store_session session;
	struct store_parts parts;
	struct store_pauses pauses;
};

static void ticking_done(struct ticking *t)
{
	store_session_done(&t->session);
	store_parts_done(&t->parts);
	store_pauses_done(&t->pauses);
}

static int tick(struct ticking *t, struct workspace *workspace, const char *actor, const char *id, struct err *e)
{
	if (session_may(workspace, actor, id, DO_LEAD, e) < 0 || store_session_get(&t->session, workspace->store, id, e) < 0 ||
		store_part_list(&t->parts, workspace->store, id, e) < 0 ||
		store_pause_list(&t->pauses, workspace->store, id, e) < 0)
		return -1;
	return t->session.state == SESSION_RUNNING
		? 0
		: err_set(e, ERR_CONFLICT, _("session %s is %s: its clock doesn't run"), id,
			  session_state_title(t->session.state));
}

static int check_reason(const char *reason, struct err *e)
{
	return !reason || (strlen(reason) <= MAX_REASON && text_is_utf8(reason, strlen(reason)))
		? 0
		: err_set(e, ERR_USAGE, _("a reason has at most %d bytes"), MAX_REASON);
}

int session_pause(struct workspace *workspace, const char *actor, const char *id, const char *reason, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO(ticking_done) struct ticking t = { 0 };
	struct store_pause pause = { .session = id, .from_ms = clock_now_ms(), .reason = reason, .actor = actor };
	int64_t number;

	if (check_reason(reason, e) < 0 || store_change_begin(&change, workspace->store, e) < 0 ||
		tick(&t, workspace, actor, id, e) < 0)
		return -1;
	if (lasting(&t.pauses))
		return err_set(e, ERR_CONFLICT, _("session %s is paused already"), id);
	pause.part = running(&t.parts) ? running(&t.parts)->number : 0;
	if (store_pause_add(&number, workspace->store, &pause, e) < 0 ||
		workspace_log(workspace, actor, "session.pause", id, reason, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int session_resume(struct workspace *workspace, const char *actor, const char *id, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO(ticking_done) struct ticking t = { 0 };
	struct store_pause pause;

	if (store_change_begin(&change, workspace->store, e) < 0 || tick(&t, workspace, actor, id, e) < 0)
		return -1;
	if (!lasting(&t.pauses))
		return err_set(e, ERR_CONFLICT, _("session %s isn't paused"), id);
	pause = *lasting(&t.pauses);
	pause.to_ms = clock_now_ms();
	/* A clock that was set back meanwhile gives no negative pause. */
	if (pause.to_ms < pause.from_ms)
		pause.to_ms = pause.from_ms;
	if (store_pause_end(workspace->store, &pause, e) < 0 ||
		workspace_log(workspace, actor, "session.resume", id, NULL, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int session_extend(struct workspace *workspace, const char *actor, const char *id, int minutes, const char *reason,
	struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO(ticking_done) struct ticking t = { 0 };
	struct store_extension extension = {
		.session = id, .minutes = minutes, .reason = reason, .actor = actor, .at_ms = clock_now_ms()
	};

	if (minutes < 1 || minutes > MAX_EXTENSION)
		return err_set(e, ERR_USAGE, _("a part is extended by 1 to %d minutes, not %d"), MAX_EXTENSION, minutes);
	if (!reason || !*reason)
		return err_set(e, ERR_USAGE, _("more time needs --reason: others had less, and somebody will ask why"));
	if (check_reason(reason, e) < 0 || store_change_begin(&change, workspace->store, e) < 0 ||
		tick(&t, workspace, actor, id, e) < 0)
		return -1;
	if (!running(&t.parts))
		return err_set(e, ERR_CONFLICT, _("no part of session %s is running"), id);
	extension.part = running(&t.parts)->number;
	if (store_extension_add(workspace->store, &extension, e) < 0 ||
		workspace_log(workspace, actor, "session.extend", id, reason, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}
