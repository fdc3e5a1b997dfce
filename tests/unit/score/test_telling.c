// SPDX-License-Identifier: MIT
#include "score/telling.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/mem.h"

static void says(const char *log, const char *line)
{
	AUTO_FREE char *said = telling_line(log, NULL);

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
	says("node:internal/modules:1\n  throw new ERR_X(a)\n  ^\n\nError [ERR_MODULE_NOT_FOUND]: Cannot find module '/tests/x.mjs'\n"
	     "    at f (a:1) {\n  code: 'ERR_MODULE_NOT_FOUND'\n}\n\nNode.js v20.20.2\n",
		"Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/tests/x.mjs'");
	says("starting\njava.lang.IllegalStateException: no\n\tat A.main\n", "java.lang.IllegalStateException: no");
}

static void a_file_that_is_named_after_errors_hides_none(void **state)
{
	(void)state;
	says("errors.c:1:5: warning: unused variable\nerrors.c:4:2: error: expected ';'\nmake: *** [x] Error 1\n",
		"errors.c:4:2: error: expected ';'");
	says("warning: unused import: `std::error::Error`\nerror[E0425]: cannot find x\n", "error[E0425]: cannot find x");
	says("src/errors/io.ts(2,1): error TS1005: ',' expected.\nFound 1 error.\n",
		"src/errors/io.ts(2,1): error TS1005: ',' expected.");
	says("Exceptions.java:3: warning: [removal]\nException in thread: java.lang.NoSuchMethodException: f\nat A\n",
		"Exception in thread: java.lang.NoSuchMethodException: f");
}

static void without_one_it_is_the_first_that_names_a_place(void **state)
{
	(void)state;
	says("# command-line-arguments\n./x.go:3:5: undefined: retrun\n./x.go:9:1: missing return\nfailed\n",
		"./x.go:3:5: undefined: retrun");
	says("x.c:3:5: warning: unused\nx.c:3:5: note: here\nld: cannot find -lx\n", "ld: cannot find -lx");
	says("10:20:30: it starts\nx.c:3:\nx.c:3:5\nended", "ended");
	says("30.11.2026 12:20:30: connecting\n[0.13] 12:20:30: connected\nv1.2 listens on [::1]:80:1: ok\nended", "ended");
	says("x.c:3:5:", "x.c:3:5:");
	says("x.c:3", "x.c:3");
	says("x.c:", "x.c:");
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
	said = telling_line(log, NULL);
	assert_int_equal(strlen(said), 300);
}

/* Lines "w1\\n" to "wN\\n", with one about an error in the place of that number (0: none), as they are shown. */
static void assert_shows(int count, int error, const char *first, const char *last)
{
	AUTO_TEXT struct text log = { 0 }, shown = { 0 };

	for (int i = 1; i <= count; i++)
		text_addf(&log, i == error ? "f.c:%d: error: e\n\n" : "w%d\n", i);
	telling_add_lines(&shown, text_bytes(&log), 80, "> ");
	assert_true(text_starts_with(text_bytes(&shown), first));
	assert_true(text_ends_with(text_bytes(&shown), last));
}

static void an_error_among_the_first_lines_is_shown_with_those_before(void **state)
{
	(void)state;
	assert_shows(3, 2, "> w1\n> f.c:2: error: e\n", "> w3\n");
	assert_shows(20, 20, "> w1\n> w2\n", "> f.c:20: error: e\n");
	assert_shows(50, 3, "> w1\n", "> w20\n> …\n");
}

static void one_behind_them_with_the_line_before(void **state)
{
	(void)state;
	assert_shows(50, 25, "> …\n> w24\n> f.c:25: error: e\n", "> w43\n> …\n");
	assert_shows(40, 22, "> …\n> w21\n> f.c:22: error: e\n", "> w40\n");
}

static void of_what_ends_with_it_the_last_lines_are_shown(void **state)
{
	(void)state;
	assert_shows(30, 29, "> …\n> w11\n", "> f.c:29: error: e\n> w30\n");
	assert_shows(30, 0, "> …\n> w11\n", "> w29\n> w30\n");
	assert_shows(0, 0, "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_about_an_error_tells_most),
		cmocka_unit_test(a_file_that_is_named_after_errors_hides_none),
		cmocka_unit_test(without_one_it_is_the_first_that_names_a_place),
		cmocka_unit_test(without_one_it_is_the_last),
		cmocka_unit_test(an_error_among_the_first_lines_is_shown_with_those_before),
		cmocka_unit_test(one_behind_them_with_the_line_before),
		cmocka_unit_test(of_what_ends_with_it_the_last_lines_are_shown),
		cmocka_unit_test(it_is_shown_harmlessly_and_is_never_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
