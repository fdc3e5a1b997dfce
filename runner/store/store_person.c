// SPDX-License-Identifier: MIT
/*
 * People: the plainest of the records, and the pattern of the others.
 */
#include "store/store_person.h"

#include "base/i18n.h"
#include "store/record.h"

static const struct record_field person_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_person, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_person, name), NULL },
	{ RECORD_TEXT, offsetof(struct store_person, roles), NULL },
	{ RECORD_TEXT, offsetof(struct store_person, account), NULL },
	{ RECORD_INTEGER, offsetof(struct store_person, added_ms), NULL },
};

static const struct record_shape person_shape =
	RECORD_SHAPE(N_("person"), struct store_person, person_fields);

int store_person_add(struct store *store, const struct store_person *person, struct err *e)
{
	return record_change(store, PERSON_ADD,
		DB_VALUES(DB_TEXT(person->id), DB_TEXT(person->name), DB_TEXT(person->roles),
			DB_TEXT(person->account), DB_INTEGER(person->added_ms)),
		person_shape.what, person->id, e);
}

int store_person_get(struct store_person *out, struct store *store, const char *id, struct err *e)
{
	return record_get(out, &person_shape, store, PERSON_GET, DB_VALUES(DB_TEXT(id)), id, e);
}

int store_person_list(struct store_persons *out, struct store *store, struct err *e)
{
	return record_list(
		&out->item, &out->count, &person_shape, store, PERSON_LIST, DB_NO_VALUES, e);
}

void store_person_done(struct store_person *person)
{
	record_done(person, &person_shape);
}

void store_persons_done(struct store_persons *persons)
{
	record_list_done(&persons->item, &persons->count, &person_shape);
}
