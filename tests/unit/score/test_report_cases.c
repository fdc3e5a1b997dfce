// SPDX-License-Identifier: MIT
/*
 * Every directory below tests/cases/junit and tests/cases/tap is one claim: its input, as some test runner really
 * writes it, is read as expected.json says. A failing case prints what was read, in the form of that file.
 */
#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"
#include "score/reported.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

typedef int parse(struct reported *out, const char *bytes, size_t size, struct err *e);

static const struct {
	const char *dir, *input;
	parse *parse;
} topics[] = {
	{ "tests/cases/junit", "input.xml", parse_junit },
	{ "tests/cases/tap", "input.tap", parse_tap },
};

struct case_of_topic {
	char *dir;
	const char *input;
	parse *parse;
};

static struct json *string_or_null(const char *s)
{
	return json_clean(s, s ? strlen(s) : 0);
}

/* The form of expected.json: only what was said is written. */
static struct json *reported_json(const struct reported *reported)
{
	struct json *root = json_new_object(), *tests = json_new_array();

	for (size_t i = 0; i < reported->count; i++) {
		const struct reported_test *test = &reported->tests[i];
		struct json *object = json_new_object();

		json_put_take(&object, "name", json_new_string(test->name));
		json_put_take(&object, "outcome", json_new_string(outcome_name(test->outcome)));
		if (test->message)
			json_put_take(&object, "message", string_or_null(test->message));
		if (test->expected || test->actual) {
			json_put_take(&object, "expected", string_or_null(test->expected));
			json_put_take(&object, "actual", string_or_null(test->actual));
		}
		if (test->output)
			json_put_take(&object, "output", string_or_null(test->output));
		if (test->truncated)
			json_put_take(&object, "truncated", json_pack_new("b", true));
		if (test->duration_ms >= 0)
			json_put_take(&object, "duration_ms", json_pack_new("I", (long long)test->duration_ms));
		json_append_take(&tests, object);
	}
	json_put_take(&root, "tests", tests);
	json_put_take(&root, "incomplete", json_pack_new("b", reported->incomplete));
	json_put_take(&root, "anomalies", json_from_strings(&reported->anomalies));
	return root;
}

/* cmocka's own messages end after a thousand bytes. */
static void fail_with(const struct case_of_topic *one, const char *got)
{
	fprintf(stderr, "%s: what was read:\n%s", one->dir, got);
	fail();
}

static void a_case_is_read_as_expected(void **state)
{
	const struct case_of_topic *one = *state;
	AUTO_FREE char *path = mem_format(NULL, "%s/%s", one->dir, one->input);
	AUTO_FREE char *expected_path = mem_format(NULL, "%s/expected.json", one->dir);
	AUTO_FREE char *bytes = NULL, *got = NULL, *wanted = NULL;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_JSON struct json *said = NULL, *told = NULL;
	struct reported reported = { 0 };
	struct err e = { 0 };
	struct json_at root;
	size_t size = 0;

	assert_return_code(fs_read(&bytes, &size, AT_FDCWD, path, 32 << 20, &e), 0);
	assert_return_code(one->parse(&reported, bytes, size, &e), 0);
	said = reported_json(&reported);
	reported_done(&reported);
	assert_return_code(json_render(said, JSON_STYLE_PRETTY, &got, &e), 0);
	if (json_doc_load(&doc, AT_FDCWD, expected_path, expected_path, &e) < 0)
		fail_with(one, got);
	root = json_root(doc);
	told = json_copy_value(&root);
	assert_return_code(json_render(told, JSON_STYLE_PRETTY, &wanted, &e), 0);
	if (strcmp(got, wanted) != 0)
		fail_with(one, got);
}

/* The claims of one topic, behind those that are there already. */
static void add_topic(size_t topic, struct CMUnitTest **tests, size_t *count)
{
	AUTO_STRINGS struct strings names = { 0 };
	struct err e = { 0 };

	if (fs_list(&names, AT_FDCWD, topics[topic].dir, 1000, &e) < 0 || names.count == 0) {
		print_error("%s: %s\n", topics[topic].dir, names.count ? e.text : "no cases");
		exit(1);
	}
	for (size_t i = 0; i < names.count; i++) {
		struct case_of_topic *one = mem_new(1, sizeof(*one), NULL);
		struct CMUnitTest *test = mem_push(tests, *count, sizeof(*test), NULL);

		one->dir = mem_format(NULL, "%s/%s", topics[topic].dir, names.item[i]);
		one->input = topics[topic].input;
		one->parse = topics[topic].parse;
		*test = (struct CMUnitTest){ .name = one->dir, .test_func = a_case_is_read_as_expected,
			.initial_state = one };
		++*count;
	}
}

int main(void)
{
	struct CMUnitTest *tests = NULL;
	size_t count = 0;
	int failed;

	for (size_t i = 0; i < sizeof(topics) / sizeof(*topics); i++)
		add_topic(i, &tests, &count);
	failed = _cmocka_run_group_tests("score/report_cases", tests, count, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		struct case_of_topic *one = tests[i].initial_state;

		free(one->dir);
		free(one);
	}
	free(tests);
	return failed;
}
