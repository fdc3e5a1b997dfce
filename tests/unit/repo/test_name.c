// SPDX-License-Identifier: MIT
#include "repo/name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void ordinary_names_have_no_fault(void **state)
{
	(void)state;

	assert_null(name_fault("task.json"));
	assert_null(name_fault(".gitignore"));
	assert_null(name_fault(".github"));
	assert_null(name_fault("git~10"));
	assert_null(name_fault("Übung 1.md"));
	assert_null(name_fault("..."));
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
	(void)state;

	assert_non_null(name_fault(""));
	assert_non_null(name_fault("."));
	assert_non_null(name_fault(".."));
	assert_non_null(name_fault("a/b"));
	assert_non_null(name_fault("..\\b"));
}

static void what_some_file_system_takes_for_git_is_refused(void **state)
{
	(void)state;

	assert_non_null(name_fault(".git"));
	assert_non_null(name_fault(".GiT"));
	assert_non_null(name_fault(".git . ."));
	assert_non_null(name_fault(".git::$INDEX_ALLOCATION"));
	assert_non_null(name_fault("GIT~1"));
	assert_non_null(name_fault(".g\u200cit"));
	assert_non_null(name_fault("\ufeff.git\u202e"));
}

static void names_that_command_a_terminal_are_refused(void **state)
{
	(void)state;

	assert_string_equal(name_fault("a\nb"), "holds a control character");
	assert_string_equal(name_fault("\x1b[2J"), "holds a control character");
	assert_string_equal(name_fault("\xc2\x9b" "2J"), "holds a control character");
	assert_string_equal(name_fault("\xff"), "is not UTF-8");
}

static void a_name_of_256_bytes_is_refused(void **state)
{
	char name[257] = "";
	(void)state;

	memset(name, 'a', 255);
	assert_null(name_fault(name));

	name[255] = 'a';
	assert_string_equal(name_fault(name), "is over 255 bytes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_names_have_no_fault),
		cmocka_unit_test(names_that_lead_elsewhere_are_refused),
		cmocka_unit_test(what_some_file_system_takes_for_git_is_refused),
		cmocka_unit_test(names_that_command_a_terminal_are_refused),
		cmocka_unit_test(a_name_of_256_bytes_is_refused),
	};

	return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
