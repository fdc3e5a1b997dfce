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

static int set_up(void **state)
{
	char *dir = NULL;

	if (fs_temp_dir(&dir, "assay-test-links", NULL) < 0)
		return -1;
	*state = dir;
	return 0;
}

static int tear_down(void **state)
{
	fs_remove_tree(AT_FDCWD, *state, NULL);
	free(*state);
	return 0;
}

static void has(const char *dir, const char *name, const char *text)
{
	AUTO_FREE char *path = fs_join(dir, name, NULL), *slash = NULL;
	FILE *file;

	*strrchr(path, '/') = '\0';
	assert_int_equal(fs_make_dirs(AT_FDCWD, path, NULL), 0);
	slash = fs_join(dir, name, NULL);
	file = fopen(slash, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void lay(const char *dir)
{
	assert_int_equal(module_links_lay(dir, "lib/clock.mjs", "/work/lib/clock.mjs", NULL), 0);
}

static bool leads(const char *dir, const char *name)
{
	AUTO_FREE char *path = fs_join(dir, name, NULL);
	char target[100] = "";

	return readlink(path, target, sizeof(target) - 1) > 0 && strcmp(target, "/work/lib/clock.mjs") == 0;
}

static size_t count(const char *dir, const char *name)
{
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_FREE char *path = fs_join(dir, name, NULL);

	assert_int_equal(fs_list(&names, AT_FDCWD, path, 1000, NULL), 0);
	return names.count;
}

static void a_link_lies_where_a_script_names_the_module(void **state)
{
	has(*state, "a.test.mjs", "import { a } from \"./clock.mjs\";\nrequire('./clock');\nimport(`./clock.js`);");
	has(*state, "deep/b.ts", "import \"./er/clock\";");
	has(*state, "deep/er/run", "import '../../other/clock.mjs';");
	has(*state, "other/notes.txt", "import './clock.js';");
	lay(*state);
	assert_true(leads(*state, "clock.mjs"));
	assert_true(leads(*state, "clock"));
	assert_true(leads(*state, "clock.js"));
	assert_true(leads(*state, "deep/er/clock"));
	assert_true(leads(*state, "other/clock.mjs"));
	assert_int_equal(count(*state, "."), 6);
	assert_int_equal(count(*state, "deep"), 2);
	assert_int_equal(count(*state, "other"), 2);
}

static void and_what_is_no_path_of_it_lays_none(void **state)
{
	has(*state, "a.mjs",
		"import './clocks.mjs'; import './clock.mjs.map'; import 'clock'; import '/clock.mjs'; import './o'clock.mjs';\n"
		"// ./clock.mjs\nf('x/clock.mjs', \"./my clock.mjs\", './clock.mjs\", './sub/clock.mjs', '../clock.mjs', '../../clock');");
	lay(*state);
	assert_int_equal(count(*state, "."), 1);
}

static void what_the_tests_call_so_themselves_stays_theirs(void **state)
{
	has(*state, "a.mjs", "import './clock'; import './data/clock.mjs'; import './own/clock.mjs';");
	has(*state, "clock.ts", "");
	has(*state, "data/clock/one.json", "");
	has(*state, "own/clock.mjs", "");
	lay(*state);
	assert_int_equal(count(*state, "."), 4);
	assert_int_equal(count(*state, "data"), 1);
	assert_false(leads(*state, "own/clock.mjs"));
}

static void where_a_script_may_list_a_folder_none_lies(void **state)
{
	static const char *const texts[] = { "fs.readdirSync('.')", "await opendir(x)", "import { globSync } from 'node:fs'",
		"import 'node:child_process'" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		has(*state, "a.mjs", "import './clock.mjs';");
		has(*state, "z/z.mjs", texts[i]);
		lay(*state);
		assert_int_equal(count(*state, "."), 2);
	}
	has(*state, "z/z.mjs", "");
	has(*state, "node_modules/x/README.md", "");
	lay(*state);
	assert_int_equal(count(*state, "."), 3);
}

static void to_lay_them_twice_is_no_error(void **state)
{
	has(*state, "a.mjs", "import './clock.mjs'; import './clock.mjs'; import './clock';");
	lay(*state);
	lay(*state);
	assert_int_equal(count(*state, "."), 3);
}

static void a_module_whose_name_is_an_ending_has_none(void **state)
{
	has(*state, "a.mjs", "import './.mjs';");
	assert_int_equal(module_links_lay(*state, ".mjs", "/work/.mjs", NULL), 0);
	assert_int_equal(count(*state, "."), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_link_lies_where_a_script_names_the_module, set_up, tear_down),
		cmocka_unit_test_setup_teardown(and_what_is_no_path_of_it_lays_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_the_tests_call_so_themselves_stays_theirs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(where_a_script_may_list_a_folder_none_lies, set_up, tear_down),
		cmocka_unit_test_setup_teardown(to_lay_them_twice_is_no_error, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_module_whose_name_is_an_ending_has_none, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
