// SPDX-License-Identifier: MIT
/*
 * The door to jansson. A struct json is a json_t under another name; nothing else in the program knows that.
 */
#include "base/json.h"

#include "base/fs.h"
#include "base/json_place.h"
#include "base/text.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct json_doc {
	char *name;
	char *bytes;
	size_t size;
	json_t *root;
};

static json_t *inner(const struct json *value)
{
	return (json_t *)(uintptr_t)value;
}

static struct json *outer(json_t *value)
{
	return (struct json *)value;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static size_t depth_of(const char *bytes, size_t size)
{
	size_t depth = 0, deepest = 0;
	bool in_string = false;

	for (size_t i = 0; i < size; i++) {
		if (in_string) {
			if (bytes[i] == '\\')
				i++;
			else if (bytes[i] == '"')
				in_string = false;
		} else if (bytes[i] == '"') {
			in_string = true;
		} else if (bytes[i] == '{' || bytes[i] == '[') {
			depth++;
			if (depth > deepest)
				deepest = depth;
		} else if ((bytes[i] == '}' || bytes[i] == ']') && depth) {
			depth--;
		}
	}
	return deepest;
}

/* jansson's words, but where they name its own options: no text of ours can hold a NUL. */
static const char *words_of(const json_error_t *said)
{
	enum json_error_code code = json_error_code(said);

	return code == json_error_null_character || code == json_error_null_byte_in_key ?
		       "\\u0000 can't stand in a text" :
		       said->text;
}

int json_doc_parse(struct json_doc **out, const char *name, const char *bytes, size_t size, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = mem_new(1, sizeof(*doc), e);
	json_error_t said;

	if (!doc)
		return -1;
	if (size > JSON_MAX_BYTES)
		return err_set(e, ERR_LIMIT, "%s is larger than %d MiB", name, JSON_MAX_BYTES >> 20);
	if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		bytes += 3;
		size -= 3;
	}
	if (depth_of(bytes, size) > JSON_MAX_DEPTH)
		return err_set(e, ERR_LIMIT, "%s is nested deeper than %d levels", name, JSON_MAX_DEPTH);
	doc->name = mem_copy(name, e);
	doc->bytes = mem_new(size + 1, 1, e);
	if (!doc->name || !doc->bytes)
		return -1;
	memcpy(doc->bytes, bytes, size);
	doc->size = size;
	doc->root = json_loadb(doc->bytes, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &said);
	/* For most allocations that fail inside of it jansson 2.14 has no word; for every mistake of syntax it has. */
	if (!doc->root && (json_error_code(&said) == json_error_out_of_memory || !*said.text))
		return err_memory(e);
	if (!doc->root) {
		AUTO_FREE char *sentence = text_visible_line(words_of(&said), e);

		return sentence ? err_set(e, ERR_INVALID, "%s:%d: %s", name, said.line < 1 ? 1 : said.line, sentence)
				: -1;
	}
	*out = take_ptr(&doc);
	return 0;
}

int json_doc_load(struct json_doc **out, int dir_fd, const char *path, const char *name, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if (fs_read(&bytes, &size, dir_fd, path, JSON_MAX_BYTES, e) < 0)
		return -1;
	return json_doc_parse(out, name, bytes, size, e);
}

void json_doc_free(struct json_doc *doc)
{
	if (!doc)
		return;
	json_decref(doc->root);
	free(doc->name);
	free(doc->bytes);
	free(doc);
}

const char *json_doc_bytes(const struct json_doc *doc, size_t *size)
{
	*size = doc->size;
	return doc->bytes;
}

struct json_at json_root(const struct json_doc *doc)
{
	return (struct json_at){ .doc = doc, .value = outer(doc->root) };
}

struct json_at json_value_root(const struct json *value)
{
	return (struct json_at){ .value = value };
}

struct json_at json_member(const struct json_at *at, const char *key)
{
	json_t *value = json_object_get(inner(at->value), key);

