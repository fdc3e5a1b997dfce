// SPDX-License-Identifier: MIT
#include "task/manifest.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static int parse(struct manifest *manifest, const char *text, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (json_doc_parse(&doc, "manifest.json", text, strlen(text), e) < 0)
		return -1;
	return manifest_parse(manifest, doc, e);
}

static const char *const two_suites =
	"{\"format\": 1, \"tests\": ["
	"{\"name\": \"a\", \"suite\": \"one\", \"points\": 2, \"visibility\": \"visible\"},"
	"{\"name\": \"a\", \"suite\": \"two\", \"points\": 3, \"visibility\": \"hidden\", \"group\": \"g\","
	" \"says\": {\"de\": \"nur deutsch\"}},"
	"{\"name\": \"b/c\", \"suite\": \"two\", \"points\": 5, \"visibility\": \"hidden\", \"negative\": true,"
	" \"depends\": [\"a\", \"one/a\"], \"test_ms\": 100}],"
	" \"groups\": [{\"id\": \"g\", \"rule\": \"min\"}]}";

static void a_name_means_the_test_of_the_same_suite_first(void **state)
{
	struct manifest manifest = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&manifest, two_suites, &e), 0);

	assert_int_equal(manifest.tests[2].depends_count, 2);
	assert_int_equal(manifest.tests[2].depends[0], 1);
	assert_int_equal(manifest.tests[2].depends[1], 0);
	manifest_done(&manifest);
}

static void points_are_those_of_one_suite_or_of_all(void **state)
{
	struct manifest manifest = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&manifest, two_suites, &e), 0);

	assert_int_equal(manifest_points(&manifest, "two"), 8);
	assert_int_equal(manifest_points(&manifest, NULL), 10);
	assert_int_equal(manifest_find(&manifest, "two", "a"), 1);
	assert_int_equal(manifest_find(&manifest, "one", "b/c"), -1);
	manifest_done(&manifest);
}

static void what_is_rendered_is_read_back_as_it_was(void **state)
{
	struct manifest first = { 0 }, second = { 0 };
	AUTO_FREE char *once = NULL;
	AUTO_FREE char *again = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&first, two_suites, &e), 0);
	assert_int_equal(manifest_render(&first, &once, &e), 0);
	assert_int_equal(parse(&second, once, &e), 0);
	assert_int_equal(manifest_render(&second, &again, &e), 0);

	assert_string_equal(once, again);
	assert_int_equal(second.tests[2].depends[1], 0);
	assert_int_equal(second.groups[0].rule, GROUP_MIN);
	assert_string_equal(second.tests[1].says.text[LANGUAGE_DE], "nur deutsch");
	manifest_done(&first);
	manifest_done(&second);
}

static void the_digest_is_that_of_the_bytes(void **state)
{
	struct manifest manifest = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&manifest, "{\"format\": 1, \"tests\": [{\"name\": \"a\", \"suite\": \"one\", \"points\": 2, "
		"\"visibility\": \"visible\"}]}", &e), 0);

	/* printf '%s' '…' | sha256sum */
	assert_string_equal(manifest.digest, "ddc31abe6d79525916c68ac6753352420fd92332af0c2fcdf7049321e053353f");
	manifest_done(&manifest);
}

static void a_failure_leaves_the_output_untouched(void **state)
{
	struct manifest manifest = { .test_count = 77 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&manifest, "{\"format\": 1, \"tests\": [{\"name\": \"a\"}]}", &e), -1);

	assert_int_equal(manifest.test_count, 77);
	assert_null(manifest.tests);
}

/* Five thousand tests, each of which depends on the next; the last one on `last`. */
static char *chain(size_t count, const char *last)
{
	AUTO_TEXT struct text t = { 0 };
	struct err e = { 0 };
	char *text = NULL;

	text_add(&t, "{\"format\": 1, \"tests\": [");
	for (size_t i = 0; i < count; i++) {
		text_addf(&t, "%s\n{\"name\": \"t%zu\", \"suite\": \"s\", \"points\": 1, \"visibility\": \"hidden\", \"depends\": [",
			i ? "," : "", i);
		if (i + 1 < count)
			text_addf(&t, "\"t%zu\"]}", i + 1);
		else
			text_addf(&t, "%s]}", last);
	}
	text_add(&t, "]}");
	assert_int_equal(text_take(&t, &text, &e), 0);
	return text;
}

static void a_chain_of_five_thousand_tests_is_read(void **state)
{
	AUTO_FREE char *text = chain(5000, "");
	struct manifest manifest = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&manifest, text, &e), 0);

	assert_int_equal(manifest_points(&manifest, NULL), 5000);
	manifest_done(&manifest);
}

static void a_circle_of_five_thousand_tests_is_told_at_its_last_link(void **state)
{
	AUTO_FREE char *text = chain(5000, "\"t0\"");
	struct manifest manifest = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&manifest, text, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_string_equal(e.text,
		"manifest.json:5001: /tests/4999/depends makes a circle: t0 → t1 → t2 → … → t0");
}

static void one_test_too_many_is_refused_by_the_limit(void **state)
{
	AUTO_FREE char *text = chain(5001, "");
	struct manifest manifest = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&manifest, text, &e), -1);

	assert_string_equal(e.text, "manifest.json:1: /tests has 5001 elements; at most 5000 are taken");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_means_the_test_of_the_same_suite_first),
		cmocka_unit_test(points_are_those_of_one_suite_or_of_all),
		cmocka_unit_test(what_is_rendered_is_read_back_as_it_was),
		cmocka_unit_test(the_digest_is_that_of_the_bytes),
		cmocka_unit_test(a_failure_leaves_the_output_untouched),
		cmocka_unit_test(a_chain_of_five_thousand_tests_is_read),
		cmocka_unit_test(a_circle_of_five_thousand_tests_is_told_at_its_last_link),
		cmocka_unit_test(one_test_too_many_is_refused_by_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
