// SPDX-License-Identifier: MIT
/*
 * Names are looked up by bisection in an index sorted by name and suite. Cycles are found by a walk in depth with a
 * stack of its own: the chain of a hostile manifest may be five thousand tests long.
 */
#include "task/manifest_order.h"

#include "base/text.h"
#include "task/keys.h"

#include <stdint.h>
#include <string.h>

/* --- names ------------------------------------------------------------------------------------------------------ */

struct named {
	const char *name, *suite;
	size_t test;
};

struct index {
	struct named *item;
	size_t count;
};

static int by_name_and_suite(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int names = strcmp(x->name, y->name);

	return names ? names : strcmp(x->suite, y->suite);
}

static int by_name(const void *key, const void *item)
{
	return strcmp(key, ((const struct named *)item)->name);
}

static int index_new(struct index *out, const struct manifest *manifest, struct err *e)
{
	out->item = mem_new(manifest->test_count, sizeof(*out->item), e);
	if (!out->item)
		return -1;
	out->count = manifest->test_count;
	for (size_t i = 0; i < out->count; i++)
		out->item[i] = (struct named){ manifest->tests[i].name, manifest->tests[i].suite, i };
	qsort(out->item, out->count, sizeof(*out->item), by_name_and_suite);
	return 0;
}

static int check_names(const struct index *names, const struct json_at *list, struct err *e)
{
	for (size_t i = 1; i < names->count; i++) {
		const struct named *one = &names->item[i - 1], *two = &names->item[i];
		struct json_at first = json_element(list, one->test < two->test ? one->test : two->test);
		struct json_at second = json_element(list, one->test < two->test ? two->test : one->test);
		struct json_at name = json_member(&second, "name");

		if (by_name_and_suite(one, two) == 0)
			return json_fail(&name, e, "is taken: suite %s has that test in line %u already", one->suite,
				json_line(&first));
	}
	return 0;
}

static const struct named *find(const struct index *names, const char *name, const char *suite)
{
	struct named key = { name, suite, 0 };

	return bsearch(&key, names->item, names->count, sizeof(key), by_name_and_suite);
}

/* --- depends ---------------------------------------------------------------------------------------------------- */

/* The test that `at` names, as a test of `suite` would say it. */
static int resolve(const struct index *names, const char *suite, const struct json_at *at, size_t *out, struct err *e)
{
	const char *name = json_as_string(at), *slash = strchr(name, '/');
	const struct named *found = find(names, name, suite);

	if (!found) {
		found = bsearch(name, names->item, names->count, sizeof(*found), by_name);
		if (found && ((found > names->item && by_name(name, found - 1) == 0) ||
				     (found + 1 < names->item + names->count && by_name(name, found + 1) == 0)))
			return json_fail(at, e, "is the name of several tests: say \"suite/name\"");
	}
	if (!found && slash) {
		AUTO_FREE char *other = strndup(name, (size_t)(slash - name));

		if (!other)
			return err_memory(e);
		found = find(names, slash + 1, other);
	}
	if (!found)
		return json_fail(at, e, "names no test of this manifest");
	*out = found->test;
	return 0;
}

static int resolve_depends(struct manifest *manifest, const struct index *names, size_t test, const struct json_at *at,
	struct err *e)
{
	static const struct json_key name = { .kind = JSON_STRING_KIND, .min = 1, .max = 1100 };
	struct manifest_test *from = &manifest->tests[test];
	struct json_at list = json_member(at, "depends");
	size_t count = json_count(&list);

	if (!count)
		return 0;
	from->depends = mem_new(count, sizeof(*from->depends), e);
	if (!from->depends)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at item = json_element(&list, i);
		size_t on = 0;

		if (json_check_value(&item, &name, e) < 0 || resolve(names, from->suite, &item, &on, e) < 0)
			return -1;
		if (on == test)
			return json_fail(&item, e, "is the test itself");
		if (manifest->tests[on].visibility > from->visibility)
			return json_fail(&item, e, "is %s and this test is %s: whoever sees this one would learn of that",
				visibility_name(manifest->tests[on].visibility), visibility_name(from->visibility));
		for (size_t j = 0; j < from->depends_count; j++)
			if (from->depends[j] == on)
				return json_fail(&item, e, "stands here twice");
		from->depends[from->depends_count++] = on;
	}
	return 0;
}

/* --- cycles ----------------------------------------------------------------------------------------------------- */