	return (struct json_at){ .doc = at->doc, .value = json_is_null(value) ? NULL : outer(value), .parent = at,
		.key = key };
}

struct json_at json_element(const struct json_at *at, size_t index)
{
	return (struct json_at){ .doc = at->doc, .value = outer(json_array_get(inner(at->value), index)),
		.parent = at, .index = index };
}

struct json_at json_member_at(const struct json_at *at, size_t index)
{
	void *iter = json_object_iter(inner(at->value));

	while (iter && index--)
		iter = json_object_iter_next(inner(at->value), iter);
	if (!iter)
		return (struct json_at){ .doc = at->doc, .parent = at };
	return (struct json_at){ .doc = at->doc, .value = outer(json_object_iter_value(iter)), .parent = at,
		.key = json_object_iter_key(iter) };
}

size_t json_count(const struct json_at *at)
{
	json_t *value = inner(at->value);

	return json_is_object(value) ? json_object_size(value) : json_array_size(value);
}

const char *json_as_string(const struct json_at *at)
{
	const char *s = json_string_value(inner(at->value));

	return s ? s : "";
}

long long json_as_integer(const struct json_at *at)
{
	return json_integer_value(inner(at->value));
}

double json_as_number(const struct json_at *at)
{
	return json_number_value(inner(at->value));
}

bool json_as_bool(const struct json_at *at)
{
	return json_is_true(inner(at->value));
}

const char *json_get_string(const struct json_at *at, const char *key, const char *fallback)
{
	struct json_at member = json_member(at, key);

	return json_is_string(inner(member.value)) ? json_as_string(&member) : fallback;
}

long long json_get_integer(const struct json_at *at, const char *key, long long fallback)
{
	struct json_at member = json_member(at, key);

	return json_is_integer(inner(member.value)) ? json_as_integer(&member) : fallback;
}

bool json_get_bool(const struct json_at *at, const char *key, bool fallback)
{
	struct json_at member = json_member(at, key);

	return json_is_boolean(inner(member.value)) ? json_as_bool(&member) : fallback;
}

int json_copy_string(const struct json_at *at, const char *key, char **out, struct err *e)
{
	char *copy = mem_copy(json_get_string(at, key, ""), e);

	if (!copy)
		return -1;
	*out = copy;
	return 0;
}

int json_copy_strings(const struct json_at *at, const char *key, struct strings *out, struct err *e)
{
	struct json_at list = json_member(at, key);
	AUTO_STRINGS struct strings copy = { 0 };

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at element = json_element(&list, i);

		if (!json_is_string(inner(element.value)))
			return json_fail(&element, e, "must be a string");
		if (strings_add(&copy, json_as_string(&element), e) < 0)
			return -1;
	}
	*out = copy;
	copy = (struct strings){ 0 };
	return 0;
}

int json_copy_localised(const struct json_at *at, const char *key, struct localised *out, struct err *e)
{
	struct json_at texts = json_member(at, key);
	struct localised copy = { 0 };

	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		const char *s = json_get_string(&texts, language_code((enum language)i), NULL);

		if (s && !(copy.text[i] = mem_copy(s, e))) {
			localised_done(&copy);
			return -1;
		}
	}
	*out = copy;
	return 0;
}

struct json *json_copy_value(const struct json_at *at)
{
	json_t *copy = at->value ? json_deep_copy(inner(at->value)) : NULL;

	/* jansson 2.14 leaves out the members that it had no memory for, and says nothing. */
	if (copy && !json_equal(copy, inner(at->value))) {
		json_decref(copy);
		return NULL;
	}
	return outer(copy);
}

/* --- checking --------------------------------------------------------------------------------------------------- */

enum { STRING_MAX_BYTES = 64 << 10, ARRAY_MAX = 10000 };

