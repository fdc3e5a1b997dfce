// SPDX-License-Identifier: MIT
/*
 * The tables, as ordered steps from an empty database to the present. A step that was ever released is never changed:
 * a new one is added behind it.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "base/err.h"
#include "store/db.h"

#include <stdint.h>

struct schema_step {
	int64_t version;
	const char *sql;
};

/* In order, ending with version 0. */
extern const struct schema_step schema_steps[];

/* Takes the missing steps, each in the same change as the note that it was taken. ERR_INVALID: no database of ours.
 * ERR_CONFLICT: newer than this program. */
int schema_upgrade(struct db *db, struct err *e);

/* The same for a database without a single table. */
int schema_begin(struct db *db, struct err *e);

#endif
