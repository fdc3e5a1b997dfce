// SPDX-License-Identifier: MIT
/*
 * The one door to jansson: reading a document with the place of every mistake, and building one.
 *
 * Reading. A document keeps its bytes. A `struct json_at` is a place in it: a value and the way there, made on the
 * stack and borrowed from its document (and from the place it was reached through, which must outlive it). A loader
 * describes each object by a table of keys (json_check); after that the getters can't fail. Mistakes are sentences
 * such as "task.json:12: /limits/wall_ms must be a whole number from 100 to 600000".
 *
 * Building. json_pack and the _take functions carry NULL through: whatever could not be made makes its parent NULL
 * and frees the rest, so one check of the root is enough. Strings must be valid UTF-8 (base/text.h, text_add_clean);
 * json_clean makes them so.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>

struct json;     /* a value (a json_t behind the door) */
struct json_doc; /* a document that was read: its bytes, name and root */

/* --- reading ---------------------------------------------------------------------------------------------------- */

/* Limits of any document: 16 MiB and 64 levels; duplicate keys and trailing bytes are refused, a BOM is not. */
enum { JSON_MAX_BYTES = 16 << 20, JSON_MAX_DEPTH = 64 };

/* Reads a document; name stands in every mistake ("task.json"). The bytes are copied. ERR_INVALID with the line of
 * a syntax mistake or double key, ERR_LIMIT, ERR_SYSTEM. */
int json_doc_parse(struct json_doc **out, const char *name, const char *bytes, size_t size, struct err *e);

/* Reads the file at the path below dir_fd (AT_FDCWD for any path); no link is followed below dir_fd. */
int json_doc_load(struct json_doc **out, int dir_fd, const char *path, const char *name, struct err *e);

void json_doc_free(struct json_doc *doc);

AUTO_DEFINE(json_doc, struct json_doc, json_doc_free)
#define AUTO_JSON_DOC AUTO(json_doc_auto)

struct json_at {
	const struct json_doc *doc;
	const struct json *value;     /* NULL when there is nothing at this place */
	const struct json_at *parent; /* NULL at the root */
	const char *key;              /* in an object, else NULL */
	size_t index;                 /* in an array or object */
};

struct json_at json_root(const struct json_doc *doc);

/* The bytes that were read, without a BOM: for digests. */
const char *json_doc_bytes(const struct json_doc *doc, size_t *size);

enum json_kind {
	JSON_OBJECT_KIND,
	JSON_ARRAY_KIND,
	JSON_STRING_KIND,
	JSON_INTEGER_KIND,
	JSON_NUMBER_KIND, /* integer or real */
	JSON_BOOL_KIND,
	JSON_ID_KIND,        /* a string for which text_is_id holds */
	JSON_LOCALISED_KIND, /* {"en": "…", "de": "…"}: at least one of our languages, no other key, none empty */
	JSON_ANY_KIND,
};

/* One row of a loader's table. For strings min and max bound the length in bytes (max 0: 64 KiB), for arrays the
 * number of elements (max 0: 10 000), for integers and numbers the value (both 0: any). */
struct json_key {
	const char *name;
	enum json_kind kind;
	bool required;
	bool nullable;
	long long min, max;
};

/* Whether `at` is an object with exactly such members: unknown keys, wrong types, values out of range and missing
 * keys are ERR_INVALID. A document may name its JSON Schema besides: "$schema", a string at its root. */
int json_check(const struct json_at *at, const struct json_key *keys, size_t count, struct err *e);

/* The same for each kind of element of an array, or for a single value: `what` names it in the mistake. */
int json_check_value(const struct json_at *at, const struct json_key *key, struct err *e);

/* A member (value NULL when absent or null), an element, the number of members or elements. */
struct json_at json_member(const struct json_at *at, const char *key);
struct json_at json_element(const struct json_at *at, size_t index);
struct json_at json_member_at(const struct json_at *at, size_t index); /* in the order of the file */
size_t json_count(const struct json_at *at);

