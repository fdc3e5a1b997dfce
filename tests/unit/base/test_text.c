// SPDX-License-Identifier: MIT
#include "base/i18n.h"
#include "base/text.h"

#include <locale.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void check_visible(const char *in, bool one_line, const char *expected)
{
	AUTO_TEXT struct text t = { 0 };

	text_add_visible(&t, in, one_line);

	assert_string_equal(text_bytes(&t), expected);
}

static void control_characters_are_shown_and_obeyed_by_nothing(void **state)
{
	(void)state;

	check_visible("a\x1b[31mred\x07", true, "a\\x1b[31mred\\x07");
	check_visible("\xc2\x9b""2J", true, "\\x9b2J");
	check_visible("line\nnext\tcell", true, "line\\nnext cell");
	check_visible("line\nnext\tcell", false, "line\nnext\tcell");
}

static void lines_are_joined_by_a_space(void **state)
{
	AUTO_FREE char *joined = NULL;
	(void)state;

	joined = text_joined_line("  \t a  b \r\n\n\tc\x1b[m\rd\n", NULL);

	assert_string_equal(joined, "a  b c\\x1b[m\\x0dd");
}

static void direction_overrides_are_shown(void **state)
{
	(void)state;

	check_visible("a\xe2\x80\xae""b", true, "a\\u202eb");
	check_visible("\xf3\xa0\x80\x81", true, "\\ue0001");
}

static void ordinary_text_stays_as_it_is(void **state)
{
	(void)state;

	check_visible("Größe – 数据 🎉", true, "Größe – 数据 🎉");
}

static void invalid_bytes_become_replacement_characters(void **state)
{
	AUTO_TEXT struct text t = { 0 };
	(void)state;

	text_add_clean(&t, "a\xff\xc3(\xed\xa0\x80\0b", 9);

	assert_true(text_is_utf8(t.bytes, t.length));
	assert_string_equal(text_bytes(&t), "a\xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD""b");
}

static void overlong_forms_are_no_characters(void **state)
{
	(void)state;

	assert_false(text_is_utf8("\xc0\xaf", 2));
	assert_false(text_is_utf8("\xe0\x80\xaf", 3));
	assert_false(text_is_utf8("\xf5\x80\x80\x80", 4));
	assert_true(text_is_utf8("\xEF\xBF\xBD", 3));
}

static void head_and_tail_are_cut_between_characters(void **state)
{
	AUTO_TEXT struct text t = { 0 };
	(void)state;

	text_add_head_tail(&t, "ääääääää", 16, 3, 3);

	assert_string_equal(text_bytes(&t), "ä\n[… 12 bytes left out …]\nä");
}

static void short_text_is_kept_whole(void **state)
{
	AUTO_TEXT struct text t = { 0 };
	(void)state;

	text_add_head_tail(&t, "short", 5, 3, 2);

	assert_string_equal(text_bytes(&t), "short");
}

static void padding_counts_columns_not_bytes(void **state)
{
	AUTO_TEXT struct text t = { 0 };
	(void)state;
	setlocale(LC_CTYPE, "C.UTF-8");

	text_add_padded(&t, "für", 5);
	text_add(&t, "|");
	text_add_padded(&t, "数据库", 5);
	text_add(&t, "|");

	assert_string_equal(text_bytes(&t), "für  |数据…|");
}

static void wrapping_breaks_at_spaces_and_indents(void **state)
{
	AUTO_TEXT struct text t = { 0 };
	(void)state;

	text_add_wrapped(&t, "one two three four", 9, "  ");

	assert_string_equal(text_bytes(&t), "one two\n  three\n  four");
}

static void check_wrapped(const char *begun, const char *s, size_t columns, const char *indent, const char *expected)
{
	AUTO_TEXT struct text t = { 0 };

	text_add(&t, begun);
	text_add_wrapped(&t, s, columns, indent);

	assert_string_equal(text_bytes(&t), expected);
}

static void a_word_longer_than_a_line_is_broken(void **state)
{
	(void)state;
	setlocale(LC_CTYPE, "C.UTF-8");

	check_wrapped("", "a abcdefghij k", 6, "  ", "a\n  abcd\n  efgh\n  ij k");
	check_wrapped("", "数据库数据", 5, "", "数据\n库数\n据");
	check_wrapped("", "ab", 1, "  ", "a\n  b");
}

static void a_line_that_was_begun_counts_when_wrapping(void **state)
{
	(void)state;

	check_wrapped("head\n  - ", "one two", 8, "    ", "head\n  - one\n    two");
	check_wrapped("too long: ", "one two", 8, "  ", "too long: \n  one\n  two");
}

