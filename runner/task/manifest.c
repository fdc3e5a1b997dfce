// SPDX-License-Identifier: MIT
/*
 * A manifest is parsed in three passes: the tests themselves; then, over an index sorted by name, what they depend
 * on; then cycles. So five thousand tests cost no more than reading them, whatever a stranger wrote.
 */
#include "task/manifest.h"

#include "base/digest.h"
#include "task/keys.h"
#include "task/manifest_order.h"

#include <string.h>

static const char *const visibility_words[] = { "visible", "after", "hidden", NULL };
static const char *const rule_words[] = { "sum", "min", "all", NULL };

const char *visibility_name(enum visibility visibility)
{
	return visibility_words[visibility];
}

int keys_visibility(const struct json_at *at, const char *key, enum visibility *out, struct err *e)
{
	int word;

	if (keys_word(at, key, visibility_words, &word, e) < 0)
		return -1;
	*out = (enum visibility)word;
	return 0;
}

/* --- parsing ---------------------------------------------------------------------------------------------------- */

static const struct json_key manifest_keys[] = {
	KEY_FORMAT,
	{ .name = "tests", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = MANIFEST_MAX_TESTS },
	{ .name = "groups", .kind = JSON_ARRAY_KIND, .max = 1000 },
};

static const struct json_key test_keys[] = {
	{ .name = "name", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 1000 },
	{ .name = "suite", .kind = JSON_ID_KIND, .required = true },
	{ .name = "group", .kind = JSON_ID_KIND },
	{ .name = "points", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = 1000 },
	{ .name = "visibility", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "negative", .kind = JSON_BOOL_KIND },
	{ .name = "depends", .kind = JSON_ARRAY_KIND, .max = 100 },
	{ .name = "test_ms", .kind = JSON_INTEGER_KIND, .min = 10, .max = 600000 },
	{ .name = "says", .kind = JSON_LOCALISED_KIND },
};

static const struct json_key group_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "rule", .kind = JSON_STRING_KIND, .required = true },
};

static int parse_test(struct manifest_test *test, const struct json_at *at, struct err *e)
{
	if (keys_check(at, test_keys, e) < 0 || keys_visibility(at, "visibility", &test->visibility, e) < 0)
		return -1;
	test->points = (int)json_get_integer(at, "points", 0);
	test->negative = json_get_bool(at, "negative", false);
	test->test_ms = json_get_integer(at, "test_ms", 0);
	if (json_copy_string(at, "name", &test->name, e) < 0 || json_copy_string(at, "suite", &test->suite, e) < 0 ||
		keys_optional(at, "group", &test->group, e) < 0)
		return -1;
	return json_copy_localised(at, "says", &test->says, e);
}

static int parse_tests(struct manifest *manifest, const struct json_at *list, struct err *e)
{
	size_t count = json_count(list);

	manifest->tests = mem_new(count, sizeof(*manifest->tests), e);
	if (!manifest->tests)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at at = json_element(list, i);

		manifest->test_count++;
		if (parse_test(&manifest->tests[i], &at, e) < 0)
			return -1;
	}
	return 0;
}

static bool has_group(const struct manifest *manifest, const char *group)
{
	for (size_t i = 0; i < manifest->test_count; i++)
		if (manifest->tests[i].group && strcmp(manifest->tests[i].group, group) == 0)
			return true;
	return false;
}

static int parse_groups(struct manifest *manifest, const struct json_at *list, struct err *e)
{
	size_t count = json_count(list);

	manifest->groups = mem_new(count, sizeof(*manifest->groups), e);
	if (!manifest->groups)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at at = json_element(list, i), id = json_member(&at, "id");
		struct group *group = &manifest->groups[i];
		int rule;

		manifest->group_count++;
		if (keys_check(&at, group_keys, e) < 0 || keys_unique(list, i, "id", e) < 0 ||
			keys_word(&at, "rule", rule_words, &rule, e) < 0 || json_copy_string(&at, "id", &group->id, e) < 0)
			return -1;
		group->rule = (enum group_rule)rule;
		if (!has_group(manifest, group->id))
			return json_fail(&id, e, "is the group of no test");
	}
	return 0;
}

static int parse(struct manifest *manifest, const struct json_doc *doc, struct err *e)
{
	struct json_at root = json_root(doc), tests = json_member(&root, "tests"), groups = json_member(&root, "groups");
	const char *bytes;
	size_t size;

	if (keys_check(&root, manifest_keys, e) < 0 || parse_tests(manifest, &tests, e) < 0 ||
		parse_groups(manifest, &groups, e) < 0 || manifest_order(manifest, &tests, e) < 0 ||
		keys_optional(&root, "$schema", &manifest->schema, e) < 0)
		return -1;
	bytes = json_doc_bytes(doc, &size);
	digest_of(bytes, size, manifest->digest);
	return 0;
}

