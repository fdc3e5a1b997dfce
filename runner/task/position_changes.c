// SPDX-License-Identifier: MIT
/*
 * Two documents walked side by side. Elements of a list that have ids are the same element wherever they stand, so that
 * one that was moved or put between is told as that, and not as a change of all behind it.
 */
#include "task/position_changes.h"

#include "base/text.h"

#include <string.h>

/* --- locks ------------------------------------------------------------------------------------------------------ */

/* The first row that fits decides. '*' is any one part of a place; a row also fits whatever lies below its place, unless
 * it is `whole`. */
static const struct {
	const char *place;
	bool whole;
	enum position_lock lock;
} locks[] = {
	{ "format", false, LOCK_ALWAYS },
	{ "id", false, LOCK_ALWAYS },
	{ "stages/order", true, LOCK_APPLICATIONS },
	{ "stages/*", true, LOCK_APPLICATIONS },
	{ "stages/*/retention_months", false, LOCK_APPLICATIONS },
	{ "stages/*/plan", false, LOCK_SESSIONS },
	{ "stages/*/due", false, LOCK_SESSIONS },
	{ "requirements/order", true, LOCK_NEVER },
	{ "requirements/*", true, LOCK_APPLICATIONS },
	{ "requirements/*/need", false, LOCK_APPLICATIONS },
	{ "requirements/*/checked", false, LOCK_SESSIONS },
};

static bool fits(const char *place, const char *pattern, bool whole)
{
	for (;;) {
		size_t here = strcspn(place, "/"), wanted = strcspn(pattern, "/");

		if (!(wanted == 1 && *pattern == '*') && (here != wanted || strncmp(place, pattern, here) != 0))
			return false;
		place += here;
		pattern += wanted;
		if (!*pattern)
			return !*place || !whole;
		if (!*place)
			return false;
		place++;
		pattern++;
	}
}

static enum position_lock lock_of(const char *place)
{
	for (size_t i = 0; i < sizeof(locks) / sizeof(*locks); i++)
		if (fits(place, locks[i].place, locks[i].whole))
			return locks[i].lock;
	return LOCK_NEVER;
}

/* --- comparing -------------------------------------------------------------------------------------------------- */

static int render(char **out, const struct json_at *at, struct err *e)
{
	AUTO_JSON struct json *copy = at->value ? json_copy_value(at) : NULL;

	*out = NULL;
	return at->value ? json_render(copy, JSON_STYLE_SORTED, out, e) : 0;
}

static int add_change(struct position_changes *out, const char *place, char *before, char *after, struct err *e)
{
	AUTO_FREE char *owned_before = before;
	AUTO_FREE char *owned_after = after;
	AUTO_FREE char *copy = mem_copy(place, e);
	struct position_change *change = copy ? mem_push(&out->item, out->count, sizeof(*change), e) : NULL;

	if (!change)
		return -1;
	out->count++;
	change->lock = lock_of(place);
	change->place = take_ptr(&copy);
	change->before = take_ptr(&owned_before);
	change->after = take_ptr(&owned_after);
	return 0;
}

static int compare_values(struct position_changes *out, const char *place, const struct json_at *before,
	const struct json_at *after, struct err *e)
{
	AUTO_FREE char *was = NULL;
	AUTO_FREE char *is = NULL;

	if (render(&was, before, e) < 0 || render(&is, after, e) < 0)
		return -1;
	if (was && is ? strcmp(was, is) == 0 : !was && !is)
		return 0;
	return add_change(out, place, take_ptr(&was), take_ptr(&is), e);
}

static int compare(struct position_changes *out, const char *place, const struct json_at *before,
	const struct json_at *after, struct err *e);

static int compare_below(struct position_changes *out, const char *place, const char *name, const struct json_at *before,
	const struct json_at *after, struct err *e)
{
	AUTO_FREE char *below = *place ? mem_format(e, "%s/%s", place, name) : mem_copy(name, e);

	return below ? compare(out, below, before, after, e) : -1;
}

static int compare_objects(struct position_changes *out, const char *place, const struct json_at *before,
	const struct json_at *after, struct err *e)
{
	for (size_t i = 0; i < json_count(before); i++) {
		const char *key = json_member_at(before, i).key;
		struct json_at was = json_member(before, key), is = json_member(after, key); /* null is as if absent */

		if (was.value && compare_below(out, place, key, &was, &is, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < json_count(after); i++) {
		const char *key = json_member_at(after, i).key;
		struct json_at is = json_member(after, key), was = json_member(before, key);

		if (!was.value && compare_below(out, place, key, &was, &is, e) < 0)
			return -1;
	}
	return 0;
}

/* A list whose elements have ids; an empty one may be either. */
static bool has_ids(const struct json_at *list)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at element = json_element(list, i);

		if (!json_is(&element, JSON_OBJECT_KIND) || !json_get_string(&element, "id", NULL))
			return false;
	}
	return json_is(list, JSON_ARRAY_KIND);
}

static struct json_at find(const struct json_at *list, const char *id)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at element = json_element(list, i);

		if (strcmp(json_get_string(&element, "id", ""), id) == 0)
			return element;
	}
	return (struct json_at){ .value = NULL };
}

/* The ids that both lists have, in the order of the first: "a b c". */
static int order_of(char **out, const struct json_at *list, const struct json_at *other, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at element = json_element(list, i);
		const char *id = json_get_string(&element, "id", "");

		if (find(other, id).value)
			text_addf(&t, "%s%s", t.length ? " " : "", id);
	}
	return text_take(&t, out, e);
}

static int compare_lists(struct position_changes *out, const char *place, const struct json_at *before,
	const struct json_at *after, struct err *e)
{
	AUTO_FREE char *was_order = NULL;
	AUTO_FREE char *is_order = NULL;
	AUTO_FREE char *order = mem_format(e, "%s/order", place);

	for (size_t i = 0; i < json_count(before); i++) {
		struct json_at was = json_element(before, i), is = find(after, json_get_string(&was, "id", ""));

		if (compare_below(out, place, json_get_string(&was, "id", ""), &was, &is, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < json_count(after); i++) {
		struct json_at is = json_element(after, i), was = find(before, json_get_string(&is, "id", ""));

		if (!was.value && compare_below(out, place, json_get_string(&is, "id", ""), &was, &is, e) < 0)
			return -1;
	}
	if (!order || order_of(&was_order, before, after, e) < 0 || order_of(&is_order, after, before, e) < 0)
		return -1;
	return strcmp(was_order, is_order) == 0 ? 0 : add_change(out, order, take_ptr(&was_order), take_ptr(&is_order), e);
}

static int compare(struct position_changes *out, const char *place, const struct json_at *before,
	const struct json_at *after, struct err *e)
{
	if (json_is(before, JSON_OBJECT_KIND) && json_is(after, JSON_OBJECT_KIND))
		return compare_objects(out, place, before, after, e);
	if (has_ids(before) && has_ids(after))
		return compare_lists(out, place, before, after, e);
	return compare_values(out, place, before, after, e);
}

int position_compare(struct position_changes *out, const struct json_at *before, const struct json_at *after,
	struct err *e)
{
	AUTO_POSITION_CHANGES struct position_changes changes = { 0 };

	if (compare(&changes, "", before, after, e) < 0)
		return -1;
	*out = changes;
	changes = (struct position_changes){ 0 };
	return 0;
}

void position_changes_done(struct position_changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		free(changes->item[i].place);
		free(changes->item[i].before);
		free(changes->item[i].after);
	}
	free(changes->item);
	*changes = (struct position_changes){ 0 };
}
