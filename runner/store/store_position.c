// SPDX-License-Identifier: MIT
/*
 * Positions.
 */
#include "store/store_position.h"

#include "base/i18n.h"
#include "store/record.h"

static const struct record_field position_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_position, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_position, json), NULL },
	{ RECORD_TEXT, offsetof(struct store_position, digest), NULL },
	{ RECORD_INTEGER, offsetof(struct store_position, added_ms), NULL },
};

static const struct record_shape position_shape =
	RECORD_SHAPE(N_("position"), struct store_position, position_fields);

int store_position_add(struct store *store, const struct store_position *position, struct err *e)
{
	return record_change(store, POSITION_ADD,
		DB_VALUES(DB_TEXT(position->id), DB_TEXT(position->json), DB_TEXT(position->digest),
			DB_INTEGER(position->added_ms)),
		position_shape.what, position->id, e);
}

int store_position_get(
	struct store_position *out, struct store *store, const char *id, struct err *e)
{
	return record_get(out, &position_shape, store, POSITION_GET, DB_VALUES(DB_TEXT(id)), id, e);
}

int store_position_list(struct store_positions *out, struct store *store, struct err *e)
{
	return record_list(
		&out->item, &out->count, &position_shape, store, POSITION_LIST, DB_NO_VALUES, e);
}

void store_position_done(struct store_position *position)
{
	record_done(position, &position_shape);
}

void store_positions_done(struct store_positions *positions)
{
	record_list_done(&positions->item, &positions->count, &position_shape);
}
