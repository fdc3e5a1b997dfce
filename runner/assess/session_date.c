// SPDX-License-Identifier: MIT
/*
 * Dates of sessions: said, changed, taken back, written into calendar files.
 */
#include "assess/session_date.h"

#include "assess/session_access.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "report/invitation.h"

#include <string.h>

enum { MINUTE_MS = 60000, MAX_MINUTES = 1440, MAX_TEXT = 500, MAX_PERCENT = 200 };

/* --- the slot --------------------------------------------------------------------------------------------------- */

static int parts_minutes(int64_t *minutes, struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_STORE_PARTS struct store_parts parts = { 0 };

	if (store_part_list(&parts, workspace->store, session, e) < 0)
		return -1;
	*minutes = 0;
	for (size_t i = 0; i < parts.count; i++)
		*minutes += parts.item[i].minutes;
	return 0;
}

int session_slot(struct session_slot *out, int *revision, struct store_appointments *kept, struct workspace *workspace,
	const struct store_session *session, struct err *e)
{
	if (store_appointment_list(kept, workspace->store, session->id, e) < 0)
		return -1;
	*revision = kept->count ? (int)kept->count - 1 : 0;
	if (!kept->count) {
		*out = (struct session_slot){ .at_ms = session->at_ms };
		return parts_minutes(&out->minutes, workspace, session->id, e);
	}
	*out = (struct session_slot){ kept->item[kept->count - 1].at_ms, kept->item[kept->count - 1].minutes,
		kept->item[kept->count - 1].place };
	return 0;
}

int session_slot_check(const struct session_slot *slot, struct err *e)
{
	if (slot->minutes < 1 || slot->minutes > MAX_MINUTES)
		return err_set(e, ERR_USAGE, _("a session has 1 to %d minutes, not %lld"), MAX_MINUTES,
			(long long)slot->minutes);
	return slot->place ? workspace_check_name(slot->place, e) : 0;
}

int session_slot_say(struct workspace *workspace, const char *actor, const char *id, const struct session_slot *slot,
	int64_t number, bool cancelled, const char *reason, struct err *e)
{
	const struct store_appointment appointment = {
		.session = id,
		.number = number,
		.at_ms = slot->at_ms,
		.minutes = slot->minutes,
		.place = slot->place,
		.cancelled = cancelled,
		.reason = reason,
		.actor = actor,
		.said_ms = clock_now_ms(),
	};

	return store_appointment_add(workspace->store, &appointment, e);
}

/* --- clashes ---------------------------------------------------------------------------------------------------- */

/* Who of `people` and the candidate sits in that session, too; NULL: nobody. */
static int find_common(const char **who, const struct store_session *other, const char *candidate,
	const struct strings *people, struct workspace *workspace, struct err *e)
{
	AUTO_STORE_SEATS struct store_seats seats = { 0 };

	*who = strcmp(other->candidate, candidate) == 0 ? candidate : NULL;
	if (*who)
		return 0;
	if (store_seat_list(&seats, workspace->store, other->id, e) < 0)
		return -1;
	for (size_t i = 0; i < people->count && !*who; i++)
		for (size_t k = 0; k < seats.count; k++)
			if (strcmp(seats.item[k].person, people->item[i]) == 0)
				*who = people->item[i];
	return 0;
}

static bool overlap(const struct session_slot *a, const struct session_slot *b)
{
	return a->at_ms < b->at_ms + b->minutes * MINUTE_MS && b->at_ms < a->at_ms + a->minutes * MINUTE_MS;
}

static int check_other(const struct store_session *other, const char *candidate, const struct strings *people,
	const struct session_slot *slot, struct workspace *workspace, struct err *e)
{
	AUTO_STORE_APPOINTMENTS struct store_appointments kept = { 0 };
	struct session_slot taken;
	const char *who;
	char when[32];
	int revision;

	if (session_slot(&taken, &revision, &kept, workspace, other, e) < 0)
		return -1;
	if (!taken.at_ms || !overlap(slot, &taken))
		return 0;
	if (find_common(&who, other, candidate, people, workspace, e) < 0)
		return -1;
	if (!who)
		return 0;
	date_render_local(taken.at_ms, i18n_language(), when);
	return err_set(e, ERR_CONFLICT, _("%s has session %s then: %s, %lld minutes; choose another time with --at"), who,
		other->id, when, (long long)taken.minutes);
}

