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

/* A version of a position: what it became, when, by whom and why. Never changed or removed. */
struct store_version {
	const char *position;
	int64_t number; /* from 1; given by the store */
	const char *json, *digest;
	const char *reason; /* NULL: the first */
	const char *actor;
	int64_t at_ms;
};

struct store_versions {
	struct store_version *item;
	size_t count;
};

/* The position becomes this; call it within a change, which both of its steps belong to. */
int store_position_change(struct store *store, const struct store_version *version, struct err *e);
int store_version_add(struct store *store, const struct store_version *version, struct err *e);
int store_version_list(struct store_versions *out, struct store *store, const char *position, struct err *e);
void store_versions_done(struct store_versions *versions);

#define AUTO_STORE_VERSIONS AUTO(store_versions_done)

#define AUTO_STORE_POSITION  AUTO(store_position_done)
#define AUTO_STORE_POSITIONS AUTO(store_positions_done)

#endif
