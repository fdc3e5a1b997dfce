// SPDX-License-Identifier: MIT
/*
 * Positions and their versions.
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

static const struct record_field version_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_version, position), NULL },
	{ RECORD_INTEGER, offsetof(struct store_version, number), NULL },
	{ RECORD_TEXT, offsetof(struct store_version, json), NULL },
	{ RECORD_TEXT, offsetof(struct store_version, digest), NULL },
	{ RECORD_TEXT, offsetof(struct store_version, reason), NULL },
	{ RECORD_TEXT, offsetof(struct store_version, actor), NULL },
	{ RECORD_INTEGER, offsetof(struct store_version, at_ms), NULL },
};

static const struct record_shape version_shape = RECORD_SHAPE(N_("version of"), struct store_version, version_fields);

int store_position_change(struct store *store, const struct store_version *version, struct err *e)
{
	if (record_change(store, POSITION_CHANGE,
		    DB_VALUES(DB_TEXT(version->position), DB_TEXT(version->json), DB_TEXT(version->digest)),
		    position_shape.what, version->position, e) < 0)
		return -1;
	return store_version_add(store, version, e);
}

int store_version_add(struct store *store, const struct store_version *version, struct err *e)
{
	return record_change(store, VERSION_ADD,
		DB_VALUES(DB_TEXT(version->position), DB_TEXT(version->json), DB_TEXT(version->digest),
			DB_TEXT(version->reason), DB_TEXT(version->actor), DB_INTEGER(version->at_ms)),
		version_shape.what, version->position, e);
}

int store_version_list(struct store_versions *out, struct store *store, const char *position, struct err *e)
{
	return record_list(&out->item, &out->count, &version_shape, store, VERSION_LIST, DB_VALUES(DB_TEXT(position)), e);
}

void store_versions_done(struct store_versions *versions)
{
	record_list_done(&versions->item, &versions->count, &version_shape);
}
