// SPDX-License-Identifier: MIT
#include "assess/whole_lines.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct whole_lines lines_of(const char *s)
{
	struct whole_lines lines = { 0 };
	struct err e = { 0 };

	assert_int_equal(whole_lines_of(&lines, s, strlen(s), &e), 0);
	return lines;
}

static size_t find(const char *text, const char *part)
{
	AUTO(whole_lines_done) struct whole_lines all = lines_of(text), some = lines_of(part);

	return whole_lines_find(&all, &some);
}

static enum whole_pair find_pair(const char *text, const char *first, const char *second)
{
	AUTO(whole_lines_done) struct whole_lines all = lines_of(text), one = lines_of(first), other = lines_of(second);

	return whole_lines_find_pair(&all, &one, &other);
}

static void a_part_is_found_by_its_line_whatever_the_blanks(void **state)
{
	(void)state;

	assert_int_equal(find("\n\nso:\n  1 2\r\n\n\t3\nend", "1 2  \n\n3\n\n"), 4);
	assert_int_equal(find("1 2", "1 2\n"), 1);
}

static void a_part_of_a_line_is_not_found(void **state)
{
	(void)state;

	assert_int_equal(find("11\n12\n", "1\n"), 0);
	assert_int_equal(find("1\n2\n", "1\n2\n3\n"), 0);
}

static void nothing_stands_nowhere(void **state)
{
	(void)state;

	assert_int_equal(find("1\n", " \n"), 0);
	assert_int_equal(find("", "1"), 0);
	assert_int_equal(find_pair("1\n\n2\n", "1", ""), PAIR_NOT);
}

static void bytes_that_are_no_text_have_no_lines(void **state)
{
	AUTO(whole_lines_done) struct whole_lines lines = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(whole_lines_of(&lines, "a\0b", 3, &e), 0);

	assert_int_equal(lines.count, 0);
}

static void a_pair_stands_apart_between_fences_empty_lines_and_colons(void **state)
{
	(void)state;

	assert_int_equal(find_pair("```\n3\n```\nthen\n```\n9\n```\n", "3", "9"), PAIR_APART);
	assert_int_equal(find_pair("Input:\n  3\n\nOutput:\n  9", "3", "9"), PAIR_APART);
	assert_int_equal(find_pair("3\n\n9\n", "3\n", "9\n"), PAIR_APART);
}

static void a_pair_in_one_block_stands_apart(void **state)
{
	(void)state;

	assert_int_equal(find_pair("1\n3\n\n3\n9\n\n", "3", "9"), PAIR_APART);
}

static void an_answer_before_its_input_is_none_of_it(void **state)
{
	(void)state;

	assert_int_equal(find_pair("9\n\n3\n", "3", "9"), PAIR_AMONG_OTHERS);
}

static void parts_of_a_longer_example_stand_among_others(void **state)
{
	(void)state;

	assert_int_equal(find_pair("2\n3\n\n4\n9\n", "3", "9"), PAIR_AMONG_OTHERS);
}

static void one_line_is_not_input_and_answer_both(void **state)
{
	(void)state;

	assert_int_equal(find_pair("a\n\nword\n\nb", "word", "word"), PAIR_NOT);
	assert_int_equal(find_pair("word\n\nword", "word", "word"), PAIR_APART);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_is_found_by_its_line_whatever_the_blanks),
		cmocka_unit_test(a_part_of_a_line_is_not_found),
		cmocka_unit_test(nothing_stands_nowhere),
		cmocka_unit_test(bytes_that_are_no_text_have_no_lines),
		cmocka_unit_test(a_pair_stands_apart_between_fences_empty_lines_and_colons),
		cmocka_unit_test(a_pair_in_one_block_stands_apart),
		cmocka_unit_test(an_answer_before_its_input_is_none_of_it),
		cmocka_unit_test(parts_of_a_longer_example_stand_among_others),
		cmocka_unit_test(one_line_is_not_input_and_answer_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
