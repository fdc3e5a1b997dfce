// SPDX-License-Identifier: MIT
/*
 * What the loaders of this room share: checking an object by its table, and arrays of strings. Not for other rooms.
 */
#ifndef TASK_KEYS_H
#define TASK_KEYS_H

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "task/manifest.h"

#include <stdbool.h>

/* The row that every document starts with. */
#define KEY_FORMAT { .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 }

/* json_check with a table whose size the compiler knows. */
#define keys_check(at, table, e) json_check(at, table, sizeof(table) / sizeof(*(table)), e)

/* The strings of an array member (none when it is absent), each checked by `element`; a double one is a mistake when
 * they are to be unique. */
int keys_strings(const struct json_at *at, const char *key, const struct json_key *element, bool unique,
	struct strings *out, struct err *e);

/* A command line: at least a program's name, at most 200 arguments; {memory_mib} and its like must be limits. */
int keys_argv(const struct json_at *at, const char *key, struct strings *out, struct err *e);

/* The word of a required member among words (see json_word). */
int keys_word(const struct json_at *at, const char *key, const char *const *words, int *out, struct err *e);

/* The same for how visible something is. */
int keys_visibility(const struct json_at *at, const char *key, enum visibility *out, struct err *e);

/* A copy of an optional string: NULL when it is absent. */
int keys_optional(const struct json_at *at, const char *key, char **out, struct err *e);

/* A mistake when an earlier element of `list` has the same string under `key` as the element at `index`. */
int keys_unique(const struct json_at *list, size_t index, const char *key, struct err *e);

#endif