static const char *const kind_words[] = {
	[JSON_OBJECT_KIND] = "an object",
	[JSON_ARRAY_KIND] = "an array",
	[JSON_STRING_KIND] = "a string",
	[JSON_INTEGER_KIND] = "a whole number",
	[JSON_NUMBER_KIND] = "a number",
	[JSON_BOOL_KIND] = "true or false",
	[JSON_ID_KIND] = "an id: 1 to 64 of a–z, 0–9 and '-', no '-' at either end",
	[JSON_LOCALISED_KIND] = "an object of texts by language, such as {\"en\": \"…\", \"de\": \"…\"}",
	[JSON_ANY_KIND] = "a value",
};

static bool is_localised(json_t *value)
{
	const char *key;
	json_t *text;
	enum language language;

	if (!json_is_object(value) || json_object_size(value) == 0)
		return false;
	json_object_foreach(value, key, text) {
		if (strlen(key) != 2 || !language_parse(key, &language) || !json_is_string(text) ||
			json_string_length(text) == 0)
			return false;
	}
	return true;
}

bool json_is(const struct json_at *at, enum json_kind kind)
{
	json_t *value = inner(at->value);

	switch (kind) {
	case JSON_OBJECT_KIND:
		return json_is_object(value);
	case JSON_ARRAY_KIND:
		return json_is_array(value);
	case JSON_STRING_KIND:
		return json_is_string(value);
	case JSON_INTEGER_KIND:
		return json_is_integer(value);
	case JSON_NUMBER_KIND:
		return json_is_number(value);
	case JSON_BOOL_KIND:
		return json_is_boolean(value);
	case JSON_ID_KIND:
		return json_is_string(value) && text_is_id(json_string_value(value));
	case JSON_LOCALISED_KIND:
		return is_localised(value);
	case JSON_ANY_KIND:
		return value != NULL;
	}
	return false;
}

static int check_size(const struct json_at *at, size_t size, const struct json_key *key, size_t limit, const char *unit,
	struct err *e)
{
	size_t max = key->max ? (size_t)key->max : limit;

	if (size < (size_t)key->min)
		return key->min == 1 ? json_fail(at, e, "must not be empty")
				     : json_fail(at, e, "must have at least %lld %s", key->min, unit);
	if (size > max)
		return json_fail(at, e, "has %zu %s; at most %zu are taken", size, unit, max);
	return 0;
}

static int check_range(const struct json_at *at, const struct json_key *key, struct err *e)
{
	double number = json_as_number(at);

	if ((!key->min && !key->max) || (number >= (double)key->min && number <= (double)key->max))
		return 0;
	if (key->min == key->max)
		return json_fail(at, e, "must be %lld", key->min);
	return json_fail(at, e, "must be %s from %lld to %lld", kind_words[key->kind], key->min, key->max);
}

int json_check_value(const struct json_at *at, const struct json_key *key, struct err *e)
{
	if (!at->value || !json_is(at, key->kind))
		return json_fail(at, e, "must be %s", kind_words[key->kind]);
	switch (key->kind) {
	case JSON_STRING_KIND:
		return check_size(at, strlen(json_as_string(at)), key, STRING_MAX_BYTES, "bytes", e);
	case JSON_ARRAY_KIND:
		return check_size(at, json_count(at), key, ARRAY_MAX, "elements", e);
	case JSON_INTEGER_KIND:
	case JSON_NUMBER_KIND:
		return check_range(at, key, e);
	default:
		return 0;
	}
}

/* An editor learns from it which schema completes and checks the file; it says nothing to us. */
static bool names_its_schema(const struct json_at *at, const char *name, json_t *value)
{
	return at->doc && !at->parent && strcmp(name, "$schema") == 0 && json_is_string(value);
}

static const struct json_key *find_key(const char *name, const struct json_key *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
	return NULL;
}

