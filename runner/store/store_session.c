// SPDX-License-Identifier: MIT
/*
 * Sessions, who sits in them, and their parts.
 */
#include "store/store_session.h"

#include "base/i18n.h"
#include "store/record.h"

static const char *const session_states[] = { "planned", "running", "ended", "cancelled", NULL };

const char *session_state_name(enum session_state state)
{
	return session_states[state];
}

static const struct record_field session_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_session, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_session, candidate), NULL },
	{ RECORD_TEXT, offsetof(struct store_session, position), NULL },
	{ RECORD_TEXT, offsetof(struct store_session, stage), NULL },
	{ RECORD_TEXT, offsetof(struct store_session, plan), NULL },
	{ RECORD_TEXT, offsetof(struct store_session, repo), NULL },
	{ RECORD_TEXT, offsetof(struct store_session, commit), NULL },
	{ RECORD_TEXT, offsetof(struct store_session, pins), NULL },
	{ RECORD_WORD, offsetof(struct store_session, state), session_states },
	{ RECORD_INTEGER, offsetof(struct store_session, planned_ms), NULL },
	{ RECORD_INTEGER, offsetof(struct store_session, at_ms), NULL },
	{ RECORD_INTEGER, offsetof(struct store_session, started_ms), NULL },
	{ RECORD_INTEGER, offsetof(struct store_session, ended_ms), NULL },
};

static const struct record_shape session_shape =
	RECORD_SHAPE(N_("session"), struct store_session, session_fields);

int store_session_add(struct store *store, const struct store_session *session, struct err *e)
{
	return record_change(store, SESSION_ADD,
		DB_VALUES(DB_TEXT(session->id), DB_TEXT(session->candidate),
			DB_TEXT(session->position), DB_TEXT(session->stage), DB_TEXT(session->plan),
			DB_TEXT(session->repo), DB_TEXT(session->commit), DB_TEXT(session->pins),
			DB_TEXT(session_state_name(session->state)),
			DB_INTEGER(session->planned_ms), DB_INTEGER(session->at_ms),
			DB_INTEGER(session->started_ms), DB_INTEGER(session->ended_ms)),
		session_shape.what, session->id, e);
}

int store_session_move(struct store *store, const struct store_session *session, struct err *e)
{
	return record_change(store, SESSION_MOVE,
		DB_VALUES(DB_TEXT(session->id), DB_TEXT(session_state_name(session->state)),
			DB_INTEGER(session->started_ms), DB_INTEGER(session->ended_ms)),
		session_shape.what, session->id, e);
}

int store_session_get(struct store_session *out, struct store *store, const char *id, struct err *e)
{
	return record_get(out, &session_shape, store, SESSION_GET, DB_VALUES(DB_TEXT(id)), id, e);
}

int store_session_list(struct store_sessions *out, struct store *store, const char *position,
	const char *stage, struct err *e)
{
	return record_list(&out->item, &out->count, &session_shape, store, SESSION_LIST,
		DB_VALUES(DB_TEXT(position), DB_TEXT(stage)), e);
}

void store_session_done(struct store_session *session)
{
	record_done(session, &session_shape);
}

void store_sessions_done(struct store_sessions *sessions)
{
	record_list_done(&sessions->item, &sessions->count, &session_shape);
}

static const struct record_field seat_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_seat, session), NULL },
	{ RECORD_TEXT, offsetof(struct store_seat, person), NULL },
	{ RECORD_BOOL, offsetof(struct store_seat, due), NULL },
};

static const struct record_shape seat_shape =
	RECORD_SHAPE(N_("seat of"), struct store_seat, seat_fields);

int store_seat_add(struct store *store, const struct store_seat *seat, struct err *e)
{
	return record_change(store, SEAT_ADD,
		DB_VALUES(DB_TEXT(seat->session), DB_TEXT(seat->person), DB_INTEGER(seat->due)),
		seat_shape.what, seat->person, e);
}

int store_seat_list(
	struct store_seats *out, struct store *store, const char *session, struct err *e)
{
	return record_list(&out->item, &out->count, &seat_shape, store, SEAT_LIST,
		DB_VALUES(DB_TEXT(session)), e);
}

void store_seats_done(struct store_seats *seats)
{
	record_list_done(&seats->item, &seats->count, &seat_shape);
}

static const struct record_field part_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_part, session), NULL },
	{ RECORD_INTEGER, offsetof(struct store_part, number), NULL },
	{ RECORD_TEXT, offsetof(struct store_part, kind), NULL },
	{ RECORD_TEXT, offsetof(struct store_part, task), NULL },
	{ RECORD_INTEGER, offsetof(struct store_part, minutes), NULL },
	{ RECORD_TEXT, offsetof(struct store_part, kit), NULL },
	{ RECORD_INTEGER, offsetof(struct store_part, started_ms), NULL },
	{ RECORD_INTEGER, offsetof(struct store_part, ended_ms), NULL },
};

static const struct record_shape part_shape =
	RECORD_SHAPE(N_("part of"), struct store_part, part_fields);

int store_part_add(struct store *store, const struct store_part *part, struct err *e)
{
	return record_change(store, PART_ADD,
		DB_VALUES(DB_TEXT(part->session), DB_INTEGER(part->number), DB_TEXT(part->kind),
			DB_TEXT(part->task), DB_INTEGER(part->minutes), DB_TEXT(part->kit),
			DB_INTEGER(part->started_ms), DB_INTEGER(part->ended_ms)),
		part_shape.what, part->session, e);
}

int store_part_move(struct store *store, const struct store_part *part, struct err *e)
{
	return record_change(store, PART_MOVE,
		DB_VALUES(DB_TEXT(part->session), DB_INTEGER(part->number), DB_TEXT(part->kit),
			DB_INTEGER(part->started_ms), DB_INTEGER(part->ended_ms)),
		part_shape.what, part->session, e);
}

int store_part_stretch(struct store *store, const struct store_part *part, struct err *e)
{
	return record_change(store, PART_STRETCH,
		DB_VALUES(DB_TEXT(part->session), DB_INTEGER(part->number), DB_INTEGER(part->minutes)),
		part_shape.what, part->session, e);
}

int store_part_list(
	struct store_parts *out, struct store *store, const char *session, struct err *e)
{
	return record_list(&out->item, &out->count, &part_shape, store, PART_LIST,
		DB_VALUES(DB_TEXT(session)), e);
}

void store_parts_done(struct store_parts *parts)
{
	record_list_done(&parts->item, &parts->count, &part_shape);
}
