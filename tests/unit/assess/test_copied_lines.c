// SPDX-License-Identifier: MIT
#include "assess/copied_lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

/* What is found of one hidden file in one shown one. */
static struct copies look(const char *shown, const char *hidden, const char *common)
{
	struct lines_file files[] = { file_of(shown), file_of(hidden), file_of(common) };
	struct copies copies = { 0 };
	struct err e = { 0 };

	assert_int_equal(copied_lines(&copies, &files[0], 1, &files[1], 1, &files[2], 1, &e), 0);
	return copies;
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

static void a_pair_of_files_is_told_once(void **state)
{
	struct copies copies;
	(void)state;

	copies = look(TESTS "something else\n" TESTS, TESTS, "");

	assert_int_equal(copies.count, 1);
	assert_int_equal(copies.item[0].lines, 7);
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
	struct copies copies = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(copied_lines(&copies, shown, 2, shown, 2, NULL, 0, &e), 0);

	assert_int_equal(copies.count, 0);
}

static void of_many_files_those_are_named(void **state)
{
	struct lines_file shown[] = { file_of("nothing at all"), file_of(TESTS) };
	struct lines_file hidden[] = { file_of("something quite different"), file_of("another head\n" TESTS), file_of(TESTS) };
	struct copies copies = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(copied_lines(&copies, shown, 2, hidden, 3, NULL, 0, &e), 0);

	assert_int_equal(copies.count, 1);
	assert_int_equal(copies.item[0].shown, 1);
	assert_int_equal(copies.item[0].hidden, 1);
	copies_done(&copies);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_is_found_with_its_lines_whatever_its_indentation),
		cmocka_unit_test(a_pair_of_files_is_told_once),
		cmocka_unit_test(a_few_lines_are_none),
		cmocka_unit_test(nor_are_lines_that_something_stands_between),
		cmocka_unit_test(nor_those_that_something_visible_has),
		cmocka_unit_test(short_lines_say_nothing),
		cmocka_unit_test(what_is_no_text_has_no_lines),
		cmocka_unit_test(of_many_files_those_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
