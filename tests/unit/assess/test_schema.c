// SPDX-License-Identifier: MIT
// link: -Wl,--wrap=json_check -Wl,--wrap=json_check_value -Wl,--wrap=json_word -Wl,--wrap=json_doc_load -Wl,--wrap=json_doc_parse
/*
 * The JSON Schemas say what the loaders say, both ways. Nothing is listed a second time here: documents in which every
 * key stands once are loaded, and what the loaders ask of each place on the way (the tables that they hand to
 * json_check, the words of json_word) is compared with the schema. Then the schema is walked: what no loader asked
 * for must not stand in it.
 */
#include "schema_asked.h"

/* --- the way through a schema ----------------------------------------------------------------------------------- */

/* One schema under test; nodes are values of it. */
struct schema {
	enum format format;
	const struct json *root;
};

static struct json_at member(const struct json *node, const char *key)
{
	struct json_at at = json_value_root(node);

	at = json_member(&at, key);
	return json_value_root(at.value);
}

static const struct json *value_of(const struct json *node, const char *key)
{
	return member(node, key).value;
}

/* What "$ref" leads to, or the node itself. */
static const struct json *resolve(const struct schema *schema, const struct json *node)
{
	struct json_at ref = member(node, "$ref");
	const char *name = json_as_string(&ref);

	if (!ref.value)
		return node;
	assert_true(text_starts_with(name, "#/$defs/"));
	node = value_of(value_of(schema->root, "$defs"), name + strlen("#/$defs/"));
	assert_non_null(node);
	return node;
}

/* One step down: a key, or "*" for an element; NULL when the schema knows no such place. */
static const struct json *step(const struct schema *schema, const struct json *node, const char *part)
{
	struct json_at branches;
	const struct json *found;

	node = resolve(schema, node);
	found = strcmp(part, "*") == 0 ? value_of(node, "items") : value_of(value_of(node, "properties"), part);
	if (!found) {
		struct json_at any = member(node, "additionalProperties");

		found = json_is(&any, JSON_OBJECT_KIND) ? any.value : NULL;
	}
	branches = member(node, "anyOf");
	for (size_t i = 0; !found && i < json_count(&branches); i++)
		found = step(schema, json_element(&branches, i).value, part);
	return found;
}

static const struct json *node_at(const struct schema *schema, const char *path)
{
	AUTO_FREE char *copy = mem_copy(path, NULL);
	const struct json *node = schema->root;
	char *rest = copy;

	for (char *part; node && (part = strtok_r(rest, "/", &rest));)
		node = step(schema, node, part);
	return node;
}

/* The node itself or that of its branches which has the type. */
static const struct json *of_type(const struct schema *schema, const struct json *node, const char *type)
{
	struct json_at types, branches;
	const struct json *found = NULL;

	node = resolve(schema, node);
	types = member(node, "type");
	if (json_is(&types, JSON_STRING_KIND) && strcmp(json_as_string(&types), type) == 0)
		return node;
	for (size_t i = 0; json_is(&types, JSON_ARRAY_KIND) && i < json_count(&types); i++) {
		struct json_at one = json_element(&types, i);

		if (strcmp(json_as_string(&one), type) == 0)
			return node;
	}
	branches = member(node, "anyOf");
	for (size_t i = 0; !found && i < json_count(&branches); i++)
		found = of_type(schema, json_element(&branches, i).value, type);
	return found;
}

/* --- the loaders' tables against the schema --------------------------------------------------------------------- */

static const char *const type_names[] = {
	[JSON_OBJECT_KIND] = "object", [JSON_ARRAY_KIND] = "array", [JSON_STRING_KIND] = "string",
	[JSON_INTEGER_KIND] = "integer", [JSON_NUMBER_KIND] = "number", [JSON_BOOL_KIND] = "boolean",
	[JSON_ID_KIND] = "string", [JSON_LOCALISED_KIND] = "object",
};

static void check_bound(const struct row *row, const struct json *node, const char *keyword, bool is_given,
	long long bound)
{
	struct json_at at = member(node, keyword);

	if (!is_given && at.value)
		fail_msg("%s: %s: the schema has \"%s\", the loader has no such bound", formats[row->at.format].schema,
			row->at.path, keyword);
	if (is_given && json_as_integer(&at) != bound)
		fail_msg("%s: %s: \"%s\" must be %lld, as the loader has it", formats[row->at.format].schema,
			row->at.path, keyword, bound);
}

static void check_bounds(const struct row *row, const struct json *node)
{
	const struct json_key *key = &row->key;
	bool is_any = !key->min && !key->max;

	if (key->kind == JSON_INTEGER_KIND || key->kind == JSON_NUMBER_KIND) {
		check_bound(row, node, "minimum", !is_any, key->min);
		check_bound(row, node, "maximum", !is_any, key->max);
	} else if (key->kind == JSON_STRING_KIND) {
		check_bound(row, node, "minLength", key->min != 0, key->min);
		check_bound(row, node, "maxLength", key->max != 0, key->max);
	} else if (key->kind == JSON_ARRAY_KIND) {
		check_bound(row, node, "minItems", key->min != 0, key->min);
		check_bound(row, node, "maxItems", key->max != 0, key->max);
	}
}

