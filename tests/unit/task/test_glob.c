// SPDX-License-Identifier: MIT
#include "task/glob.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void a_star_stays_within_a_folder(void **state)
{
	(void)state;

	assert_true(glob_matches("*.py", "app.py"));
	assert_true(glob_matches("src/*/a*c.py", "src/x/abc.py"));
	assert_false(glob_matches("*.py", "app/api.py"));
	assert_false(glob_matches("src/*.py", "src/x/a.py"));
}

static void two_stars_cross_folders_and_may_stand_for_none(void **state)
{
	(void)state;

	assert_true(glob_matches("**/*.py", "a.py"));
	assert_true(glob_matches("**/*.py", "a/b/c.py"));
	assert_true(glob_matches("a/**/z/**/*.c", "a/b/z/z/c.c"));
	assert_false(glob_matches("a/**/z/*.c", "a/b/c.c"));
}

static void two_stars_at_the_end_stand_for_any_file_below(void **state)
{
	(void)state;

	assert_true(glob_matches("**", "a"));
	assert_true(glob_matches("src/**", "src/a/b"));
	assert_false(glob_matches("src/**", "src"));
}

static void no_wildcard_admits_what_configures_a_runner(void **state)
{
	(void)state;

	assert_false(glob_matches("**", "conftest.py"));
	assert_false(glob_matches("**/*.py", "tests/conftest.py"));
	assert_false(glob_matches("*.py", "sitecustomize.py"));
	assert_false(glob_matches("**/*.pth", "evil.pth"));
	assert_false(glob_matches("*.config.*", "jest.config.js"));
	assert_false(glob_matches("Make*", "Makefile"));
	assert_false(glob_matches("**/*.py", "x-1.0.dist-info/a.py"));
	assert_false(glob_matches("**", "node_modules/pytest/index.js"));
	assert_false(glob_matches("**", "__pycache__/solution.cpython-311.pyc"));
	assert_false(glob_matches("**", "META-INF/services/org.junit.platform.launcher.TestExecutionListener"));
	assert_false(glob_matches("**/*.json", "tsconfig.test.json"));
	assert_false(glob_matches("**", "test/mocha.opts"));
}

static void no_wildcard_admits_a_hidden_name(void **state)
{
	(void)state;

	assert_false(glob_matches("**", ".git/hooks/post-checkout"));
	assert_false(glob_matches("*", ".npmrc"));
	assert_false(glob_matches("**/*", "a/.mocharc.json"));
	assert_false(glob_matches("**/.*", "a/b"));
	assert_true(glob_matches("**/.*", "a/.flake8"));
}

static void the_literal_name_admits_itself(void **state)
{
	(void)state;

	assert_true(glob_matches("conftest.py", "conftest.py"));
	assert_true(glob_matches("**/conftest.py", "tests/unit/conftest.py"));
	assert_true(glob_matches("src/Makefile", "src/Makefile"));
	assert_true(glob_matches(".github/**", ".github/workflows/ci.yml"));
	assert_true(glob_matches("node_modules/**/*.js", "node_modules/a/b.js"));
	assert_false(glob_matches("conftest.py", "tests/conftest.py"));
}

static void names_that_only_look_like_configuration_are_admitted(void **state)
{
	(void)state;

	assert_true(glob_matches("**/*.py", "test_conftest.py"));
	assert_true(glob_matches("*", "Makefile.txt"));
	assert_true(glob_matches("**", "depth/a.b.c"));
}

static void a_hostile_pair_takes_no_time(void **state)
{
	char pattern[512] = "", path[4097] = "";
	(void)state;
	for (size_t i = 0; i < 100; i++)
		memcpy(pattern + 5 * i, "**/a/", 5);
	memcpy(pattern + 500, "b", 2);
	for (size_t i = 0; i < 2000; i++)
		memcpy(path + 2 * i, "a/", 2);
	memcpy(path + 4000, "c", 2);

	assert_true(glob_is_valid(pattern, NULL));
	assert_false(glob_matches(pattern, path));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_star_stays_within_a_folder),
		cmocka_unit_test(two_stars_cross_folders_and_may_stand_for_none),
		cmocka_unit_test(two_stars_at_the_end_stand_for_any_file_below),
		cmocka_unit_test(no_wildcard_admits_what_configures_a_runner),
		cmocka_unit_test(no_wildcard_admits_a_hidden_name),
		cmocka_unit_test(the_literal_name_admits_itself),
		cmocka_unit_test(names_that_only_look_like_configuration_are_admitted),
		cmocka_unit_test(a_hostile_pair_takes_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
