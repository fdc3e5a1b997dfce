// SPDX-License-Identifier: MIT
/*
 * Rows as structs, for this room only: a table says which column goes into which member, and one loop does it.
 */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include "store/db.h"
#include "store/statements.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum record_kind {
	RECORD_TEXT,    /* char *, NULL for null */
	RECORD_INTEGER, /* int64_t, 0 for null */
	RECORD_BOOL,    /* bool */
	RECORD_WORD, /* an enum: the index of the column's word in `words`, which ends with NULL */
};

/* One column; they stand in the order in which the statement selects them. */
struct record_field {
	enum record_kind kind;
	size_t offset;
	const char *const *words;
};

struct record_shape {
	const char *what; /* for "there is no %s %s" */
	size_t size;
	const struct record_field *fields;
	size_t count;
};

#define RECORD_SHAPE(name, record, table)                                                          \
	{                                                                                          \
		.what = (name), .size = sizeof(record), .fields = (table),                         \
		.count = sizeof(table) / sizeof(*(table))                                          \
	}

/* Reads the one row that the statement yields; `named` stands in ERR_NOT_FOUND. */
int record_get(void *out, const struct record_shape *shape, struct store *store,
	enum statement statement, struct db_values values, const char *named, struct err *e);

/* Reads all rows into a new array. *items and *count were zero before, and are untouched on failure. */
int record_list(void *items, size_t *count, const struct record_shape *shape, struct store *store,
	enum statement statement, struct db_values values, struct err *e);

/* Frees the strings of a record and zeroes it; the same for an array, which is freed too. */
void record_done(void *record, const struct record_shape *shape);
void record_list_done(void *items, size_t *count, const struct record_shape *shape);

/* Runs a statement that must change exactly one row; `what` and `named` stand in ERR_CONFLICT ("person anna is there
 * already") and in ERR_NOT_FOUND. */
int record_change(struct store *store, enum statement statement, struct db_values values,
	const char *what, const char *named, struct err *e);

/* Runs an insert that returns the id it gave. */
int record_insert(int64_t *id, struct store *store, enum statement statement,
	struct db_values values, struct err *e);

/* The database behind a store. */
struct db *store_db(struct store *store);

#endif
