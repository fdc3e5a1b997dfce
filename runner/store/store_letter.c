// SPDX-License-Identifier: MIT
/*
 * Letters that were sent.
 */
#include "store/store_letter.h"

#include "base/i18n.h"
#include "store/record.h"

static const struct record_field letter_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_letter, candidate), NULL },
	{ RECORD_TEXT, offsetof(struct store_letter, position), NULL },
	{ RECORD_TEXT, offsetof(struct store_letter, kind), NULL },
	{ RECORD_INTEGER, offsetof(struct store_letter, on_ms), NULL },
	{ RECORD_TEXT, offsetof(struct store_letter, actor), NULL },
	{ RECORD_INTEGER, offsetof(struct store_letter, at_ms), NULL },
};

static const struct record_shape letter_shape = RECORD_SHAPE(N_("letter to"), struct store_letter, letter_fields);

int store_letter_add(struct store *store, const struct store_letter *letter, struct err *e)
{
	return record_change(store, LETTER_ADD,
		DB_VALUES(DB_TEXT(letter->candidate), DB_TEXT(letter->position), DB_TEXT(letter->kind),
			DB_INTEGER(letter->on_ms), DB_TEXT(letter->actor), DB_INTEGER(letter->at_ms)),
		letter_shape.what, letter->candidate, e);
}

int store_letter_list(struct store_letters *out, struct store *store, const char *candidate, const char *position,
	struct err *e)
{
	return record_list(&out->item, &out->count, &letter_shape, store, LETTER_LIST,
		DB_VALUES(DB_TEXT(candidate), DB_TEXT(position)), e);
}

void store_letters_done(struct store_letters *letters)
{
	record_list_done(&letters->item, &letters->count, &letter_shape);
}
