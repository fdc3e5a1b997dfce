// SPDX-License-Identifier: MIT
/*
 * When a session is held, each word about it kept: planned, moved, cancelled. And what a candidate needs for it,
 * which those who mark never see.
 */
#ifndef STORE_APPOINTMENT_H
#define STORE_APPOINTMENT_H

#include "store/store.h"

#include <stdbool.h>

/* What was said about a session's date, numbered from 1 for each session; the last one holds. */
struct store_appointment {
	const char *session;
	int64_t number;
	int64_t at_ms;     /* 0: not said */
	int64_t minutes;   /* of the whole slot */
	const char *place; /* NULL: not said */
	bool cancelled;    /* nothing comes behind such a one */
	const char *reason; /* NULL: none was given */
	const char *actor;
	int64_t said_ms;
};

struct store_appointments {
	struct store_appointment *item;
	size_t count;
};

int store_appointment_add(struct store *store, const struct store_appointment *appointment, struct err *e);

/* Those of a session, oldest first; none of a session that was planned by an assay that kept none. */
int store_appointment_list(
	struct store_appointments *out, struct store *store, const char *session, struct err *e);
void store_appointments_done(struct store_appointments *appointments);

#define AUTO_STORE_APPOINTMENTS AUTO(store_appointments_done)

/* What makes an interview fair for somebody: "more time: 25 %", "a screen reader". */
struct store_accommodation {
	const char *session;
	const char *text;
	int64_t percent; /* by how much the parts with a task got longer */
	const char *actor;
	int64_t at_ms;
};

struct store_accommodations {
	struct store_accommodation *item;
	size_t count;
};

int store_accommodation_add(
	struct store *store, const struct store_accommodation *accommodation, struct err *e);
int store_accommodation_list(
	struct store_accommodations *out, struct store *store, const char *session, struct err *e);
void store_accommodations_done(struct store_accommodations *accommodations);

#define AUTO_STORE_ACCOMMODATIONS AUTO(store_accommodations_done)

#endif