static void check_first_lines(const char *s, size_t lines, const char *expected)
{
	AUTO_TEXT struct text t = { 0 };

	text_add_first_lines(&t, s, lines, 20, "  ");

	assert_string_equal(text_bytes(&t), expected);
}

static void of_a_long_text_the_first_lines_are_shown(void **state)
{
	(void)state;

	check_first_lines("a.c:1: error\n\n    x\r\n    ^\n", 3, "  a.c:1: error\n      x\n      ^\n");
	check_first_lines("one\ntwo\nthree", 2, "  one\n  two\n  …\n");
	check_first_lines("one two three four five", 2, "  one two three four\n  five\n");
	check_first_lines("one\n\n", 1, "  one\n");
	check_first_lines("", 1, "");
}

static void lines_that_are_shown_command_no_terminal(void **state)
{
	(void)state;

	check_first_lines("\x1b[2Jred\x07", 1, "  \\x1b[2Jred\\x07\n");
}

static void a_line_that_is_shown_is_cut_behind_a_whole_character(void **state)
{
	AUTO_TEXT struct text t = { 0 }, line = { 0 };
	(void)state;

	text_add(&line, "xx");
	text_add_times(&line, "é", 200);
	text_add_first_lines(&t, text_bytes(&line), 1, 1000, "");
	assert_string_equal(text_bytes(&t) + 2 + 2 * 149, "…\n");

	text_done(&t);
	text_add_first_lines(&t, text_bytes(&line) + 1, 1, 1000, "");
	assert_string_equal(text_bytes(&t) + 1 + 2 * 149, "…\n");
}

static void bytes_that_grow_when_cleaned_stay_within_the_bound(void **state)
{
	AUTO_TEXT struct text t = { 0 };
	(void)state;

	text_add_head_tail(&t, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10, 7, 3);

	assert_string_equal(text_bytes(&t), "��\n[… 7 bytes left out …]\n�");
}

static void a_run_of_continuation_bytes_is_not_lost(void **state)
{
	AUTO_TEXT struct text t = { 0 };
	(void)state;

	text_add_head_tail(&t, "a\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80z", 12, 7, 4);

	assert_string_equal(text_bytes(&t), "a��\n[… 7 bytes left out …]\n�z");
}

static void ids_are_plain(void **state)
{
	(void)state;

	assert_true(text_is_id("job-queue"));
	assert_false(text_is_id(""));
	assert_false(text_is_id("-a"));
	assert_false(text_is_id("a-"));
	assert_false(text_is_id("A"));
	assert_false(text_is_id("a/b"));
}

static void numbers_are_whole_and_in_range(void **state)
{
	long long n = 7;
	(void)state;

	assert_false(text_to_integer("12x", 0, 100, &n));
	assert_false(text_to_integer(" 1", 0, 100, &n));
	assert_false(text_to_integer("101", 0, 100, &n));
	assert_false(text_to_integer("99999999999999999999", 0, 100, &n));
	assert_int_equal(n, 7);
	assert_true(text_to_integer("-5", -10, 100, &n));
	assert_int_equal(n, -5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_characters_are_shown_and_obeyed_by_nothing),
		cmocka_unit_test(lines_are_joined_by_a_space),
		cmocka_unit_test(direction_overrides_are_shown),
		cmocka_unit_test(ordinary_text_stays_as_it_is),
		cmocka_unit_test(invalid_bytes_become_replacement_characters),
		cmocka_unit_test(overlong_forms_are_no_characters),
		cmocka_unit_test(head_and_tail_are_cut_between_characters),
		cmocka_unit_test(short_text_is_kept_whole),
		cmocka_unit_test(padding_counts_columns_not_bytes),
		cmocka_unit_test(wrapping_breaks_at_spaces_and_indents),
		cmocka_unit_test(a_word_longer_than_a_line_is_broken),
		cmocka_unit_test(a_line_that_was_begun_counts_when_wrapping),
		cmocka_unit_test(bytes_that_grow_when_cleaned_stay_within_the_bound),
		cmocka_unit_test(a_run_of_continuation_bytes_is_not_lost),
		cmocka_unit_test(of_a_long_text_the_first_lines_are_shown),
		cmocka_unit_test(lines_that_are_shown_command_no_terminal),
		cmocka_unit_test(a_line_that_is_shown_is_cut_behind_a_whole_character),
		cmocka_unit_test(ids_are_plain),
		cmocka_unit_test(numbers_are_whole_and_in_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