static void check_row(const struct schema *schema, const struct row *row)
{
	const struct json_key *key = &row->key;
	const struct json *node = node_at(schema, row->at.path), *typed;
	const char *file = formats[row->at.format].schema;

	if (!node)
		fail_msg("%s lacks %s, which the loader reads", file, row->at.path);
	if (key->kind == JSON_ANY_KIND)
		return;
	typed = of_type(schema, node, type_names[key->kind]);
	if (!typed)
		fail_msg("%s: %s must be of the type %s", file, row->at.path, type_names[key->kind]);
	if (row->says_of_null && key->nullable != (of_type(schema, node, "null") != NULL))
		fail_msg("%s: %s: null is taken by one of schema and loader only", file, row->at.path);
	if (key->kind == JSON_ID_KIND && typed != value_of(value_of(schema->root, "$defs"), "id"))
		fail_msg("%s: %s must be an id", file, row->at.path);
	if (key->kind == JSON_LOCALISED_KIND && typed != value_of(value_of(schema->root, "$defs"), "localised"))
		fail_msg("%s: %s must be localised", file, row->at.path);
	/* How many points there are is the task's affair. */
	if (row->at.format == EXPECT && text_starts_with(row->at.path, "/points"))
		return;
	check_bounds(row, typed);
}

static bool lists(const struct json_at *list, const char *word)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);

		if (json_is(&at, JSON_STRING_KIND) && strcmp(json_as_string(&at), word) == 0)
			return true;
	}
	return false;
}

static void check_table(const struct schema *schema, const struct table *table)
{
	const struct json *node = of_type(schema, node_at(schema, table->at.path), "object");
	const char *file = formats[table->at.format].schema;
	struct json_at required = member(node, "required"), properties = member(node, "properties");
	struct json_at more = member(node, "additionalProperties");
	size_t needed = 0, named = table->count + (!*table->at.path && schema->format != BOX_REPORT);

	for (size_t i = 0; i < table->count; i++) {
		if (table->keys[i].required != lists(&required, table->keys[i].name))
			fail_msg("%s: %s/%s is required by one of schema and loader only", file, table->at.path,
				table->keys[i].name);
		needed += table->keys[i].required;
	}
	if (!json_is(&more, JSON_BOOL_KIND) || json_as_bool(&more))
		fail_msg("%s: %s must refuse unknown keys", file, table->at.path);
	if (json_count(&required) != needed || json_count(&properties) != named)
		fail_msg("%s: %s has keys that the loader doesn't know", file, table->at.path);
}

static void check_words(const struct schema *schema, const struct word_list *list)
{
	const struct json *node = of_type(schema, node_at(schema, list->at.path), "string");
	struct json_at words_at = member(node, "enum");
	size_t count = 0;

	for (size_t i = 0; i < json_count(&words_at); i++) {
		struct json_at at = json_element(&words_at, i);

		count += json_is(&at, JSON_STRING_KIND);
	}
	for (size_t i = 0; i < list->count; i++)
		if (!lists(&words_at, list->words[i]))
			fail_msg("%s: %s lacks the word \"%s\"", formats[schema->format].schema, list->at.path,
				list->words[i]);
	if (count != list->count)
		fail_msg("%s: %s has words that the loader doesn't know", formats[schema->format].schema, list->at.path);
}

/* --- the schema against the loaders' tables --------------------------------------------------------------------- */

static bool was_table_asked(const struct asked *at)
{
	for (size_t i = 0; i < table_count; i++)
		if (is_same(&tables[i].at, at))
			return true;
	return false;
}

static bool were_words_asked(const struct asked *at)
{
	for (size_t i = 0; i < word_count; i++)
		if (is_same(&words[i].at, at))
			return true;
	return at->format == BOX_REPORT && strcmp(at->path, "/verdict") == 0; /* a claim of its own, below */
}

static void walk(const struct schema *schema, const struct json *node, const char *path)
{
	struct json_at properties = member(node, "properties"), branches = member(node, "anyOf");
	struct json_at choice = member(node, "enum"), first = json_element(&choice, 0);
	struct asked here = { .format = schema->format };

	snprintf(here.path, sizeof(here.path), "%s", path);
	if (member(node, "$ref").value)
		return;
	if (properties.value && !was_table_asked(&here))
		fail_msg("%s: no loader reads the object %s", formats[schema->format].schema, path);
	if (json_is(&first, JSON_STRING_KIND) && !were_words_asked(&here))
		fail_msg("%s: no loader asks for the words of %s", formats[schema->format].schema, path);
	for (size_t i = 0; i < json_count(&properties); i++) {
		struct json_at at = json_member_at(&properties, i);
		AUTO_FREE char *below = mem_format(NULL, "%s/%s", path, at.key);

		walk(schema, at.value, below);
	}
	if (value_of(node, "items")) {
		AUTO_FREE char *below = mem_format(NULL, "%s/*", path);

		walk(schema, value_of(node, "items"), below);
	}
	for (size_t i = 0; i < json_count(&branches); i++)
		walk(schema, json_element(&branches, i).value, path);
}

