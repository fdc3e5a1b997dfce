// SPDX-License-Identifier: MIT
/*
 * The one door to SQLite, for this room only: statements with values that are bound by name, rows that are read.
 *
 * SQL is written so that PostgreSQL takes it too: parameters are $1, $2, … A `$N` is only a name to SQLite, which
 * numbers names by first appearance; so each is looked up by its name, never by position.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct db_rows;

enum { DB_MAX_VALUES = 16 };

/* A value for a parameter; text NULL is SQL's null. Borrowed for the call. */
struct db_value {
	bool is_text;
	const char *text;
	int64_t integer;
};

static inline struct db_value db_value_text(const char *text)
{
	return (struct db_value){ .is_text = true, .text = text };
}

static inline struct db_value db_value_integer(int64_t integer)
{
	return (struct db_value){ .integer = integer };
}

#define DB_TEXT(value)    db_value_text(value)
#define DB_INTEGER(value) db_value_integer(value)

/* The values for $1, $2, … of a statement. */
struct db_values {
	struct db_value item[DB_MAX_VALUES];
	size_t count;
};

#define DB_VALUES(...)                                                                             \
	((struct db_values){ .item = { __VA_ARGS__ },                                              \
		.count = sizeof((struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value) })
#define DB_NO_VALUES ((struct db_values){ .count = 0 })

/* Opens the database file, which must be there, or makes a new one that must not. */
enum db_mode { DB_EXISTING, DB_NEW };
int db_open(struct db **out, const char *path, enum db_mode mode, struct err *e);
void db_close(struct db *db);

AUTO_DEFINE(db, struct db, db_close)
#define AUTO_DB AUTO(db_auto)

/* Runs several statements without values. */
int db_script(struct db *db, const char *sql, struct err *e);

/* Runs one statement to its end; rows it yields are skipped. *changed (may be NULL) is how many rows it changed. */
int db_run(
	struct db *db, const char *sql, struct db_values values, int64_t *changed, struct err *e);

/* Starts a statement that yields rows. */
int db_query(struct db_rows **out, struct db *db, const char *sql, struct db_values values,
	struct err *e);

/* 1: there is a row, 0: no more, -1. */
int db_next(struct db_rows *rows, struct err *e);
int db_columns(const struct db_rows *rows);

/* A column of the present row: the text (borrowed until the next row) or NULL for null; the number. */
const char *db_text(struct db_rows *rows, int column);
int64_t db_integer(struct db_rows *rows, int column);
void db_rows_free(struct db_rows *rows);

AUTO_DEFINE(db_rows, struct db_rows, db_rows_free)
#define AUTO_DB_ROWS AUTO(db_rows_auto)

/* Whether the last statement failed because a row with that key is there already. */
bool db_was_taken(struct db *db);

/* Whether a transaction is open. */
bool db_in_transaction(struct db *db);

#endif