int manifest_parse(struct manifest *out, const struct json_doc *doc, struct err *e)
{
	struct manifest manifest = { 0 };

	if (parse(&manifest, doc, e) < 0) {
		manifest_done(&manifest);
		return -1;
	}
	*out = manifest;
	return 0;
}

void manifest_done(struct manifest *manifest)
{
	if (!manifest)
		return;
	for (size_t i = 0; i < manifest->test_count; i++) {
		struct manifest_test *test = &manifest->tests[i];

		free(test->name);
		free(test->suite);
		free(test->group);
		free(test->depends);
		localised_done(&test->says);
	}
	for (size_t i = 0; i < manifest->group_count; i++)
		free(manifest->groups[i].id);
	free(manifest->tests);
	free(manifest->groups);
	free(manifest->schema);
	*manifest = (struct manifest){ 0 };
}

/* --- rendering -------------------------------------------------------------------------------------------------- */

/* How a test says which one it depends on: by the name alone where that leads back to it. */
static struct json *depends_name(const struct manifest *manifest, const char *suite, const struct manifest_test *on)
{
	size_t called_so = 0;
	AUTO_FREE char *full = NULL;

	for (size_t i = 0; i < manifest->test_count; i++)
		called_so += strcmp(manifest->tests[i].name, on->name) == 0;
	if (strcmp(suite, on->suite) == 0 || called_so == 1)
		return json_new_string(on->name);
	full = mem_format(NULL, "%s/%s", on->suite, on->name);
	return full ? json_new_string(full) : NULL;
}

static struct json *test_json(const struct manifest *manifest, const struct manifest_test *test)
{
	struct json *object = json_pack_new("{s:s, s:s}", "name", test->name, "suite", test->suite);
	struct json *depends;

	if (test->group)
		json_put_take(&object, "group", json_new_string(test->group));
	json_put_take(&object, "points", json_pack_new("i", test->points));
	json_put_take(&object, "visibility", json_new_string(visibility_name(test->visibility)));
	if (test->negative)
		json_put_take(&object, "negative", json_pack_new("b", 1));
	if (test->depends_count) {
		depends = json_new_array();
		for (size_t i = 0; i < test->depends_count; i++)
			json_append_take(&depends,
				depends_name(manifest, test->suite, &manifest->tests[test->depends[i]]));
		json_put_take(&object, "depends", depends);
	}
	if (test->test_ms)
		json_put_take(&object, "test_ms", json_pack_new("I", (long long)test->test_ms));
	if (localised_text(&test->says, LANGUAGE_EN)[0])
		json_put_take(&object, "says", json_from_localised(&test->says));
	return object;
}

int manifest_render(const struct manifest *manifest, char **out, struct err *e)
{
	AUTO_JSON struct json *root = json_new_object();
	struct json *tests = json_new_array(), *groups = json_new_array();

	for (size_t i = 0; i < manifest->test_count; i++)
		json_append_take(&tests, test_json(manifest, &manifest->tests[i]));
	for (size_t i = 0; i < manifest->group_count; i++)
		json_append_take(&groups, json_pack_new("{s:s, s:s}", "id", manifest->groups[i].id, "rule",
			rule_words[manifest->groups[i].rule]));
	if (manifest->schema)
		json_put_take(&root, "$schema", json_new_string(manifest->schema));
	json_put_take(&root, "format", json_pack_new("i", 1));
	json_put_take(&root, "tests", tests);
	if (manifest->group_count || !groups)
		json_put_take(&root, "groups", groups);
	else
		json_free(groups);
	return json_render(root, JSON_STYLE_PRETTY, out, e);
}

/* --- questions -------------------------------------------------------------------------------------------------- */

long manifest_find(const struct manifest *manifest, const char *suite, const char *name)
{
	for (size_t i = 0; i < manifest->test_count; i++)
		if (strcmp(manifest->tests[i].name, name) == 0 && strcmp(manifest->tests[i].suite, suite) == 0)
			return (long)i;
	return -1;
}

int manifest_points(const struct manifest *manifest, const char *suite)
{
	int points = 0;

	for (size_t i = 0; i < manifest->test_count; i++)
		if (!suite || strcmp(manifest->tests[i].suite, suite) == 0)
			points += manifest->tests[i].points;
	return points;
}
