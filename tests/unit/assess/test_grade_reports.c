// SPDX-License-Identifier: MIT
/* What a suite that told of no test says instead. */
#include "assess/grade_reports.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/mem.h"

static void says(const char *log, const char *line)
{
	AUTO_FREE char *said = grade_telling_line(log, NULL);

	assert_non_null(said);
	assert_string_equal(said, line);
}

static void the_first_line_about_an_error_tells_most(void **state)
{
	(void)state;
	says("file:///tests/a.mjs:4\nimport { MyError } from \"./a.mjs\";\n         ^\nSyntaxError: no MyError\n    at f (a:1)\n\nNode.js v20\n",
		"SyntaxError: no MyError");
	says("# pkg\n./x.go:3:1: syntax error: unexpected }\nFAIL\n", "./x.go:3:1: syntax error: unexpected }");
	says("error[E0425]: cannot find x\nerror: aborting\n", "error[E0425]: cannot find x");
	says("a.ts(1,7): error TS2304: Cannot find name 'x'.\nmore", "a.ts(1,7): error TS2304: Cannot find name 'x'.");
	says("starting\njava.lang.IllegalStateException: no\n\tat A.main\n", "java.lang.IllegalStateException: no");
}

static void a_file_that_is_named_after_errors_hides_none(void **state)
{
	(void)state;
	says("errors.c:1:5: warning: unused variable\nerrors.c:4:2: error: expected ';'\nmake: *** [x] Error 1\n",
		"errors.c:4:2: error: expected ';'");
	says("src/errors/io.ts(2,1): error TS1005: ',' expected.\nFound 1 error.\n",
		"src/errors/io.ts(2,1): error TS1005: ',' expected.");
	says("Exceptions.java:3: warning: [removal]\nException in thread: java.lang.NoSuchMethodException: f\nat A\n",
		"Exception in thread: java.lang.NoSuchMethodException: f");
}

static void without_one_it_is_the_last(void **state)
{
	(void)state;
	says("one\ntwo errors were found\n \t\n\n", "two errors were found");
	says("terror rules\nerror", "error");
	says("\n \n", "");
	says("", "");
	says(NULL, "");
}

static void it_is_shown_harmlessly_and_is_never_long(void **state)
{
	char log[1000];
	AUTO_FREE char *said = NULL;

	(void)state;
	says("Error: \033[31mred", "Error: \\x1b[31mred");
	memset(log, 'x', sizeof(log));
	log[sizeof(log) - 1] = '\0';
	said = grade_telling_line(log, NULL);
	assert_int_equal(strlen(said), 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_about_an_error_tells_most),
		cmocka_unit_test(a_file_that_is_named_after_errors_hides_none),
		cmocka_unit_test(without_one_it_is_the_last),
		cmocka_unit_test(it_is_shown_harmlessly_and_is_never_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
