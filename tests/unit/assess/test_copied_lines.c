// SPDX-License-Identifier: MIT
#include "assess/copied_lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define TESTS                                                                                                          \
	"import solution\n\n"                                                                                          \
	"def test_one():\n    first = solution.Stack()\n    first.push(1)\n\n    assert first.pop() == 1\n"             \
	"def test_two():\n    assert solution.Stack().length() == 0\n"

static struct lines_file file_of(const char *bytes)
{
	return (struct lines_file){ bytes, strlen(bytes) };
}

static struct copies look_in(const struct lines_file *shown, size_t shown_count, const struct lines_file *hidden,
	size_t hidden_count, const char *common)
{
	const struct lines_file given = file_of(common);
	const struct lines_files all[] = { { shown, shown_count }, { hidden, hidden_count }, { &given, 1 } };
	struct copies copies = { 0 };
	struct err e = { 0 };

	assert_int_equal(copied_lines(&copies, &all[0], &all[1], &all[2], &e), 0);
	return copies;
}

/* What is found of one hidden file in one shown one. */
static struct copies look(const char *shown, const char *hidden, const char *common)
{
	const struct lines_file files[] = { file_of(shown), file_of(hidden) };

	return look_in(&files[0], 1, &files[1], 1, common);
}

static void assert_finds_nothing(const char *shown, const char *hidden, const char *common)
{
	struct copies copies = look(shown, hidden, common);

	assert_int_equal(copies.count, 0);
	copies_done(&copies);
}

static void a_block_is_found_with_its_lines_whatever_its_indentation(void **state)
{
	struct copies copies;
	(void)state;

	copies = look("An example:\n\n\tdef test_one():\n\tfirst = solution.Stack()\n\n\tfirst.push(1)\r\n\t)\n"
		      "\tassert first.pop() == 1\n\tdef test_two():\nand more of it\n", TESTS, "");

	assert_int_equal(copies.count, 1);
	assert_int_equal(copies.item[0].shown_line, 3);
	assert_int_equal(copies.item[0].hidden_line, 3);
	assert_int_equal(copies.item[0].lines, 5);
	copies_done(&copies);
}

static void what_files_import_is_no_copy(void **state)
{
	static const char imports[] = "import asyncio\nfrom fastapi import FastAPI\n#include <stdlib.h>\n"
		"use std::collections::HashMap;\nconst fs = require(\"node:fs\");\n"
		"import { readFile } from \"node:fs\";\nusing System.Linq;\n";
	(void)state;

	assert_finds_nothing(imports, imports, "");
}

static void what_only_begins_like_an_import_is_one(void **state)
{
	static const char *const texts[] = { "from berlin to hamburg\n", "use the lamp on the table\n",
		"using var client = Make();\n",
		"const first = require('./solution.js').solve(17, 4);\n", "source of the river\n",
		"export const greet = (name) => `hello from ${name}`;\n" };
	(void)state;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const char *line = texts[i];
		struct copies copies;
		char text[400];

		snprintf(text, sizeof(text), "%s%s%s%s%s", line, line, line, line, line);
		copies = look(text, text, "");
		assert_int_equal(copies.count, 1);
		copies_done(&copies);
	}
}

static void each_block_of_a_file_is_found(void **state)
{
	struct copies copies;
	(void)state;

	copies = look(TESTS "something else\n" TESTS, TESTS, "");

	assert_int_equal(copies.count, 2);
	assert_int_equal(copies.item[0].lines, 6);
	assert_int_equal(copies.item[1].shown_line, 13);
	copies_done(&copies);
}

static void the_text_of_a_block_begins_behind_the_last_line_that_counts(void **state)
{
	struct copies copies;
	(void)state;

	copies = look("something before\nit(\"a\")\n" TESTS "something behind\n", TESTS, "");

	assert_int_equal(copies.count, 1);
	assert_true(strncmp(copies.item[0].text, "\nit(\"a\")\nimport", strlen("\nit(\"a\")\nimport")) == 0);
	assert_true(strncmp(copies.item[0].text + copies.item[0].size, "\nsomething behind", strlen("\nsomething")) == 0);
	copies_done(&copies);
}

static void of_the_hidden_file_the_common_lines_are_counted_too(void **state)
{
	struct copies copies;
	(void)state;

	copies = look(TESTS, TESTS, "first.push(1)\n");

	assert_int_equal(copies.count, 1);
	assert_int_equal(copies.item[0].lines, 5);
	assert_int_equal(copies.item[0].hidden_lines, 6);
	copies_done(&copies);
}

#define LICENCE                                                                                                        \
	"Permission is granted\nto deal without restriction\nand to sell copies\nof the Software\nsubject to what follows\n"

