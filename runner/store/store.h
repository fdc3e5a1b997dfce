// SPDX-License-Identifier: MIT
/*
 * The memory of a workspace: one SQLite database, opened once by a program and used by one thread at a time.
 *
 * Durability. WAL with synchronous=FULL: what a function of this room has returned 0 for, outside a change, or what
 * store_change_commit has, survives kill -9 and a power cut. Several programs may have the same store open; a writer
 * waits for another up to five seconds.
 *
 * Values. What is kept are plain structs of strings, whole numbers and words; documents (a position, a result, a
 * card) are kept as the JSON text they are. Strings of a struct that was read belong to whoever reads it (_done).
 * Structs to be saved are only borrowed, and ids and times are given by the corridor: this room has no clock.
 *
 * Errors of every function here: ERR_NOT_FOUND (names what), ERR_CONFLICT (already there; locked by another program),
 * ERR_DENIED (this account may not write there), ERR_INVALID (damaged, or no database of ours), ERR_SYSTEM (full disk,
 * memory). After any of them the database is as it was before the call.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/err.h"
#include "base/mem.h"

#include <stdint.h>
#include <sys/types.h>

struct store;

/* Makes the new database file with the present schema, whole or not at all. ERR_CONFLICT when there is one. */
int store_create(const char *path, mode_t mode, struct err *e);

/* Opens it and takes the schema steps that are missing. ERR_CONFLICT for a schema newer than this program's: nothing
 * is touched then. */
int store_open(struct store **out, const char *path, struct err *e);
void store_close(struct store *store);

AUTO_DEFINE(store, struct store, store_close)
#define AUTO_STORE AUTO(store_auto)

/*
 * A change of several steps that happens whole or not at all. It sees what was committed before it began, and nobody
 * else writes until it ends. Without a commit it is undone at the end of its block:
 *
 *	AUTO_CHANGE struct store_change change = { 0 };
 *	if (store_change_begin(&change, store, e) < 0 || … || store_change_commit(&change, e) < 0)
 *		return -1;
 */
struct store_change {
	struct store *store; /* NULL: not begun, or ended */
};

int store_change_begin(struct store_change *change, struct store *store, struct err *e);
int store_change_commit(struct store_change *change, struct err *e);
void store_change_done(struct store_change *change);

#define AUTO_CHANGE AUTO(store_change_done)

/* The log: what was done by whom, in order. It only grows; the database itself refuses to change or remove a line. */
struct store_event {
	int64_t id, at_ms;
	const char *actor;  /* a person's id, or "account:root" for somebody who is none */
	const char *action; /* "session.start" */
	const char *object; /* "S-7Q2K" */
	const char *detail; /* NULL: none */
};

struct store_events {
	struct store_event *item;
	size_t count;
};

int store_event_add(struct store *store, int64_t at_ms, const char *actor, const char *action,
	const char *object, const char *detail, struct err *e);

/* The events about one object, or all (NULL), oldest first. */
int store_event_list(
	struct store_events *out, struct store *store, const char *object, struct err *e);
void store_events_done(struct store_events *events);

#define AUTO_STORE_EVENTS AUTO(store_events_done)

/* Settings of the workspace by name. *value is NULL for one that was never set. */
int store_setting_get(char **value, struct store *store, const char *name, struct err *e);
int store_setting_set(struct store *store, const char *name, const char *value, struct err *e);

#endif
