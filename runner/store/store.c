// SPDX-License-Identifier: MIT
/*
 * Making, opening and changing the database as a whole; the log and the settings.
 *
 * A new database is made under another name, in SQLite's older journal, and gets its name when it is complete: a
 * program that is killed in `init` leaves no half of a workspace. WAL is a property of the file and set there too.
 */
#include "store/store.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "store/record.h"
#include "store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct store {
	struct db *db;
};

struct db *store_db(struct store *store)
{
	return store->db;
}

/* --- making and opening ----------------------------------------------------------------------------------------- */

static int make_database(const char *path, mode_t mode, struct err *e)
{
	AUTO_DB struct db *db = NULL;

	if (db_open(&db, path, DB_NEW, e) < 0)
		return -1;
	if (chmod(path, mode) < 0)
		return err_errno(e, "%s", path);
	if (schema_begin(db, e) < 0)
		return -1;
	return db_script(db, "pragma journal_mode = wal", e);
}

static int sync_directory_of(const char *path, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	AUTO_FREE char *dir = mem_copy(path, e);
	char *slash;

	if (!dir)
		return -1;
	slash = strrchr(dir, '/');
	if (slash)
		slash[slash == dir] = '\0';
	if (fs_open_dir(&fd, AT_FDCWD, slash ? dir : ".", e) < 0)
		return -1;
	return fsync(fd) < 0 ? err_errno(e, "%s", dir) : 0;
}

int store_create(const char *path, mode_t mode, struct err *e)
{
	AUTO_FREE char *new_path = mem_format(e, "%s.new-%d", path, (int)getpid());
	int said;

	if (!new_path)
		return -1;
	unlink(new_path);
	said = make_database(new_path, mode, e);
	/* link, not rename: whoever was there first keeps the name. */
	if (said == 0 && link(new_path, path) < 0)
		said = errno == EEXIST ? err_set(e, ERR_CONFLICT, _("%s is there already"), path)
				       : err_errno(e, "%s", path);
	unlink(new_path);
	return said < 0 ? -1 : sync_directory_of(path, e);
}

/* A file whose journal is not WAL was changed by another hand; WAL is set again, which needs it for oneself. */
static int begin_connection(struct db *db, struct err *e)
{
	AUTO_DB_ROWS struct db_rows *rows = NULL;
	int said;

	if (db_query(&rows, db, "pragma journal_mode = wal", DB_NO_VALUES, e) < 0)
		return -1;
	said = db_next(rows, e);
	if (said < 0)
		return -1;
	if (said == 0 || strcmp(db_text(rows, 0), "wal") != 0)
		return err_set(e, ERR_SYSTEM, "this file system can't keep a write-ahead log");
	return 0;
}

int store_open(struct store **out, const char *path, struct err *e)
{
	AUTO_STORE struct store *store = mem_new(1, sizeof(*store), e);

	if (!store || db_open(&store->db, path, DB_EXISTING, e) < 0 ||
		begin_connection(store->db, e) < 0)
		return -1;
	if (schema_upgrade(store->db, e) < 0)
		return err_wrap(e, "%s", path);
	*out = take_ptr(&store);
	return 0;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	db_close(store->db);
	free(store);
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

int store_change_begin(struct store_change *change, struct store *store, struct err *e)
{
	if (db_script(store->db, "begin immediate", e) < 0)
		return -1;
	change->store = store;
	return 0;
}

int store_change_commit(struct store_change *change, struct err *e)
{
	/* A failed commit (a full disk) may leave the change open: store_change_done then undoes it. */
	if (db_script(change->store->db, "commit", e) < 0)
		return -1;
	change->store = NULL;
	return 0;
}

void store_change_done(struct store_change *change)
{
	struct err ignored;

	if (change->store && db_in_transaction(change->store->db))
		db_script(change->store->db, "rollback", &ignored);
	change->store = NULL;
}

/* --- the log and the settings ----------------------------------------------------------------------------------- */

static const struct record_field event_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_event, id), NULL },
	{ RECORD_INTEGER, offsetof(struct store_event, at_ms), NULL },
	{ RECORD_TEXT, offsetof(struct store_event, actor), NULL },
	{ RECORD_TEXT, offsetof(struct store_event, action), NULL },
	{ RECORD_TEXT, offsetof(struct store_event, object), NULL },
	{ RECORD_TEXT, offsetof(struct store_event, detail), NULL },
};

static const struct record_shape event_shape =
	RECORD_SHAPE(N_("event"), struct store_event, event_fields);

int store_event_add(struct store *store, int64_t at_ms, const char *actor, const char *action,
	const char *object, const char *detail, struct err *e)
{
	return db_run(store->db, statements[EVENT_ADD],
		DB_VALUES(DB_INTEGER(at_ms), DB_TEXT(actor), DB_TEXT(action), DB_TEXT(object),
			DB_TEXT(detail)),
		NULL, e);
}

int store_event_list(
	struct store_events *out, struct store *store, const char *object, struct err *e)
{
	return record_list(&out->item, &out->count, &event_shape, store, EVENT_LIST,
		DB_VALUES(DB_TEXT(object)), e);
}

void store_events_done(struct store_events *events)
{
	record_list_done(&events->item, &events->count, &event_shape);
}

int store_setting_get(char **value, struct store *store, const char *name, struct err *e)
{
	AUTO_DB_ROWS struct db_rows *rows = NULL;
	char *copy = NULL;
	int said;

	if (db_query(&rows, store->db, statements[SETTING_GET], DB_VALUES(DB_TEXT(name)), e) < 0)
		return -1;
	said = db_next(rows, e);
	if (said < 0)
		return -1;
	if (said > 0 && !(copy = mem_copy(db_text(rows, 0), e)))
		return -1;
	*value = copy;
	return 0;
}

int store_setting_set(struct store *store, const char *name, const char *value, struct err *e)
{
	return db_run(store->db, statements[SETTING_SET], DB_VALUES(DB_TEXT(name), DB_TEXT(value)),
		NULL, e);
}
