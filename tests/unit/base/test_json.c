// SPDX-License-Identifier: MIT
#include "base/json.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const struct json_key limits_keys[] = {
	{ .name = "wall_ms", .kind = JSON_INTEGER_KIND, .required = true, .min = 100, .max = 600000 },
};

static struct json_doc *parse(const char *text, struct err *e)
{
	struct json_doc *doc = NULL;

	json_doc_parse(&doc, "task.json", text, strlen(text), e);
	return doc;
}

static void a_number_out_of_range_is_named_with_its_line_and_pointer(void **state)
{
	struct err e = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = parse("{\n \"limits\": {\n  \"wall_ms\": 7\n }\n}", &e);
	struct json_at root = json_root(doc), limits = json_member(&root, "limits");
	(void)state;

	assert_int_equal(json_check(&limits, limits_keys, 1, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_string_equal(e.text, "task.json:3: /limits/wall_ms must be a whole number from 100 to 600000");
}

static void an_unknown_key_is_named_with_its_line(void **state)
{
	struct err e = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = parse("{\"limits\": {\"wall_ms\": 500,\n\"wal\": [1, \"}\"]}}", &e);
	struct json_at root = json_root(doc), limits = json_member(&root, "limits");
	(void)state;

	assert_int_equal(json_check(&limits, limits_keys, 1, &e), -1);

	assert_string_equal(e.text, "task.json:2: /limits/wal is no key that is known here");
}

static void a_nul_is_refused_in_our_words_not_in_the_librarys(void **state)
{
	struct err e = { 0 };
	(void)state;

	assert_null(parse("{\"id\":\n\"a\\u0000b\"}", &e));
	assert_string_equal(e.text, "task.json:2: \\u0000 can't stand in a text");

	assert_null(parse("{\"a\\u0000b\": 1}", &e));
	assert_string_equal(e.text, "task.json:1: \\u0000 can't stand in a text");
}

static void a_document_may_name_its_schema(void **state)
{
	struct err e = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = parse("{\"$schema\": \"task.schema.json\", \"wall_ms\": 100}", &e);
	struct json_at root = json_root(doc);
	(void)state;

	assert_int_equal(json_check(&root, limits_keys, 1, &e), 0);
}

static void a_schema_is_named_by_a_string_at_the_root(void **state)
{
	struct err e = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = parse("{\"$schema\": 1, \"limits\": {\"$schema\": \"x\", \"wall_ms\": 100}}", &e);
	struct json_at root = json_root(doc), limits = json_member(&root, "limits");
	(void)state;

	assert_int_equal(json_check(&root, limits_keys, 1, &e), -1);
	assert_string_equal(e.text, "task.json:1: /$schema is no key that is known here");
	assert_int_equal(json_check(&limits, limits_keys, 1, &e), -1);
	assert_string_equal(e.text, "task.json:1: /limits/$schema is no key that is known here");
}

static void a_missing_key_is_named_at_its_object(void **state)
{
	struct err e = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = parse("{\n\n\"limits\": {}}", &e);
	struct json_at root = json_root(doc), limits = json_member(&root, "limits");
	(void)state;

	assert_int_equal(json_check(&limits, limits_keys, 1, &e), -1);

	assert_string_equal(e.text, "task.json:3: /limits lacks \"wall_ms\"");
}

static void a_double_key_is_refused(void **state)
{
	struct err e = { 0 };
	(void)state;

	assert_null(parse("{\"id\": 1,\n\"id\": 2}", &e));

	assert_int_equal(e.kind, ERR_INVALID);
	assert_string_equal(e.text, "task.json:2: duplicate object key near '\"id\"'");
}

static void deep_nesting_is_refused_by_its_limit(void **state)
{
	struct err e = { 0 };
	char deep[200];
	(void)state;
	memset(deep, '[', sizeof(deep));
	deep[199] = '\0';

	assert_null(parse(deep, &e));

	assert_int_equal(e.kind, ERR_LIMIT);
	assert_string_equal(e.text, "task.json is nested deeper than 64 levels");
}

static void a_byte_order_mark_is_no_mistake(void **state)
{
	struct err e = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = parse("\xEF\xBB\xBF{}", &e);
	(void)state;

	assert_non_null(doc);
}

static void a_place_survives_brackets_and_escapes_in_strings(void **state)
{
	struct err e = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = parse("{\"a\": [\"]\\\"\", {\"x\": \"{\"}],\n\"b\":\n7}", &e);
	struct json_at root = json_root(doc), b = json_member(&root, "b");
	(void)state;

	assert_int_equal(json_line(&b), 2);
}

static void a_child_that_could_not_be_made_makes_its_parent_null(void **state)
{
	struct json *array = json_new_array();
	(void)state;

	json_append_take(&array, json_new_string("kept"));
	json_append_take(&array, NULL);
	json_append_take(&array, json_new_string("freed"));

	assert_null(array);
}

static void foreign_bytes_become_valid_text(void **state)
{
	AUTO_JSON struct json *value = json_clean("a\xff\0z", 4);
	AUTO_FREE char *bytes = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(json_render(value, JSON_STYLE_COMPACT, &bytes, &e), 0);

	assert_string_equal(bytes, "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\"");
}

/* DEL, C1, an override of the direction and a tag; in a key, too. */
static const char unseen[] = "{\"k\xE2\x80\xAE\":\"\x7f\xC2\x9B" "31m \xE2\x80\xAE \xF3\xA0\x81\x81 \xC3\xA4\"}";

static void what_is_shown_commands_no_terminal(void **state)
{
	AUTO_JSON struct json *value = json_parse_value(unseen, strlen(unseen));
	AUTO_FREE char *bytes = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(json_render(value, JSON_STYLE_SHOWN_LINE, &bytes, &e), 0);

	assert_string_equal(bytes, "{\"k\\u202e\":\"\\u007f\\u009b31m \\u202e \\udb40\\udc41 \xC3\xA4\"}");
}

static void what_is_shown_means_what_it_meant(void **state)
{
	AUTO_JSON struct json *value = json_parse_value(unseen, strlen(unseen));
	AUTO_JSON struct json *again = NULL;
	AUTO_FREE char *shown = NULL;
	AUTO_FREE char *bytes = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(json_render(value, JSON_STYLE_SHOWN, &shown, &e), 0);
	again = json_parse_value(shown, strlen(shown));
	assert_int_equal(json_render(again, JSON_STYLE_COMPACT, &bytes, &e), 0);

	assert_string_equal(bytes, unseen);
}

static void what_is_kept_has_the_bytes_it_had(void **state)
{
	AUTO_JSON struct json *value = json_parse_value(unseen, strlen(unseen));
	AUTO_FREE char *bytes = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(json_render(value, JSON_STYLE_SORTED, &bytes, &e), 0);

	assert_string_equal(bytes, unseen);
}

static void a_long_key_is_cut_between_characters(void **state)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_TEXT struct text t = { 0 };
	struct json_at root, long_one;
	struct err e = { 0 };
	(void)state;
	text_add(&t, "{\"");
	text_add_times(&t, "ä", 400);
	text_add(&t, "\": 1}");
	assert_int_equal(json_doc_parse(&doc, "x.json", t.bytes, t.length, &e), 0);
	root = json_root(doc);
	long_one = json_member_at(&root, 0);

	assert_int_equal(json_fail(&long_one, &e, "is no key"), -1);

	assert_true(text_is_utf8(e.text, strlen(e.text)));
	assert_non_null(strstr(e.text, "ä? is no key"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_out_of_range_is_named_with_its_line_and_pointer),
		cmocka_unit_test(an_unknown_key_is_named_with_its_line),
		cmocka_unit_test(a_nul_is_refused_in_our_words_not_in_the_librarys),
		cmocka_unit_test(a_document_may_name_its_schema),
		cmocka_unit_test(a_schema_is_named_by_a_string_at_the_root),
		cmocka_unit_test(a_missing_key_is_named_at_its_object),
		cmocka_unit_test(a_double_key_is_refused),
		cmocka_unit_test(deep_nesting_is_refused_by_its_limit),
		cmocka_unit_test(a_byte_order_mark_is_no_mistake),
		cmocka_unit_test(a_place_survives_brackets_and_escapes_in_strings),
		cmocka_unit_test(a_child_that_could_not_be_made_makes_its_parent_null),
		cmocka_unit_test(foreign_bytes_become_valid_text),
		cmocka_unit_test(what_is_shown_commands_no_terminal),
		cmocka_unit_test(what_is_shown_means_what_it_meant),
		cmocka_unit_test(what_is_kept_has_the_bytes_it_had),
		cmocka_unit_test(a_long_key_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
