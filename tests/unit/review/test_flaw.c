// SPDX-License-Identifier: MIT
#include "review/flaw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* A flaw up to its places, and what follows them. */
#define HEAD "{\"id\":\"a\",\"kind\":\"missing\",\"category\":\"api\",\"severity\":\"major\",\"answer\":{\"en\":\"x\"},"
#define PLACE "\"places\":[{\"file\":\"a.c\",\"start\":3,\"end\":5}],"
#define WORDS "\"words\":[[\"N+1\",\"Rückgabe\"]]}"

static int parse(struct flaws *out, const char *list, const struct diff *change, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *text = mem_format(e, "{\"format\":1,\"flaws\":[\n%s}", list);

	assert_int_equal(json_doc_parse(&doc, "flaws.json", text, strlen(text), e), 0);
	return flaws_parse(out, doc, change, e);
}

static void assert_refused(const char *list, const struct diff *change, const char *sentence)
{
	struct flaws flaws = { 0 };
	struct err e = { 0 };

	assert_int_equal(parse(&flaws, list, change, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_string_equal(e.text, sentence);
	assert_null(flaws.item);
}

static void words_are_kept_normalised(void **state)
{
	struct flaws flaws = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&flaws, HEAD PLACE WORDS "]", NULL, &e), 0);

	assert_string_equal(flaws.item[0].words[0].item[0], "n 1");
	assert_string_equal(flaws.item[0].words[0].item[1], "rueckgabe");
	assert_true(flaws.item[0].missing);
	assert_int_equal(flaw_weight(&flaws.item[0]), 3);
	assert_ptr_equal(flaws_find(&flaws, "a"), &flaws.item[0]);
	assert_null(flaws_find(&flaws, "b"));
	flaws_done(&flaws);
}

static void mistakes_are_told_with_their_place(void **state)
{
	(void)state;

	assert_refused("]", NULL, "flaws.json:1: /flaws must not be empty");
	assert_refused(HEAD PLACE "\"words\":[[\"?!\"]]}]", NULL, "flaws.json:2: /flaws/0/words/0/0 needs a letter or digit");
	assert_refused(HEAD "\"places\":[{\"file\":\"a.c\",\"start\":3,\n\"end\":2}]," WORDS "]", NULL,
		"flaws.json:3: /flaws/0/places/0/end lies before the start");
	assert_refused(HEAD PLACE WORDS ",\n" HEAD PLACE WORDS "]", NULL, "flaws.json:3: /flaws/1/id stands there twice");
	assert_refused(HEAD PLACE "\"words\":[]}]", NULL, "flaws.json:2: /flaws/0/words must not be empty");
}

static void a_place_must_lie_in_the_change(void **state)
{
	char path[] = "a.c", other[] = "b.c";
	struct diff_file file = { .new_path = other, .new_total_lines = 9 };
	struct diff change = { .files = &file, .file_count = 1 };
	(void)state;

	assert_refused(HEAD PLACE WORDS "]", &change,
		"flaws.json:2: /flaws/0/places/0/file is no file that the change adds or alters");

	file.new_path = path;
	file.new_total_lines = 4;
	assert_refused(HEAD PLACE WORDS "]", &change,
		"flaws.json:2: /flaws/0/places/0/end lies behind the end of the file, which has 4 lines");
}

static void a_decoy_must_lie_in_the_change_too(void **state)
{
	char path[] = "a.c";
	struct diff_file file = { .new_path = path, .new_total_lines = 9 };
	struct diff change = { .files = &file, .file_count = 1 };
	(void)state;

	assert_refused(HEAD PLACE WORDS "],\n\"decoys\":[{\"id\":\"d\",\"file\":\"a.c\",\"start\":10,\"end\":10,"
		"\"fine\":{\"en\":\"x\"}}]", &change,
		"flaws.json:3: /decoys/0/end lies behind the end of the file, which has 9 lines");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_kept_normalised),
		cmocka_unit_test(mistakes_are_told_with_their_place),
		cmocka_unit_test(a_place_must_lie_in_the_change),
		cmocka_unit_test(a_decoy_must_lie_in_the_change_too),
	};

	return cmocka_run_group_tests_name("flaw", tests, NULL, NULL);
}
