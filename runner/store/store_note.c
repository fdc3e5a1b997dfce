// SPDX-License-Identifier: MIT
/*
 * Notes, one row a line.
 */
#include "store/store_note.h"

#include "base/i18n.h"
#include "store/record.h"

static const struct record_field note_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_note, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_note, session), NULL },
	{ RECORD_INTEGER, offsetof(struct store_note, part), NULL },
	{ RECORD_TEXT, offsetof(struct store_note, person), NULL },
	{ RECORD_TEXT, offsetof(struct store_note, text), NULL },
	{ RECORD_INTEGER, offsetof(struct store_note, at_ms), NULL },
};

static const struct record_shape note_shape = RECORD_SHAPE(N_("note in session"), struct store_note, note_fields);

int store_note_add(int64_t *id, struct store *store, const struct store_note *note, struct err *e)
{
	return record_insert(id, store, NOTE_ADD,
		DB_VALUES(DB_TEXT(note->session), DB_INTEGER(note->part), DB_TEXT(note->person), DB_TEXT(note->text),
			DB_INTEGER(note->at_ms)),
		e);
}

int store_note_list(
	struct store_notes *out, struct store *store, const char *session, const char *person, struct err *e)
{
	return record_list(&out->item, &out->count, &note_shape, store, NOTE_LIST,
		DB_VALUES(DB_TEXT(session), DB_TEXT(person)), e);
}

void store_notes_done(struct store_notes *notes)
{
	record_list_done(&notes->item, &notes->count, &note_shape);
}