/* --- the claims ------------------------------------------------------------------------------------------------- */

static void with_schema_file(const char *path, enum format format, void (*check)(const struct schema *schema))
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct schema schema = { .format = format };
	struct err e = { 0 };

	if (json_doc_load(&doc, AT_FDCWD, path, "schema", &e) < 0)
		fail_msg("%s", e.text);
	schema.root = json_root(doc).value;
	check(&schema);
}

static void with_schema(enum format format, void (*check)(const struct schema *schema))
{
	with_schema_file(formats[format].schema, format, check);
}

static void compare_rows(const struct schema *schema)
{
	for (size_t i = 0; i < row_count; i++)
		if (rows[i].at.format == schema->format)
			check_row(schema, &rows[i]);
}

static void every_key_of_a_loader_is_in_its_schema_with_type_and_bounds(void **state)
{
	(void)state;
	for (int i = 0; i < FORMATS; i++)
		with_schema((enum format)i, compare_rows);
}

static void compare_tables(const struct schema *schema)
{
	for (size_t i = 0; i < table_count; i++)
		if (tables[i].at.format == schema->format)
			check_table(schema, &tables[i]);
}

static void both_have_the_same_keys_and_require_the_same(void **state)
{
	(void)state;
	for (int i = 0; i < FORMATS; i++)
		with_schema((enum format)i, compare_tables);
}

static void compare_words(const struct schema *schema)
{
	for (size_t i = 0; i < word_count; i++)
		if (words[i].at.format == schema->format)
			check_words(schema, &words[i]);
}

static void both_have_the_same_words(void **state)
{
	(void)state;
	for (int i = 0; i < FORMATS; i++)
		with_schema((enum format)i, compare_words);
}

static void walk_all(const struct schema *schema)
{
	walk(schema, schema->root, "");
}

static void nothing_stands_in_a_schema_that_no_loader_reads(void **state)
{
	(void)state;
	for (int i = 0; i < FORMATS; i++)
		with_schema((enum format)i, walk_all);
}

static void compare_verdicts(const struct schema *schema)
{
	struct json_at verdicts = member(node_at(schema, "/verdict"), "enum");

	assert_int_equal(json_count(&verdicts), VERDICTS);
	for (int i = 0; i < VERDICTS; i++)
		assert_true(lists(&verdicts, verdict_name((enum verdict)i)));
}

static void the_boxs_verdicts_are_all_in_the_schema(void **state)
{
	(void)state;
	with_schema(BOX_REPORT, compare_verdicts);
}

static void compare_classes(const struct schema *schema)
{
	struct json_at classes = member(node_at(schema, "/tried/*/class"), "enum");

	assert_int_equal(json_count(&classes), SOLUTION_CLASSES + 1);
	assert_true(lists(&classes, "review"));
	for (int i = 0; i < SOLUTION_CLASSES; i++)
		assert_true(lists(&classes, solution_class_name((enum solution_class)i)));
}

/* What only assay writes, no loader reads; that it is as its schema says, schema.test.sh shows. */
static void the_classes_of_solutions_are_all_in_the_schema(void **state)
{
	(void)state;
	with_schema_file("tasks/schema/verification.schema.json", FORMATS, compare_classes);
}

static void compare_rounds(const struct schema *schema)
{
	struct json_at most = member(node_at(schema, "/tried/*/rounds"), "maximum");

	assert_int_equal(json_as_integer(&most), VERIFY_MOST_ROUNDS);
}

static void the_schema_has_as_many_rounds_as_can_be_asked_for(void **state)
{
	(void)state;
	with_schema_file("tasks/schema/verification.schema.json", FORMATS, compare_rounds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_of_a_loader_is_in_its_schema_with_type_and_bounds),
		cmocka_unit_test(both_have_the_same_keys_and_require_the_same),
		cmocka_unit_test(both_have_the_same_words),
		cmocka_unit_test(nothing_stands_in_a_schema_that_no_loader_reads),
		cmocka_unit_test(the_boxs_verdicts_are_all_in_the_schema),
		cmocka_unit_test(the_classes_of_solutions_are_all_in_the_schema),
		cmocka_unit_test(the_schema_has_as_many_rounds_as_can_be_asked_for),
	};

	return cmocka_run_group_tests(tests, load_everything, NULL);
}
