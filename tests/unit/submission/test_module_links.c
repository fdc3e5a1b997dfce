// SPDX-License-Identifier: MIT
#include "submission/module_links.h"

#include "base/fs.h"
#include "base/mem.h"

#include <fcntl.h>
#include <unistd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* The tests lie in in/tests, so that what gets out of there is seen; helpers lie in starter. */
#define TESTS "in/tests"

static void make_dir(const char *dir, const char *name)
{
	AUTO_FREE char *path = fs_join(dir, name, NULL);

	assert_int_equal(fs_make_dirs(AT_FDCWD, path, NULL), 0);
}

static int set_up(void **state)
{
	char *dir = NULL;

	if (fs_temp_dir(&dir, "assay-test-links", NULL) < 0)
		return -1;
	make_dir(dir, TESTS);
	make_dir(dir, "starter");
	*state = dir;
	return 0;
}

static int tear_down(void **state)
{
	fs_remove_tree(AT_FDCWD, *state, NULL);
	free(*state);
	return 0;
}

static void has_bytes(const char *dir, const char *name, const char *bytes, size_t size)
{
	AUTO_FREE char *path = fs_join(dir, name, NULL), *folder = mem_copy(path, NULL);
	FILE *file;

	*strrchr(folder, '/') = '\0';
	assert_int_equal(fs_make_dirs(AT_FDCWD, folder, NULL), 0);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

static void has(const char *dir, const char *name, const char *text)
{
	has_bytes(dir, name, text, strlen(text));
}

static void lay_by(const char *dir, const char *program, const char *word)
{
	AUTO_FREE char *tests = fs_join(dir, TESTS, NULL), *helpers = fs_join(dir, "starter", NULL);
	AUTO_STRINGS struct strings argv = { 0 };

	assert_int_equal(strings_add(&argv, program, NULL), 0);
	assert_int_equal(strings_add(&argv, word, NULL), 0);
	assert_int_equal(module_links_lay(tests, helpers, &argv, "lib/clock.mjs", "/work/lib/clock.mjs", NULL), 0);
}

static void lay(const char *dir)
{
	lay_by(dir, "node", "/tests/a.mjs");
}

static bool leads(const char *dir, const char *name)
{
	AUTO_FREE char *path = fs_join(dir, name, NULL);
	char target[100] = "";

	return readlink(path, target, sizeof(target) - 1) > 0 && strcmp(target, "/work/lib/clock.mjs") == 0;
}

/* How many entries a folder has. */
static size_t count(const char *dir, const char *name)
{
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_FREE char *path = fs_join(dir, name, NULL);

	assert_int_equal(fs_list(&names, AT_FDCWD, path, 1000, NULL), 0);
	return names.count;
}

static void a_link_lies_where_a_script_names_the_module(void **state)
{
	has(*state, TESTS "/a.test.mjs", "import { a } from \"./clock.mjs\";\nrequire('./clock');\nimport(`./clock.js`);");
	has(*state, TESTS "/deep/b.ts", "import \"./er/clock\";");
	has(*state, TESTS "/deep/er/run", "import '../../other/clock.mjs';");
	has(*state, TESTS "/other/notes.txt", "import './clock.js';");
	lay(*state);
	assert_true(leads(*state, TESTS "/clock.mjs"));
	assert_true(leads(*state, TESTS "/clock"));
	assert_true(leads(*state, TESTS "/clock.js"));
	assert_true(leads(*state, TESTS "/deep/er/clock"));
	assert_true(leads(*state, TESTS "/other/clock.mjs"));
	assert_int_equal(count(*state, TESTS), 6);
	assert_int_equal(count(*state, TESTS "/deep"), 2);
	assert_int_equal(count(*state, TESTS "/other"), 2);
}

static void what_is_no_path_of_it_lays_none(void **state)
{
	has(*state, TESTS "/a.mjs",
		"import './clocks.mjs'; import './clock.mjs.map'; import 'clock'; import '/clock.mjs'; import './o'clock.mjs';\n"
		"// ./clock.mjs\nf('x/clock.mjs', \"./my clock.mjs\", './clock.mjs\", './sub/clock.mjs');");
	lay(*state);
	assert_int_equal(count(*state, TESTS), 1);
}

static void no_link_lies_outside_of_the_tests(void **state)
{
	AUTO_FREE char *link = fs_join(*state, TESTS "/away", NULL);

	assert_int_equal(symlink("../../starter", link), 0);
	has(*state, TESTS "/a.mjs", "import '../clock.mjs'; import '../../clock'; import './../../in/clock.js'; import './away/clock.mjs';");
	lay(*state);
	assert_int_equal(count(*state, TESTS), 2);
	assert_int_equal(count(*state, "in"), 1);
	assert_int_equal(count(*state, "starter"), 0);
	assert_int_equal(count(*state, "."), 2);
}

static void what_the_tests_call_so_themselves_stays_theirs(void **state)
{
	has(*state, TESTS "/a.mjs", "import './clock'; import './data/clock.mjs'; import './own/clock.mjs'; import './near/clock.mjs';");
	has(*state, TESTS "/clock.txt", "");
	has(*state, TESTS "/data/clock/one.json", "");
	has(*state, TESTS "/own/clock.mjs", "");
	has(*state, TESTS "/near/clock.test.mjs", "");
	lay(*state);
	assert_int_equal(count(*state, TESTS), 5);
	assert_int_equal(count(*state, TESTS "/data"), 1);
	assert_false(leads(*state, TESTS "/own/clock.mjs"));
	assert_true(leads(*state, TESTS "/near/clock.mjs"));
}

/* Whether a link lies beside a.mjs, and takes it away. */
static bool lies_by(const char *dir, const char *program, const char *word)
{
	AUTO_FREE char *path = fs_join(dir, TESTS "/clock.mjs", NULL);

	has(dir, TESTS "/a.mjs", "import './clock.mjs';");
	lay_by(dir, program, word);
	return unlink(path) == 0;
}

static bool lies(const char *dir, const char *word)
{
	return lies_by(dir, "node", word);
}

static void none_lies_where_a_folder_may_be_listed(void **state)
{
	static const char *const texts[] = { "fs.readdirSync('.')", "await opendir(x)", "import { globSync } from 'node:fs'",
		"require('glob')", "import { globby } from 'globby'", "cp(a, b, { recursive: true })", "import 'node:child_process'" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		has(*state, TESTS "/z/z.mjs", texts[i]);
		assert_false(lies(*state, "node"));
		has(*state, TESTS "/z/z.mjs", "globalThis.global = 1;");
		assert_true(lies(*state, "node"));
		has(*state, "starter/lib/help.js", texts[i]);
		assert_false(lies(*state, "node"));
		has(*state, "starter/lib/help.js", "");
		assert_false(lies(*state, texts[i]));
	}
}

static void nor_where_anything_but_node_starts_the_tests(void **state)
{
	assert_true(lies_by(*state, "/usr/bin/node", "/tests/a.mjs"));
	assert_false(lies_by(*state, "sh", "/tests/run.sh"));
	assert_false(lies_by(*state, "sh", "exec node /tests/*.mjs"));
	assert_false(lies_by(*state, "/usr/bin/find", "/tests"));
}

static void nor_where_that_can_not_be_told(void **state)
{
	AUTO_FREE char *large = calloc(1, (1 << 20) + 1);

	memset(large, ' ', 1 << 20);
	assert_true(lies(*state, "node"));
	has_bytes(*state, TESTS "/z.mjs", "a\0b", 3);
	assert_false(lies(*state, "node"));
	has(*state, TESTS "/z.mjs", large);
	assert_true(lies(*state, "node"));
	has_bytes(*state, TESTS "/z.mjs", large, (1 << 20) + 1);
	assert_false(lies(*state, "node"));
	has(*state, TESTS "/z.mjs", "");
	has(*state, TESTS "/node_modules/x/README.md", "");
	assert_false(lies(*state, "node"));
}

static void nor_where_node_keeps_links_as_they_are(void **state)
{
	assert_false(lies(*state, "--preserve-symlinks"));
	assert_false(lies(*state, "--preserve_symlinks-main"));
	assert_false(lies_by(*state, "sh", "exec node --preserve-symlinks /tests/a.mjs"));
	assert_true(lies(*state, "--test"));
}

static void to_lay_them_twice_is_no_error(void **state)
{
	has(*state, TESTS "/a.mjs", "import './clock.mjs'; import './clock.mjs'; import './clock';");
	lay(*state);
	lay(*state);
	assert_int_equal(count(*state, TESTS), 3);
}

static void a_place_that_is_named_often_is_one(void **state)
{
	static const char once[] = "import('./clock.mjs')\n";
	char often[1000 * (sizeof(once) - 1) + 1] = "";

	for (size_t i = 0; i < 1000; i++)
		memcpy(often + i * (sizeof(once) - 1), once, sizeof(once));
	has(*state, TESTS "/a.mjs", often);
	has(*state, TESTS "/b.mjs", "import './b/clock.mjs'");
	make_dir(*state, TESTS "/b");
	lay(*state);
	assert_true(leads(*state, TESTS "/b/clock.mjs"));
}

static void a_place_in_too_deep_a_folder_is_left_to_the_bridge(void **state)
{
	char deep[700];
	AUTO_STRINGS struct strings places = { 0 };
	(void)state;

	memset(deep, 'd', sizeof(deep));
	memcpy(deep + sizeof(deep) - 3, "/a", 3);
	assert_int_equal(module_links_find(&places, deep, "'./clock.mjs'", "clock", NULL), 0);
	assert_int_equal(module_links_find(&places, deep + 400, "'./clock.mjs'", "clock", NULL), 0);
	assert_int_equal(places.count, 1);
}

static void a_module_whose_name_is_an_ending_has_none(void **state)
{
	AUTO_FREE char *tests = fs_join(*state, TESTS, NULL);
	struct strings argv = { 0 };

	has(*state, TESTS "/a.mjs", "import './.mjs';");
	assert_int_equal(module_links_lay(tests, tests, &argv, ".mjs", "/work/.mjs", NULL), 0);
	assert_int_equal(count(*state, TESTS), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_link_lies_where_a_script_names_the_module, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_path_of_it_lays_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_link_lies_outside_of_the_tests, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_the_tests_call_so_themselves_stays_theirs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(none_lies_where_a_folder_may_be_listed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nor_where_anything_but_node_starts_the_tests, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nor_where_that_can_not_be_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nor_where_node_keeps_links_as_they_are, set_up, tear_down),
		cmocka_unit_test_setup_teardown(to_lay_them_twice_is_no_error, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_place_that_is_named_often_is_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_place_in_too_deep_a_folder_is_left_to_the_bridge, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_module_whose_name_is_an_ending_has_none, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
