// SPDX-License-Identifier: MIT
/*
 * SQLite behind a door. One table says what its codes mean to people; the kinds that a person can do something about
 * (locked, read-only, full, damaged) have sentences of their own, everything else is told in SQLite's words.
 *
 * WAL with synchronous=FULL: a commit is in the log on disk before it returns. FULL rather than the default NORMAL of
 * WAL, which may lose the last commits at a power cut (sqlite.org/pragma.html#pragma_synchronous).
 */
#include "store/db.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

struct db {
	sqlite3 *connection;
	char *path;
};

struct db_rows {
	struct db *db;
	sqlite3_stmt *statement;
};

/* --- errors ----------------------------------------------------------------------------------------------------- */

static const struct {
	int code; /* an extended code, or a primary one for all that belong to it */
	enum err_kind kind;
	const char *sentence;
} meanings[] = {
	{ SQLITE_CONSTRAINT_PRIMARYKEY, ERR_CONFLICT, N_("is there already") },
	{ SQLITE_CONSTRAINT_UNIQUE, ERR_CONFLICT, N_("is there already") },
	{ SQLITE_CONSTRAINT_FOREIGNKEY, ERR_NOT_FOUND, N_("something it belongs to is not there") },
	{ SQLITE_CONSTRAINT_TRIGGER, ERR_CONFLICT, NULL },
	{ SQLITE_BUSY, ERR_CONFLICT,
		N_("another program has the workspace locked: try again in a moment") },
	{ SQLITE_LOCKED, ERR_CONFLICT,
		N_("another program has the workspace locked: try again in a moment") },
	{ SQLITE_READONLY, ERR_DENIED, N_("this account may not write there") },
	{ SQLITE_PERM, ERR_DENIED, N_("this account may not write there") },
	{ SQLITE_FULL, ERR_SYSTEM, N_("the disk is full: nothing was changed") },
	/* A quota, or a limit on files, which SQLite can't tell from a broken disk. */
	{ SQLITE_IOERR_SHMSIZE, ERR_SYSTEM, N_("the disk takes nothing more: nothing was changed") },
	{ SQLITE_IOERR_SHMOPEN, ERR_SYSTEM, N_("the disk takes nothing more: nothing was changed") },
	{ SQLITE_IOERR_FSYNC, ERR_SYSTEM, N_("the disk takes nothing more: nothing was changed") },
	{ SQLITE_IOERR_TRUNCATE, ERR_SYSTEM, N_("the disk takes nothing more: nothing was changed") },
	{ SQLITE_IOERR_WRITE, ERR_SYSTEM, N_("the disk takes nothing more: nothing was changed") },
	/* The cause is lost: it tries again without making the file, and that fails for another one. */
	{ SQLITE_CANTOPEN, ERR_SYSTEM,
		N_("a file can't be made or opened there: the disk is full, or this account may not write there; nothing was changed") },
	{ SQLITE_CORRUPT, ERR_INVALID, N_("the database is damaged: restore it from a backup") },
	{ SQLITE_NOTADB, ERR_INVALID, N_("this is no database") },
	{ SQLITE_NOMEM, ERR_SYSTEM, N_("out of memory") },
};

/* Always fails: with what SQLite said last about this connection. */
static int fail(struct db *db, int code, struct err *e)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++) {
		if (meanings[i].code != code && meanings[i].code != (code & 0xFF))
			continue;
		return err_set(e, meanings[i].kind, "%s: %s", db->path,
			meanings[i].sentence ? _(meanings[i].sentence)
					     : sqlite3_errmsg(db->connection));
	}
	return err_set(
		e, ERR_SYSTEM, "%s: %s (%d)", db->path, sqlite3_errmsg(db->connection), code);
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* What SQLite would only notice at the first write, said at once and in plain words. */
static int check_access(const char *path, struct err *e)
{
	AUTO_FREE char *dir = mem_copy(path, e);
	char *slash;

	if (!dir)
		return -1;
	if (access(path, F_OK) < 0)
		return err_errno(e, "%s", path);
	slash = strrchr(dir, '/');
	if (slash)
		slash[slash == dir] = '\0';
	if (faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 &&
		faccessat(AT_FDCWD, slash ? dir : ".", W_OK | X_OK, AT_EACCESS) == 0)
		return 0;
	if (errno == EROFS)
		return err_set(
			e, ERR_DENIED, _("%s lies on a file system that is read-only"), path);
	if (errno == EACCES)
		return err_set(e, ERR_DENIED,
			_("this account may not write in %s, or in its directory"), path);
	return err_errno(e, "%s", path);
}