enum colour { WHITE, ON_THE_WAY, DONE };

struct step {
	size_t test;
	size_t next; /* which of its depends comes next */
};

struct walk {
	struct step *way;
	size_t depth;
	unsigned char *colour;
};

static void walk_done(struct walk *walk)
{
	free(walk->way);
	free(walk->colour);
}

/* "a depends on b, b on c, c on a": at most four of them. */
static int fail_cycle(const struct manifest *manifest, const struct json_at *list, const struct walk *walk, size_t on,
	struct err *e)
{
	struct json_at at = json_element(list, walk->way[walk->depth - 1].test), depends = json_member(&at, "depends");
	AUTO_TEXT struct text circle = { 0 };
	AUTO_FREE char *visible = NULL;
	size_t from = walk->depth, said = 0;

	while (walk->way[from - 1].test != on)
		from--;
	for (size_t i = from - 1; i < walk->depth && said < 3; i++, said++)
		text_addf(&circle, "%s → ", manifest->tests[walk->way[i].test].name);
	text_addf(&circle, "%s%s", walk->depth - from + 1 > said ? "… → " : "", manifest->tests[on].name);
	visible = text_visible_line(text_bytes(&circle), e);
	return visible ? json_fail(&depends, e, "makes a circle: %s", visible) : -1;
}

static int walk_from(const struct manifest *manifest, const struct json_at *list, struct walk *walk, size_t start,
	struct err *e)
{
	walk->way[walk->depth++] = (struct step){ .test = start };
	walk->colour[start] = ON_THE_WAY;
	while (walk->depth) {
		struct step *step = &walk->way[walk->depth - 1];
		const struct manifest_test *test = &manifest->tests[step->test];
		size_t on = 0;

		if (step->next == test->depends_count) {
			walk->colour[step->test] = DONE;
			walk->depth--;
			continue;
		}
		on = test->depends[step->next++];
		if (walk->colour[on] == ON_THE_WAY)
			return fail_cycle(manifest, list, walk, on, e);
		if (walk->colour[on] == WHITE) {
			walk->way[walk->depth++] = (struct step){ .test = on };
			walk->colour[on] = ON_THE_WAY;
		}
	}
	return 0;
}

static int check_cycles(const struct manifest *manifest, const struct json_at *list, struct err *e)
{
	AUTO(walk_done) struct walk walk = { 0 };

	walk.way = mem_new(manifest->test_count, sizeof(*walk.way), e);
	walk.colour = mem_new(manifest->test_count, 1, e);
	if (!walk.way || !walk.colour)
		return -1;
	for (size_t i = 0; i < manifest->test_count; i++)
		if (walk.colour[i] == WHITE && walk_from(manifest, list, &walk, i, e) < 0)
			return -1;
	return 0;
}

/* --- negative tests --------------------------------------------------------------------------------------------- */

static bool has_positive_companion(const struct manifest *manifest, const struct manifest_test *test)
{
	for (size_t i = 0; test->group && i < manifest->test_count; i++) {
		const struct manifest_test *other = &manifest->tests[i];

		if (!other->negative && other->group && strcmp(other->group, test->group) == 0)
			return true;
	}
	return false;
}

static int check_negative(const struct manifest *manifest, const struct json_at *list, struct err *e)
{
	for (size_t i = 0; i < manifest->test_count; i++) {
		const struct manifest_test *test = &manifest->tests[i];
		struct json_at at = json_element(list, i), negative = json_member(&at, "negative");

		if (test->negative && !test->depends_count && !has_positive_companion(manifest, test))
			return json_fail(&negative, e,
				"needs \"depends\", or a test in its group that isn't negative: a program that refuses "
				"everything would earn it");
	}
	return 0;
}

int manifest_order(struct manifest *manifest, const struct json_at *list, struct err *e)
{
	AUTO_FREE struct named *items = NULL;
	struct index names = { 0 };

	if (index_new(&names, manifest, e) < 0)
		return -1;
	items = names.item;
	if (check_names(&names, list, e) < 0)
		return -1;
	for (size_t i = 0; i < manifest->test_count; i++) {
		struct json_at at = json_element(list, i);

		if (resolve_depends(manifest, &names, i, &at, e) < 0)
			return -1;
	}
	if (check_cycles(manifest, list, e) < 0)
		return -1;
	return check_negative(manifest, list, e);
}