int session_slot_is_free(struct workspace *workspace, const char *id, const char *candidate,
	const struct strings *people, const struct session_slot *slot, struct err *e)
{
	AUTO_STORE_SESSIONS struct store_sessions sessions = { 0 };

	if (!slot->at_ms)
		return 0;
	if (store_session_list(&sessions, workspace->store, NULL, NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < sessions.count; i++) {
		const struct store_session *other = &sessions.item[i];

		if ((id && strcmp(other->id, id) == 0) ||
			(other->state != SESSION_PLANNED && other->state != SESSION_RUNNING))
			continue;
		if (check_other(other, candidate, people, slot, workspace, e) < 0)
			return -1;
	}
	return 0;
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

static int people_of(struct strings *people, struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_STORE_SEATS struct store_seats seats = { 0 };

	if (store_seat_list(&seats, workspace->store, session, e) < 0)
		return -1;
	for (size_t i = 0; i < seats.count; i++)
		if (strings_add(people, seats.item[i].person, e) < 0)
			return -1;
	return 0;
}

/* A session that the actor may plan, and that is planned only. */
static int get_planned(struct store_session *session, struct workspace *workspace, const char *actor, const char *id,
	struct err *e)
{
	if (store_session_get(session, workspace->store, id, e) < 0 || workspace_may(workspace, actor, DO_PLAN, e) < 0)
		return -1;
	return session->state == SESSION_PLANNED
		? 0
		: err_set(e, ERR_CONFLICT, _("session %s is %s: only a planned one can be changed"), id,
			  session_state_title(session->state));
}

static int check_text(const char *text, struct err *e)
{
	return strlen(text) <= MAX_TEXT && text_is_utf8(text, strlen(text))
		? 0
		: err_set(e, ERR_USAGE, _("a reason has at most %d bytes"), MAX_TEXT);
}

int session_move(struct workspace *workspace, const char *actor, const char *id, const struct session_slot *slot,
	const char *reason, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_STORE_APPOINTMENTS struct store_appointments kept = { 0 };
	AUTO_STRINGS struct strings people = { 0 };
	struct session_slot now;
	int revision;

	if ((reason && check_text(reason, e) < 0) || store_change_begin(&change, workspace->store, e) < 0 ||
		get_planned(&session, workspace, actor, id, e) < 0 ||
		session_slot(&now, &revision, &kept, workspace, &session, e) < 0 ||
		people_of(&people, workspace, id, e) < 0)
		return -1;
	now.at_ms = slot->at_ms ? slot->at_ms : now.at_ms;
	now.minutes = slot->minutes ? slot->minutes : now.minutes;
	now.place = slot->place ? slot->place : now.place;
	if (session_slot_check(&now, e) < 0 ||
		session_slot_is_free(workspace, id, session.candidate, &people, &now, e) < 0 ||
		session_slot_say(workspace, actor, id, &now, (int64_t)kept.count + 1, false, reason, e) < 0 ||
		workspace_log(workspace, actor, "session.move", id, reason, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int session_cancel(
	struct workspace *workspace, const char *actor, const char *id, const char *reason, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_STORE_APPOINTMENTS struct store_appointments kept = { 0 };
	struct session_slot slot;
	int revision;

	if (!reason || !*reason)
		return err_set(e, ERR_USAGE, _("a session is cancelled with --reason: the people who come want to know"));
	if (check_text(reason, e) < 0 || store_change_begin(&change, workspace->store, e) < 0 ||
		get_planned(&session, workspace, actor, id, e) < 0 ||
		session_slot(&slot, &revision, &kept, workspace, &session, e) < 0 ||
		session_slot_say(workspace, actor, id, &slot, (int64_t)kept.count + 1, true, reason, e) < 0 ||
		workspace_log(workspace, actor, "session.cancel", id, reason, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

/* --- invitations ------------------------------------------------------------------------------------------------ */

static int names_of(struct strings *names, struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_STRINGS struct strings people = { 0 };

	if (people_of(&people, workspace, session, e) < 0)
		return -1;
	for (size_t i = 0; i < people.count; i++) {
		AUTO_STORE_PERSON struct store_person person = { 0 };

		if (store_person_get(&person, workspace->store, people.item[i], e) < 0 ||
			strings_add(names, person.name, e) < 0)
			return -1;
	}
	return 0;
}

static int parts_of(
	struct invitation_part **out, size_t *count, struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_STORE_PARTS struct store_parts parts = { 0 };
	struct invitation_part *list;

	if (store_part_list(&parts, workspace->store, session, e) < 0)
		return -1;
	list = mem_new(parts.count ? parts.count : 1, sizeof(*list), e);
	if (!list)
		return -1;
	for (size_t i = 0; i < parts.count; i++) {
		list[i].minutes = (int)parts.item[i].minutes;
		for (int kind = 0; kind < PART_KINDS; kind++)
			if (strcmp(part_kind_name((enum part_kind)kind), parts.item[i].kind) == 0)
				list[i].kind = (enum part_kind)kind;
	}
	*out = list;
	*count = parts.count;
	return 0;
}

int session_invitation(
	char **out, struct workspace *workspace, const char *actor, const char *id, enum session_guest guest, struct err *e)
{
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_STORE_APPOINTMENTS struct store_appointments kept = { 0 };
	AUTO_POSITION struct position *position = NULL;
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_FREE struct invitation_part *parts = NULL;
	struct session_slot slot;
	struct invitation invitation = { .session = id, .people = &names };

	if (store_session_get(&session, workspace->store, id, e) < 0 || workspace_may(workspace, actor, DO_PLAN, e) < 0 ||
		session_slot(&slot, &invitation.revision, &kept, workspace, &session, e) < 0 ||
		workspace_position(&position, workspace, session.position, e) < 0 ||
		names_of(&names, workspace, id, e) < 0 || parts_of(&parts, &invitation.part_count, workspace, id, e) < 0)
		return -1;
	if (!slot.at_ms)
		return err_set(e, ERR_CONFLICT, _("no date was said for session %s yet: 'assay session move %s --at TIME'"), id,
			id);
	invitation.parts = parts;
	invitation.cancelled = session.state == SESSION_CANCELLED;
	invitation.start_ms = slot.at_ms;
	invitation.minutes = slot.minutes;
	invitation.said_ms = kept.count ? kept.item[kept.count - 1].said_ms : session.planned_ms;
	invitation.place = slot.place;
	invitation.position = localised_text(&position->title, i18n_language());
	invitation.pseudonym = guest == GUEST_CANDIDATE ? NULL : session.candidate;
	return report_invitation(out, &invitation, e);
}

/* --- accommodations --------------------------------------------------------------------------------------------- */

static int check_hr(struct workspace *workspace, const char *actor, struct err *e)
{
	struct err unknown = { 0 };
	bool is_hr = false;

	if (workspace_has_role(&is_hr, workspace, actor, "hr", &unknown) < 0 && unknown.kind != ERR_NOT_FOUND)
		return err_set(e, unknown.kind, "%s", unknown.text);
	return is_hr ? 0
		     : err_set(e, ERR_DENIED,
			       _("what a candidate needs is for hr alone, and %s isn't: --as PERSON says who you are"), actor);
}

/* Counted from what the plan gave, so that a second word replaces the first. */
static int stretch(struct workspace *workspace, const struct store_session *session, int percent, struct err *e)
{
	AUTO_PLAN struct plan *plan = NULL;

	if (session_load_plan(&plan, workspace, session, e) < 0)
		return -1;
	for (size_t i = 0; i < plan->part_count; i++) {
		const struct store_part part = {
			.session = session->id,
			.number = (int64_t)i + 1,
			.minutes = plan->parts[i].minutes + (plan->parts[i].minutes * percent + 99) / 100,
		};

		if (plan->parts[i].task && store_part_stretch(workspace->store, &part, e) < 0)
			return -1;
	}
	return 0;
}

int session_accommodate(struct workspace *workspace, const char *actor, const char *id, const char *text,
	int percent, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	const struct store_accommodation accommodation = {
		.session = id, .text = text, .percent = percent, .actor = actor, .at_ms = clock_now_ms()
	};

	if (percent < 0 || percent > MAX_PERCENT)
		return err_set(e, ERR_USAGE, _("more time is 0 to %d %%, not %d"), MAX_PERCENT, percent);
	if (check_hr(workspace, actor, e) < 0 || check_text(text, e) < 0 ||
		store_change_begin(&change, workspace->store, e) < 0 || get_planned(&session, workspace, actor, id, e) < 0 ||
		store_accommodation_add(workspace->store, &accommodation, e) < 0 ||
		stretch(workspace, &session, percent, e) < 0 ||
		/* What it says stays out of the log, which others read. */
		workspace_log(workspace, actor, "session.accommodate", id, NULL, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int session_accommodations(struct store_accommodations *out, struct workspace *workspace, const char *actor,
	const char *id, struct err *e)
{
	AUTO_STORE_SESSION struct store_session session = { 0 };

	if (check_hr(workspace, actor, e) < 0 || store_session_get(&session, workspace->store, id, e) < 0)
		return -1;
	return store_accommodation_list(out, workspace->store, id, e);
}