static int connect_to(struct db *db, const char *path, enum db_mode mode, struct err *e)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		(mode == DB_NEW ? SQLITE_OPEN_CREATE : 0);
	int code = sqlite3_open_v2(path, &db->connection, flags, NULL);

	if (code != SQLITE_OK)
		return db->connection ? fail(db, code, e) : err_memory(e);
	sqlite3_busy_timeout(db->connection, BUSY_MS);
	/* A schema that somebody else wrote may not call functions with side effects. */
	sqlite3_db_config(db->connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return 0;
}

int db_open(struct db **out, const char *path, enum db_mode mode, struct err *e)
{
	AUTO_DB struct db *db = mem_new(1, sizeof(*db), e);

	if (!db)
		return -1;
	db->path = mem_copy(path, e);
	if (!db->path)
		return -1;
	if (mode == DB_EXISTING && check_access(path, e) < 0)
		return -1;
	if (mode == DB_NEW && access(path, F_OK) == 0)
		return err_set(e, ERR_CONFLICT, "%s: %s", path, _("is there already"));
	if (connect_to(db, path, mode, e) < 0 ||
		db_script(db, "pragma synchronous = full; pragma foreign_keys = on;", e) < 0)
		return -1;
	*out = take_ptr(&db);
	return 0;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	sqlite3_close(db->connection);
	free(db->path);
	free(db);
}

/* --- statements ------------------------------------------------------------------------------------------------- */

int db_script(struct db *db, const char *sql, struct err *e)
{
	int code = sqlite3_exec(db->connection, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? 0 : fail(db, code, e);
}

/* Every parameter of the statement must be given a value, and every value have its parameter. */
static int bind_values(struct db_rows *rows, const struct db_values *values, struct err *e)
{
	if ((size_t)sqlite3_bind_parameter_count(rows->statement) != values->count)
		return err_set(e, ERR_INTERNAL,
			"a statement with %d parameters was given %zu values",
			sqlite3_bind_parameter_count(rows->statement), values->count);
	for (unsigned i = 0; i < values->count; i++) {
		const struct db_value *value = &values->item[i];
		char name[16];
		int index, code;

		snprintf(name, sizeof(name), "$%u", i + 1);
		index = sqlite3_bind_parameter_index(rows->statement, name);
		if (index == 0)
			return err_set(e, ERR_INTERNAL, "a statement has no parameter %s", name);
		if (value->is_text)
			code = sqlite3_bind_text(
				rows->statement, index, value->text, -1, SQLITE_TRANSIENT);
		else
			code = sqlite3_bind_int64(rows->statement, index, value->integer);
		if (code != SQLITE_OK)
			return fail(rows->db, code, e);
	}
	return 0;
}

int db_query(struct db_rows **out, struct db *db, const char *sql, struct db_values values,
	struct err *e)
{
	AUTO_DB_ROWS struct db_rows *rows = mem_new(1, sizeof(*rows), e);
	int code;

	if (!rows)
		return -1;
	rows->db = db;
	code = sqlite3_prepare_v2(db->connection, sql, -1, &rows->statement, NULL);
	if (code != SQLITE_OK)
		return fail(db, code, e);
	if (bind_values(rows, &values, e) < 0)
		return -1;
	*out = take_ptr(&rows);
	return 0;
}

int db_next(struct db_rows *rows, struct err *e)
{
	int code = sqlite3_step(rows->statement);

	if (code == SQLITE_ROW)
		return 1;
	return code == SQLITE_DONE ? 0 : fail(rows->db, code, e);
}

int db_run(struct db *db, const char *sql, struct db_values values, int64_t *changed, struct err *e)
{
	AUTO_DB_ROWS struct db_rows *rows = NULL;
	int said;

	if (db_query(&rows, db, sql, values, e) < 0)
		return -1;
	do
		said = db_next(rows, e);
	while (said > 0);
	if (said == 0 && changed)
		*changed = sqlite3_changes(db->connection);
	return said;
}

int db_columns(const struct db_rows *rows)
{
	return sqlite3_column_count(rows->statement);
}

const char *db_text(struct db_rows *rows, int column)
{
	return (const char *)sqlite3_column_text(rows->statement, column);
}

int64_t db_integer(struct db_rows *rows, int column)
{
	return sqlite3_column_int64(rows->statement, column);
}

void db_rows_free(struct db_rows *rows)
{
	if (!rows)
		return;
	sqlite3_finalize(rows->statement);
	free(rows);
}

bool db_was_taken(struct db *db)
{
	int code = sqlite3_extended_errcode(db->connection);

	return code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE;
}

bool db_in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(db->connection);
}
