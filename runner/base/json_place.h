// SPDX-License-Identifier: MIT
/*
 * Where a value stands in the text of a document. jansson forgets positions once it has parsed, so a mistake that
 * is found later (a weight of 9) is looked up again by walking the same bytes. Only for text that jansson accepted.
 */
#ifndef BASE_JSON_PLACE_H
#define BASE_JSON_PLACE_H

#include <stddef.h>

/* One step of the way from the root: into an object (key) or an array (key NULL). */
struct json_step {
	const char *key;
	size_t index;
};

/* The line, from 1, on which the value at the end of the steps begins; for a member, its key. 0 when not found. */
unsigned json_place_line(const char *text, size_t size, const struct json_step *steps, size_t count);

#endif
