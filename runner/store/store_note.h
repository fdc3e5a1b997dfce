// SPDX-License-Identifier: MIT
/*
 * Notes: what an interviewer typed during a session, a line at a time, never changed.
 */
#ifndef STORE_NOTE_H
#define STORE_NOTE_H

#include "store/store.h"

struct store_note {
	int64_t id; /* given by the store, rising */
	const char *session;
	int64_t part; /* the number of the part that was running; 0: none was */
	const char *person;
	const char *text;
	int64_t at_ms;
};

struct store_notes {
	struct store_note *item;
	size_t count;
};

/* *id is the note's. */
int store_note_add(int64_t *id, struct store *store, const struct store_note *note, struct err *e);

/* Those of a session by one person (NULL: by all), in the order in which they were typed. */
int store_note_list(
	struct store_notes *out, struct store *store, const char *session, const char *person, struct err *e);
void store_notes_done(struct store_notes *notes);

#define AUTO_STORE_NOTES AUTO(store_notes_done)

#endif
