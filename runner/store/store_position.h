// SPDX-License-Identifier: MIT
/*
 * The positions that are open, as the documents they are (rubrics/README.md).
 */
#ifndef STORE_POSITION_H
#define STORE_POSITION_H

#include "store/store.h"

struct store_position {
	const char *id;
	const char *json;
	const char *digest; /* of the document's content */
	int64_t added_ms;
};

struct store_positions {
	struct store_position *item;
	size_t count;
};

int store_position_add(struct store *store, const struct store_position *position, struct err *e);
int store_position_get(
	struct store_position *out, struct store *store, const char *id, struct err *e);
int store_position_list(
	struct store_positions *out, struct store *store, struct err *e); /* by id */
void store_position_done(struct store_position *position);
void store_positions_done(struct store_positions *positions);

#define AUTO_STORE_POSITION  AUTO(store_position_done)
#define AUTO_STORE_POSITIONS AUTO(store_positions_done)

#endif