int json_check(const struct json_at *at, const struct json_key *keys, size_t count, struct err *e)
{
	const char *name;
	json_t *value;

	if (!at->value || !json_is_object(inner(at->value)))
		return json_fail(at, e, "must be an object");
	json_object_foreach(inner(at->value), name, value) {
		struct json_at member = { .doc = at->doc, .value = outer(value), .parent = at, .key = name };
		const struct json_key *key = find_key(name, keys, count);

		if (!key && names_its_schema(at, name, value))
			continue;
		if (!key)
			return json_fail(&member, e, "is no key that is known here");
		if (json_is_null(value) && key->nullable)
			continue;
		if (json_check_value(&member, key, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < count; i++)
		if (keys[i].required && !json_object_get(inner(at->value), keys[i].name))
			return json_fail(at, e, "lacks \"%s\"", keys[i].name);
	return 0;
}

int json_word(const struct json_at *at, const char *const *words, int *out, struct err *e)
{
	AUTO_TEXT struct text list = { 0 };
	const char *s = json_as_string(at);

	for (int i = 0; words[i]; i++) {
		if (strcmp(words[i], s) == 0) {
			*out = i;
			return 0;
		}
	}
	for (int i = 0; words[i]; i++)
		text_addf(&list, "%s\"%s\"", i == 0 ? "" : words[i + 1] ? ", " : " or ", words[i]);
	if (list.failed)
		return err_memory(e);
	return json_fail(at, e, "must be %s", text_bytes(&list));
}

/* --- places ----------------------------------------------------------------------------------------------------- */

static size_t steps_to(const struct json_at *at, struct json_step steps[JSON_MAX_DEPTH + 1])
{
	size_t count = 0, i;

	for (const struct json_at *p = at; p->parent && count <= JSON_MAX_DEPTH; p = p->parent)
		count++;
	i = count;
	for (const struct json_at *p = at; p->parent && i > 0; p = p->parent)
		steps[--i] = (struct json_step){ p->key, p->index };
	return count;
}

unsigned json_line(const struct json_at *at)
{
	struct json_step steps[JSON_MAX_DEPTH + 1];
	size_t count = steps_to(at, steps);

	return at->doc ? json_place_line(at->doc->bytes, at->doc->size, steps, count) : 0;
}

/* A JSON pointer (RFC 6901), with hostile keys made visible. */
static void add_pointer(struct text *t, const struct json_step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		text_add(t, "/");
		if (!steps[i].key)
			text_addf(t, "%zu", steps[i].index);
		for (const char *k = steps[i].key; k && *k; k++) {
			if (*k == '~')
				text_add(t, "~0");
			else if (*k == '/')
				text_add(t, "~1");
			else
				text_add_bytes(t, k, 1);
		}
	}
}

int json_fail(const struct json_at *at, struct err *e, const char *format, ...)
{
	struct json_step steps[JSON_MAX_DEPTH + 1];
	size_t count = steps_to(at, steps);
	AUTO_TEXT struct text pointer = { 0 };
	AUTO_FREE char *visible = NULL;
	char said[ERR_TEXT_MAX]; /* what is cut from it has no room in the error anyway */
	va_list list;

	va_start(list, format);
	vsnprintf(said, sizeof(said), format, list);
	va_end(list);
	add_pointer(&pointer, steps, count);
	visible = text_visible_line(text_bytes(&pointer), e);
	if (!visible)
		return -1;
	if (!at->doc)
		return err_set(e, ERR_INVALID, "%s %s", *visible ? visible : "the document", said);
	return err_set(e, ERR_INVALID, "%s:%u: %.300s %s", at->doc->name, json_line(at),
		*visible ? visible : "the document", said);
}

/* --- building --------------------------------------------------------------------------------------------------- */

struct json *json_pack_new(const char *format, ...)
{
	json_error_t ignored;
	va_list list;
	json_t *value;

	va_start(list, format);
	value = json_vpack_ex(&ignored, 0, format, list);
	va_end(list);
	return outer(value);
}

struct json *json_new_object(void)
{
	return outer(json_object());
}

struct json *json_new_array(void)
{
	return outer(json_array());
}

struct json *json_new_string(const char *s)
{
	return outer(json_pack("s", s));
}

struct json *json_clean(const char *bytes, size_t length)
{
	AUTO_TEXT struct text t = { 0 };

	if (!bytes)
		return outer(json_null());
	text_add_clean(&t, bytes, length);
	return t.failed ? NULL : outer(json_stringn(text_bytes(&t), t.length));
}

struct json *json_from_strings(const struct strings *list)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < list->count; i++)
		json_append_take(&array, json_clean(list->item[i], strlen(list->item[i])));
	return array;
}

