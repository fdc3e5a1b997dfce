// SPDX-License-Identifier: MIT
/*
 * Pauses, extensions and the notice of a session.
 */
#include "store/store_clock.h"

#include "base/i18n.h"
#include "store/record.h"

static const struct record_field pause_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_pause, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_pause, session), NULL },
	{ RECORD_INTEGER, offsetof(struct store_pause, part), NULL },
	{ RECORD_INTEGER, offsetof(struct store_pause, from_ms), NULL },
	{ RECORD_INTEGER, offsetof(struct store_pause, to_ms), NULL },
	{ RECORD_TEXT, offsetof(struct store_pause, reason), NULL },
	{ RECORD_TEXT, offsetof(struct store_pause, actor), NULL },
};

static const struct record_shape pause_shape = RECORD_SHAPE(N_("pause of session"), struct store_pause, pause_fields);

int store_pause_add(int64_t *id, struct store *store, const struct store_pause *pause, struct err *e)
{
	return record_insert(id, store, PAUSE_ADD,
		DB_VALUES(DB_TEXT(pause->session), DB_INTEGER(pause->part), DB_INTEGER(pause->from_ms),
			DB_INTEGER(pause->to_ms), DB_TEXT(pause->reason), DB_TEXT(pause->actor)),
		e);
}

int store_pause_end(struct store *store, const struct store_pause *pause, struct err *e)
{
	return record_change(store, PAUSE_END, DB_VALUES(DB_INTEGER(pause->id), DB_INTEGER(pause->to_ms)),
		pause_shape.what, pause->session, e);
}

int store_pause_list(struct store_pauses *out, struct store *store, const char *session, struct err *e)
{
	return record_list(
		&out->item, &out->count, &pause_shape, store, PAUSE_LIST, DB_VALUES(DB_TEXT(session)), e);
}

void store_pauses_done(struct store_pauses *pauses)
{
	record_list_done(&pauses->item, &pauses->count, &pause_shape);
}

static const struct record_field extension_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_extension, session), NULL },
	{ RECORD_INTEGER, offsetof(struct store_extension, part), NULL },
	{ RECORD_INTEGER, offsetof(struct store_extension, minutes), NULL },
	{ RECORD_TEXT, offsetof(struct store_extension, reason), NULL },
	{ RECORD_TEXT, offsetof(struct store_extension, actor), NULL },
	{ RECORD_INTEGER, offsetof(struct store_extension, at_ms), NULL },
};

static const struct record_shape extension_shape =
	RECORD_SHAPE(N_("more time in session"), struct store_extension, extension_fields);

int store_extension_add(struct store *store, const struct store_extension *extension, struct err *e)
{
	return record_change(store, EXTENSION_ADD,
		DB_VALUES(DB_TEXT(extension->session), DB_INTEGER(extension->part), DB_INTEGER(extension->minutes),
			DB_TEXT(extension->reason), DB_TEXT(extension->actor), DB_INTEGER(extension->at_ms)),
		extension_shape.what, extension->session, e);
}

int store_extension_list(struct store_extensions *out, struct store *store, const char *session, struct err *e)
{
	return record_list(
		&out->item, &out->count, &extension_shape, store, EXTENSION_LIST, DB_VALUES(DB_TEXT(session)), e);
}

void store_extensions_done(struct store_extensions *extensions)
{
	record_list_done(&extensions->item, &extensions->count, &extension_shape);
}

struct heartbeat {
	int64_t at_ms;
};

static const struct record_field heartbeat_fields[] = {
	{ RECORD_INTEGER, offsetof(struct heartbeat, at_ms), NULL },
};

static const struct record_shape heartbeat_shape =
	RECORD_SHAPE(N_("watch of session"), struct heartbeat, heartbeat_fields);

int store_heartbeat_set(struct store *store, const char *session, int64_t at_ms, struct err *e)
{
	return record_change(store, HEARTBEAT_SET, DB_VALUES(DB_TEXT(session), DB_INTEGER(at_ms)), heartbeat_shape.what,
		session, e);
}

int store_heartbeat_get(int64_t *at_ms, struct store *store, const char *session, struct err *e)
{
	struct heartbeat found = { 0 };

	if (record_get(&found, &heartbeat_shape, store, HEARTBEAT_GET, DB_VALUES(DB_TEXT(session)), session, e) < 0)
		return -1;
	*at_ms = found.at_ms;
	return 0;
}

static const struct record_field notice_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_notice, session), NULL },
	{ RECORD_TEXT, offsetof(struct store_notice, text), NULL },
	{ RECORD_TEXT, offsetof(struct store_notice, actor), NULL },
	{ RECORD_INTEGER, offsetof(struct store_notice, at_ms), NULL },
};

static const struct record_shape notice_shape =
	RECORD_SHAPE(N_("acknowledged notice of session"), struct store_notice, notice_fields);

int store_notice_add(struct store *store, const struct store_notice *notice, struct err *e)
{
	return record_change(store, NOTICE_ADD,
		DB_VALUES(DB_TEXT(notice->session), DB_TEXT(notice->text), DB_TEXT(notice->actor),
			DB_INTEGER(notice->at_ms)),
		notice_shape.what, notice->session, e);
}

int store_notice_get(struct store_notice *out, struct store *store, const char *session, struct err *e)
{
	return record_get(out, &notice_shape, store, NOTICE_GET, DB_VALUES(DB_TEXT(session)), session, e);
}

void store_notice_done(struct store_notice *notice)
{
	record_done(notice, &notice_shape);
}
