// SPDX-License-Identifier: MIT
/*
 * Sessions with their people and parts.
 */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "store/store.h"

#include <stdbool.h>

/* Cancelled is what an appointment says (store_appointment.h); no other change comes behind it. */
enum session_state { SESSION_PLANNED, SESSION_RUNNING, SESSION_ENDED, SESSION_CANCELLED };

struct store_session {
	const char *id; /* "S-7Q2K" */
	const char *candidate, *position, *stage;
	const char *plan; /* its id */
	const char *repo; /* the task repository's name */
	const char *commit;
	const char *
		pins; /* JSON: digests of position, plan, rubric and tasks, and the settings that hold */
	enum session_state state;
	int64_t planned_ms;
	int64_t at_ms;      /* when it is to be held, as was said last; 0: not said */
	int64_t started_ms; /* 0: not yet */
	int64_t ended_ms;   /* 0: not yet */
};

struct store_sessions {
	struct store_session *item;
	size_t count;
};

int store_session_add(struct store *store, const struct store_session *session, struct err *e);
int store_session_get(
	struct store_session *out, struct store *store, const char *id, struct err *e);

/* Sets state (never cancelled), started_ms and ended_ms. */
int store_session_move(struct store *store, const struct store_session *session, struct err *e);

/* Those of one position and stage (NULL: of any), oldest first. */
int store_session_list(struct store_sessions *out, struct store *store, const char *position,
	const char *stage, struct err *e);
void store_session_done(struct store_session *session);
void store_sessions_done(struct store_sessions *sessions);

#define AUTO_STORE_SESSION  AUTO(store_session_done)
#define AUTO_STORE_SESSIONS AUTO(store_sessions_done)

/* Somebody who interviews in a session. */
struct store_seat {
	const char *session, *person;
	bool due; /* whether this person's card is due */
};

struct store_seats {
	struct store_seat *item;
	size_t count;
};

int store_seat_add(struct store *store, const struct store_seat *seat, struct err *e);
int store_seat_list(struct store_seats *out, struct store *store, const char *session,
	struct err *e); /* by person */
void store_seats_done(struct store_seats *seats);

#define AUTO_STORE_SEATS AUTO(store_seats_done)

/* A part of a session, numbered from 1 in the plan's order. */
struct store_part {
	const char *session;
	int64_t number;
	const char *kind; /* "coding" */
	const char *task; /* its id; NULL: none */
	int64_t minutes;
	const char *kit;    /* the directory in which the candidate works; NULL: none */
	int64_t started_ms; /* 0: not yet */
	int64_t ended_ms;   /* 0: not yet */
};

struct store_parts {
	struct store_part *item;
	size_t count;
};

int store_part_add(struct store *store, const struct store_part *part, struct err *e);

/* Sets kit, started_ms and ended_ms. */
int store_part_move(struct store *store, const struct store_part *part, struct err *e);

/* Sets minutes. */
int store_part_stretch(struct store *store, const struct store_part *part, struct err *e);
int store_part_list(
	struct store_parts *out, struct store *store, const char *session, struct err *e);
void store_parts_done(struct store_parts *parts);

#define AUTO_STORE_PARTS AUTO(store_parts_done)

const char *session_state_name(enum session_state state); /* "planned" */

#endif