struct json *json_from_localised(const struct localised *texts)
{
	struct json *object = json_new_object();

	for (int i = 0; i < LANGUAGE_COUNT; i++)
		if (texts->text[i])
			json_put_take(&object, language_code((enum language)i), json_new_string(texts->text[i]));
	return object;
}

void json_append_take(struct json **array, struct json *child)
{
	if (*array && json_array_append_new(inner(*array), inner(child)) == 0)
		return;
	if (!*array)
		json_free(child);
	json_free(*array);
	*array = NULL;
}

void json_put_take(struct json **object, const char *key, struct json *child)
{
	if (*object && json_object_set_new(inner(*object), key, inner(child)) == 0)
		return;
	if (!*object)
		json_free(child);
	json_free(*object);
	*object = NULL;
}

struct json *json_parse_value(const char *bytes, size_t size)
{
	return outer(json_loadb(bytes, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL));
}

void json_free(struct json *value)
{
	json_decref(inner(value));
}

static int add_rendered(const char *bytes, size_t size, void *out)
{
	struct text *t = out;

	text_add_bytes(t, bytes, size);
	return t->failed ? -1 : 0;
}

/* jansson escapes what is below a blank and passes on the rest: DEL, C1, and what turns the direction of a line. They
 * stand in strings only, where an escape means the same; behind U+FFFF it is a pair. */
static int escape_invisible(struct text *t, const struct text *rendered)
{
	unsigned c;

	for (size_t i = 0, step; i < rendered->length; i += step) {
		const char *at = rendered->bytes + i;

		step = text_decode(at, rendered->length - i, &c);
		if ((unsigned char)*at < 0x20 || !text_is_invisible(c))
			text_add_bytes(t, at, step);
		else if (c < 0x10000)
			text_addf(t, "\\u%04x", c);
		else
			text_addf(t, "\\u%04x\\u%04x", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
	}
	return t->failed ? -1 : 0;
}

int json_render(const struct json *value, enum json_style style, char **out, struct err *e)
{
	static const size_t flags[] = {
		[JSON_STYLE_PRETTY] = JSON_INDENT(2),
		[JSON_STYLE_COMPACT] = JSON_COMPACT,
		[JSON_STYLE_SORTED] = JSON_COMPACT | JSON_SORT_KEYS,
		[JSON_STYLE_SHOWN] = JSON_INDENT(2),
		[JSON_STYLE_SHOWN_LINE] = JSON_COMPACT,
	};
	const bool is_shown = style == JSON_STYLE_SHOWN || style == JSON_STYLE_SHOWN_LINE;
	AUTO_TEXT struct text t = { 0 }, shown = { 0 };

	/* Into a buffer of ours: jansson 2.14 doesn't look whether its own could take the key of a member. */
	if (!value || json_dump_callback(inner(value), add_rendered, &t, JSON_ENCODE_ANY | flags[style]) < 0 || t.failed)
		return err_memory(e);
	if (style == JSON_STYLE_PRETTY || style == JSON_STYLE_SHOWN)
		text_add(&t, "\n");
	if (is_shown && escape_invisible(&shown, &t) < 0)
		return err_memory(e);
	return text_take(is_shown ? &shown : &t, out, e);
}
