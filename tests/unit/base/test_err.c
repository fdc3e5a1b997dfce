// SPDX-License-Identifier: MIT
#include "base/err.h"
#include "base/text.h"

#include <errno.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void failing_fills_the_kind_and_the_sentence(void **state)
{
	struct err e = { 0 };
	(void)state;

	assert_int_equal(err_set(&e, ERR_CONFLICT, "card %s is sealed", "ines"), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_string_equal(e.text, "card ines is sealed");
}

static void wrapping_reads_from_the_general_to_the_place(void **state)
{
	struct err e = { 0 };
	(void)state;

	err_set(&e, ERR_INVALID, "task.json:12: /points must be a number");
	assert_int_equal(err_wrap(&e, "cannot run task %s", "two-sum"), -1);

	assert_string_equal(e.text, "cannot run task two-sum: task.json:12: /points must be a number");
	assert_int_equal(e.kind, ERR_INVALID);
}

static void a_sentence_too_long_is_cut_between_characters(void **state)
{
	struct err e = { 0 };
	char umlauts[2 * ERR_TEXT_MAX + 1];
	(void)state;
	for (int i = 0; i < ERR_TEXT_MAX; i++)
		memcpy(umlauts + 2 * i, "ä", 3);

	err_set(&e, ERR_SYSTEM, "x%s", umlauts);

	assert_true(strlen(e.text) < ERR_TEXT_MAX);
	assert_string_equal(e.text + strlen(e.text) - 5, "ä…");
}

static void wrapping_never_outgrows_its_place(void **state)
{
	struct err e = { 0 };
	char longish[ERR_TEXT_MAX];
	(void)state;
	memset(longish, 'a', sizeof(longish));
	longish[1000] = '\0';

	err_set(&e, ERR_SYSTEM, "%s", longish);
	err_wrap(&e, "%s", longish);

	assert_true(strlen(e.text) < ERR_TEXT_MAX);
	assert_string_equal(e.text + strlen(e.text) - 3, "…");
}

static void an_errno_of_absence_is_not_found(void **state)
{
	struct err e = { 0 };
	(void)state;

	errno = ENOENT;
	err_errno(&e, "cannot open %s", "x");

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_string_equal(e.text, "cannot open x: No such file or directory");
}

static void a_precision_leaves_no_half_character(void **state)
{
	struct err e = { 0 };
	(void)state;

	err_set(&e, ERR_INVALID, "'%.4s' is no id", "abc数");
	assert_string_equal(e.text, "'abc?' is no id");

	err_set(&e, ERR_INVALID, "'%.5s' is no id", "abc数");
	assert_string_equal(e.text, "'abc?' is no id");
}

static void a_long_sentence_keeps_its_errno_and_whole_characters(void **state)
{
	struct err e = { 0 };
	char umlauts[2 * ERR_TEXT_MAX + 1];
	(void)state;
	for (int i = 0; i < ERR_TEXT_MAX; i++)
		memcpy(umlauts + 2 * i, "ä", 3);

	errno = EIO;
	err_errno(&e, "%s", umlauts);
	assert_true(text_is_utf8(e.text, strlen(e.text)));
	assert_string_equal(e.text + strlen(e.text) - strlen("ä…: Input/output error"), "ä…: Input/output error");

	errno = EIO;
	err_errno(&e, "x%s", umlauts);
	assert_true(text_is_utf8(e.text, strlen(e.text)));
	assert_string_equal(e.text + strlen(e.text) - strlen("ä…: Input/output error"), "ä…: Input/output error");
}

static void every_kind_has_its_documented_exit_status(void **state)
{
	(void)state;

	assert_int_equal(err_exit_status(ERR_NONE), 0);
	assert_int_equal(err_exit_status(ERR_USAGE), 2);
	assert_int_equal(err_exit_status(ERR_NOT_FOUND), 3);
	assert_int_equal(err_exit_status(ERR_INVALID), 4);
	assert_int_equal(err_exit_status(ERR_CONFLICT), 5);
	assert_int_equal(err_exit_status(ERR_DENIED), 6);
	assert_int_equal(err_exit_status(ERR_LIMIT), 7);
	assert_int_equal(err_exit_status(ERR_SYSTEM), 8);
	assert_int_equal(err_exit_status(ERR_INTERNAL), 70);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failing_fills_the_kind_and_the_sentence),
		cmocka_unit_test(wrapping_reads_from_the_general_to_the_place),
		cmocka_unit_test(a_sentence_too_long_is_cut_between_characters),
		cmocka_unit_test(wrapping_never_outgrows_its_place),
		cmocka_unit_test(an_errno_of_absence_is_not_found),
		cmocka_unit_test(a_precision_leaves_no_half_character),
		cmocka_unit_test(a_long_sentence_keeps_its_errno_and_whole_characters),
		cmocka_unit_test(every_kind_has_its_documented_exit_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
