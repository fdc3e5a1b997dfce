// SPDX-License-Identifier: MIT
#include "task/catalog.h"

#include "base/fs.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

struct place {
	char *path;
	int fd;
};

static int set_up(void **state)
{
	static struct place place;
	struct err e = { 0 };

	if (fs_temp_dir(&place.path, "assay-test-catalog", &e) < 0 || fs_open_dir(&place.fd, AT_FDCWD, place.path, &e) < 0)
		return -1;
	*state = &place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;
	struct err e = { 0 };

	close(place->fd);
	if (fs_remove_tree(AT_FDCWD, place->path, &e) < 0)
		return -1;
	free(place->path);
	return 0;
}

static void put(const struct place *place, const char *dir, const char *task_json)
{
	struct err e = { 0 };
	AUTO_FREE char *path = fs_join(dir, "task.json", &e);

	if (fs_make_dirs(place->fd, dir, &e) < 0 ||
		fs_write(place->fd, path, task_json, strlen(task_json), 0644, &e) < 0)
		fail_msg("%s", e.text);
}

static void packages_are_found_four_levels_deep_and_no_deeper(void **state)
{
	struct place *place = *state;
	AUTO_STRINGS struct strings found = { 0 };
	struct err e = { 0 };
	put(place, "z", "{}");
	put(place, "a/b/c/d", "{}");
	put(place, "a/b/c/e/f", "{}");

	assert_int_equal(catalog_tasks(&found, place->path, &e), 0);

	assert_int_equal(found.count, 2);
	assert_string_equal(found.item[0], "a/b/c/d");
	assert_string_equal(found.item[1], "z");
}

static void a_package_in_a_package_is_none(void **state)
{
	struct place *place = *state;
	AUTO_STRINGS struct strings found = { 0 };
	struct err e = { 0 };
	put(place, "a", "{}");
	put(place, "a/starter", "{}");

	assert_int_equal(catalog_tasks(&found, place->path, &e), 0);

	assert_int_equal(found.count, 1);
}

static void hidden_directories_and_links_are_not_looked_into(void **state)
{
	struct place *place = *state;
	AUTO_STRINGS struct strings found = { 0 };
	struct err e = { 0 };
	put(place, ".git/a", "{}");
	put(place, "deep/1/2/3/4/5", "{}");
	assert_int_equal(symlinkat("deep/1/2/3/4/5", place->fd, "link"), 0);

	assert_int_equal(catalog_tasks(&found, place->path, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void a_directory_that_is_a_package_is_the_only_one(void **state)
{
	struct place *place = *state;
	AUTO_STRINGS struct strings found = { 0 };
	struct err e = { 0 };
	put(place, ".", "{}");
	put(place, "a", "{}");

	assert_int_equal(catalog_tasks(&found, place->path, &e), 0);

	assert_int_equal(found.count, 1);
	assert_string_equal(found.item[0], ".");
}

static void a_package_is_found_by_its_id(void **state)
{
	struct place *place = *state;
	AUTO_FREE char *path = NULL;
	struct err e = { 0 };
	put(place, "one", "{\"id\": \"first\"}");
	put(place, "two", "{\"id\": \"second\"}");

	assert_int_equal(catalog_find(&path, place->path, "second", &e), 0);

	assert_string_equal(path, "two");
}

static void an_unknown_id_names_those_that_are_there_visibly(void **state)
{
	struct place *place = *state;
	char *path = NULL;
	struct err e = { 0 };
	put(place, "one", "{\"id\": \"first\"}");
	put(place, "two", "{\"id\": \"\\u001b[2J\"}");

	assert_int_equal(catalog_find(&path, place->path, "third", &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_string_equal(e.text, "no task is called third; there are: first, \\x1b[2J");
	assert_null(path);
}

static void a_broken_package_is_named_only_when_it_is_meant(void **state)
{
	struct place *place = *state;
	AUTO_FREE char *path = NULL;
	struct err e = { 0 };
	put(place, "broken", "{\n");
	put(place, "good", "{\"id\": \"good\"}");

	assert_int_equal(catalog_find(&path, place->path, "good", &e), 0);
	assert_int_equal(catalog_find(&path, place->path, "broken", &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_string_equal(e.text,
		"cannot read the task broken: broken/task.json:2: string or '}' expected near end of file");
}

static void an_id_never_leads_out_of_the_rubrics(void **state)
{
	struct err e = { 0 };
	(void)state;

	assert_null(catalog_rubric_path("../../etc/passwd", &e));

	assert_int_equal(e.kind, ERR_INVALID);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(packages_are_found_four_levels_deep_and_no_deeper),
		EACH(a_package_in_a_package_is_none),
		EACH(hidden_directories_and_links_are_not_looked_into),
		EACH(a_directory_that_is_a_package_is_the_only_one),
		EACH(a_package_is_found_by_its_id),
		EACH(an_unknown_id_names_those_that_are_there_visibly),
		EACH(a_broken_package_is_named_only_when_it_is_meant),
		cmocka_unit_test(an_id_never_leads_out_of_the_rubrics),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
