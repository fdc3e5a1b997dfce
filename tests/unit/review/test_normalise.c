// SPDX-License-Identifier: MIT
#include "review/match.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void assert_words(const char *text, const char *wanted)
{
	AUTO_FREE char *words = NULL;
	struct err e = { 0 };

	assert_int_equal(match_normalise(text, &words, &e), 0);
	assert_string_equal(words, wanted);
}

static void umlauts_are_spelled_plainly(void **state)
{
	(void)state;

	assert_words("Rückgabewert größer als ÄÖÜ", "rueckgabewert groesser als aeoeue");
	assert_words("STRAẞE", "strasse");
}

static void umlauts_in_two_characters_are_spelled_the_same(void **state)
{
	(void)state;

	assert_words("Ru\u0308ckgabe O\u0308l", "rueckgabe oel");
}

static void accents_are_dropped(void **state)
{
	(void)state;

	assert_words("naïve façade Łódź cre\u0301me", "naive facade lodz creme");
}

static void everything_else_is_one_space_and_none_at_the_ends(void **state)
{
	(void)state;

	assert_words("  N + 1: `SELECT`…\n\t(each)! ", "n 1 select each");
	assert_words("?!", "");
	assert_words("", "");
}

static void full_width_letters_are_letters(void **state)
{
	(void)state;

	assert_words("ＳＱＬ１", "sql1");
}

static void other_scripts_stay(void **state)
{
	(void)state;

	assert_words("индекс ✗ 索引。ok 🙂", "индекс 索引 ok");
}

static void invalid_bytes_part_words(void **state)
{
	(void)state;

	assert_words("a\xff" "b\xc3", "a b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(umlauts_are_spelled_plainly),
		cmocka_unit_test(umlauts_in_two_characters_are_spelled_the_same),
		cmocka_unit_test(accents_are_dropped),
		cmocka_unit_test(everything_else_is_one_space_and_none_at_the_ends),
		cmocka_unit_test(full_width_letters_are_letters),
		cmocka_unit_test(other_scripts_stay),
		cmocka_unit_test(invalid_bytes_part_words),
	};

	return cmocka_run_group_tests_name("normalise", tests, NULL, NULL);
}
