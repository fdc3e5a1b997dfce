// SPDX-License-Identifier: MIT
/* A fault goes from the general to the place, and ends with the reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"

static char long_words[1000];

static int fill(void **state)
{
	(void)state;
	memset(long_words, 'w', sizeof(long_words) - 1);
	return 0;
}

static bool ends_with(const struct fault *f, const char *words)
{
	size_t length = strlen(f->text), end = strlen(words);

	return length >= end && strcmp(f->text + length - end, words) == 0;
}

static void a_failed_call_is_said_with_its_reason(void **state)
{
	struct fault f;
	(void)state;
	errno = ENOENT;

	assert_int_equal(fault_sys(&f, "cannot open %s", "x"), -1);

	assert_string_equal(f.text, "cannot open x: No such file or directory");
}

static void what_was_said_stands_behind_what_is_put_before_it(void **state)
{
	struct fault f;
	(void)state;

	fault_set(&f, "is no file");
	assert_int_equal(fault_wrap(&f, "--ro %s", "x"), -1);

	assert_string_equal(f.text, "--ro x: is no file");
}

static void the_reason_is_said_behind_however_long_a_name(void **state)
{
	struct fault f;
	(void)state;
	errno = ENOENT;

	fault_sys(&f, "--ro %s", long_words);

	assert_int_equal(strncmp(f.text, "--ro www", 8), 0);
	assert_true(ends_with(&f, "w: No such file or directory"));
}

static void it_survives_what_is_put_before_it(void **state)
{
	struct fault f;
	(void)state;

	fault_set(&f, "has a socket in it");
	fault_wrap(&f, "--ro %s", long_words);
	fault_wrap(&f, "cannot build the box");

	assert_int_equal(strncmp(f.text, "cannot build the box: --ro www", 30), 0);
	assert_true(ends_with(&f, "w: has a socket in it"));
}

static void what_is_cut_says_so_and_uses_the_room(void **state)
{
	struct fault f;
	(void)state;

	fault_set(&f, "reason %s", long_words);
	fault_wrap(&f, "%s", "words");

	assert_non_null(strstr(f.text, "w...w"));
	assert_in_range(strlen(f.text), sizeof(f.text) - 3, sizeof(f.text) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failed_call_is_said_with_its_reason),
		cmocka_unit_test(what_was_said_stands_behind_what_is_put_before_it),
		cmocka_unit_test(the_reason_is_said_behind_however_long_a_name),
		cmocka_unit_test(it_survives_what_is_put_before_it),
		cmocka_unit_test(what_is_cut_says_so_and_uses_the_room),
	};

	return cmocka_run_group_tests(tests, fill, NULL);
}