bool json_is(const struct json_at *at, enum json_kind kind);

/* Values of a place whose kind was checked; "" or 0 for another kind. Strings are borrowed from the document. */
const char *json_as_string(const struct json_at *at);
long long json_as_integer(const struct json_at *at);
double json_as_number(const struct json_at *at);
bool json_as_bool(const struct json_at *at);

/* Members of a checked object: the fallback when absent or null. */
const char *json_get_string(const struct json_at *at, const char *key, const char *fallback);
long long json_get_integer(const struct json_at *at, const char *key, long long fallback);
bool json_get_bool(const struct json_at *at, const char *key, bool fallback);

/* Copies of members: the string ("" when absent), the strings of an array (which must all be strings), the texts of
 * a localised member. */
int json_copy_string(const struct json_at *at, const char *key, char **out, struct err *e);
int json_copy_strings(const struct json_at *at, const char *key, struct strings *out, struct err *e);
int json_copy_localised(const struct json_at *at, const char *key, struct localised *out, struct err *e);

/* Index of the string at `at` in a list of words that ends with NULL; otherwise ERR_INVALID naming the words. */
int json_word(const struct json_at *at, const char *const *words, int *out, struct err *e);

/* The line of a place, from 1; 0 when unknown. */
unsigned json_line(const struct json_at *at);

/* A mistake at a place: ERR_INVALID, "name:line: /pointer " and the sentence. Returns -1. */
int json_fail(const struct json_at *at, struct err *e, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A copy of the value at a place that outlives the document; NULL when there is none or no memory. */
struct json *json_copy_value(const struct json_at *at);

/* --- building --------------------------------------------------------------------------------------------------- */

/* As jansson's json_pack: "{s:s, s:I, s:b, s:o}"; 'o' takes a struct json * (NULL makes the whole NULL), 'O' borrows
 * one, "s?" and "o?" allow NULL, 'I' is long long, 'f' double. NULL when out of memory or a string was not UTF-8. */
struct json *json_pack_new(const char *format, ...);

struct json *json_new_object(void);
struct json *json_new_array(void);
struct json *json_new_string(const char *s);

/* A string of any bytes, made valid UTF-8. NULL gives JSON null. */
struct json *json_clean(const char *bytes, size_t length);

/* An array of the strings. */
struct json *json_from_strings(const struct strings *list);

/* {"en": …, "de": …} of the texts that are there. */
struct json *json_from_localised(const struct localised *texts);

/* Put the child into *parent, which becomes NULL (freed) when the child is NULL or memory is short. */
void json_append_take(struct json **array, struct json *child);
void json_put_take(struct json **object, const char *key, struct json *child);

/* Appends the elements of a document's text (any JSON value) as a value: NULL when it is no JSON. */
struct json *json_parse_value(const char *bytes, size_t size);

void json_free(struct json *value);

AUTO_DEFINE(json, struct json, json_free)
#define AUTO_JSON AUTO(json_auto)

/*
 * Renders with two spaces of indent and a final newline (pretty), or compactly with none. Members stay in the order
 * in which they were put; `sorted` sorts them, for texts that are digested. value NULL is ERR_SYSTEM.
 *
 * What may reach a terminal is `shown`, pretty or on one line: the same document, in which whatever text_add_visible
 * would not let through stands as "\u202e". What is kept or digested is never shown: its bytes are what they were.
 */
enum json_style { JSON_STYLE_PRETTY, JSON_STYLE_COMPACT, JSON_STYLE_SORTED, JSON_STYLE_SHOWN, JSON_STYLE_SHOWN_LINE };
int json_render(const struct json *value, enum json_style style, char **out, struct err *e);

/* A place at the root of a value that was built or copied, for reading it with the functions above. */
struct json_at json_value_root(const struct json *value);

#endif