static void the_comment_that_hidden_files_begin_with_is_none(void **state)
{
	(void)state;

	assert_finds_nothing("/*\n" LICENCE "*/\nint one_more(void);\n", "/*\n" LICENCE "*/\n\nint main(void)\n", "");
	assert_finds_nothing("#!/usr/bin/python3\n\"\"\"\n" LICENCE "\"\"\"\n", "\"\"\"\n" LICENCE "\"\"\"\nimport x\n", "");
	assert_finds_nothing("// first line\n// second line\n// third line\n// fourth line\n// fifth line\n",
		"// first line\n// second line\n// third line\n// fourth line\n// fifth line\nint main;\n", "");
}

static void what_the_comment_of_a_shown_file_hides_is_found(void **state)
{
	struct copies copies;
	(void)state;

	copies = look("/*\n" TESTS "*/\nint main;\n", TESTS, "");

	assert_int_equal(copies.count, 1);
	copies_done(&copies);
}

static void so_is_a_comment_within_a_hidden_one(void **state)
{
	struct copies copies;
	(void)state;

	copies = look("int number_one;\n/*\n" LICENCE "*/\n", "#include <stdio.h>\n/*\n" LICENCE "*/\n", "");

	assert_int_equal(copies.count, 1);
	assert_int_equal(copies.item[0].shown_line, 3);
	copies_done(&copies);
}

static void a_few_lines_are_none(void **state)
{
	(void)state;

	assert_finds_nothing("def test_one():\nfirst = solution.Stack()\nfirst.push(1)\nassert first.pop() == 1\n", TESTS, "");
}

static void nor_are_lines_that_something_stands_between(void **state)
{
	(void)state;

	assert_finds_nothing("def test_one():\nfirst = solution.Stack()\nfirst.push(1)\nsomething else\n"
			     "assert first.pop() == 1\ndef test_two():\n", TESTS, "");
}

static void nor_those_that_something_visible_has(void **state)
{
	(void)state;

	assert_finds_nothing(TESTS, TESTS, "first.push(1)\nfirst = solution.Stack()\n\tdef test_two():\n");
}

static void short_lines_say_nothing(void **state)
{
	(void)state;

	assert_finds_nothing("end\n}\n} else {\n----------\nbreak;\n*/\nfi\n", "end\n}\n} else {\n----------\nbreak;\n*/\nfi\n", "");
}

static void what_is_no_text_has_no_lines(void **state)
{
	const struct lines_file binary = { "\0" TESTS, sizeof("\0" TESTS) - 1 }, absent = { NULL, 0 };
	const struct lines_file shown[] = { binary, absent };
	struct copies copies;
	(void)state;

	copies = look_in(shown, 2, shown, 2, "");

	assert_int_equal(copies.count, 0);
}

static void of_many_files_those_are_named(void **state)
{
	struct lines_file shown[] = { file_of("nothing at all"), file_of(TESTS) };
	struct lines_file hidden[] = { file_of("something quite different"), file_of("another head\n" TESTS), file_of(TESTS) };
	struct copies copies;
	(void)state;

	copies = look_in(shown, 2, hidden, 3, "");

	assert_int_equal(copies.count, 1);
	assert_int_equal(copies.item[0].shown, 1);
	assert_int_equal(copies.item[0].hidden, 1);
	copies_done(&copies);
}

static void of_several_files_the_one_that_has_most_of_it(void **state)
{
	const struct lines_file shown = file_of(TESTS);
	struct lines_file hidden[] = { file_of("import solution\ndef test_one():\n    first = solution.Stack()\n"
					       "    first.push(1)\n    assert first.pop() == 1\ndef test_two():\n"), file_of(TESTS) };
	struct copies copies;
	(void)state;

	copies = look_in(&shown, 1, hidden, 2, "");

	assert_int_equal(copies.count, 1);
	assert_int_equal(copies.item[0].hidden, 1);
	assert_int_equal(copies.item[0].lines, 6);
	copies_done(&copies);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_is_found_with_its_lines_whatever_its_indentation),
		cmocka_unit_test(what_files_import_is_no_copy),
		cmocka_unit_test(what_only_begins_like_an_import_is_one),
		cmocka_unit_test(each_block_of_a_file_is_found),
		cmocka_unit_test(the_text_of_a_block_begins_behind_the_last_line_that_counts),
		cmocka_unit_test(of_the_hidden_file_the_common_lines_are_counted_too),
		cmocka_unit_test(the_comment_that_hidden_files_begin_with_is_none),
		cmocka_unit_test(what_the_comment_of_a_shown_file_hides_is_found),
		cmocka_unit_test(so_is_a_comment_within_a_hidden_one),
		cmocka_unit_test(a_few_lines_are_none),
		cmocka_unit_test(nor_are_lines_that_something_stands_between),
		cmocka_unit_test(nor_those_that_something_visible_has),
		cmocka_unit_test(short_lines_say_nothing),
		cmocka_unit_test(what_is_no_text_has_no_lines),
		cmocka_unit_test(of_many_files_those_are_named),
		cmocka_unit_test(of_several_files_the_one_that_has_most_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
