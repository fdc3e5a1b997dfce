// SPDX-License-Identifier: MIT
#include "base/fs.h"
#include "base/places.h"
#include "base/text.h"
#include "support/own_dir.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* An installation: <path>/bin is where the program stands. */
struct place {
	char *path, *bin;
	int fd;
};

static int set_up(void **state)
{
	static struct place place;

	if (fs_temp_dir(&place.path, "assay-test-places", NULL) < 0 ||
		fs_open_dir(&place.fd, AT_FDCWD, place.path, NULL) < 0 || fs_make_dirs(place.fd, "bin", NULL) < 0 ||
		!(place.bin = fs_join(place.path, "bin", NULL)))
		return -1;
	own_dir_pretend(place.bin);
	*state = &place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;

	own_dir_pretend(NULL);
	close(place->fd);
	fs_remove_tree(AT_FDCWD, place->path, NULL);
	free(place->path);
	free(place->bin);
	return 0;
}

static void put(const struct place *p, const char *path, mode_t mode)
{
	AUTO_FREE char *dir = mem_copy(path, NULL);
	struct err e = { 0 };

	*strrchr(dir, '/') = '\0';
	assert_int_equal(fs_make_dirs(p->fd, dir, &e), 0);
	assert_int_equal(fs_write(p->fd, path, "x", 1, mode, &e), 0);
}

static void check_locale(const struct place *p, const char *expected)
{
	AUTO_FREE char *path = NULL, *full = fs_join(p->bin, expected, NULL);
	struct err e = { 0 };

	assert_int_equal(places_locale(&path, &e), 0);

	assert_string_equal(path, full);
}

static void the_program_locale_is_no_translation(void **state)
{
	struct place *p = *state;

	put(p, "bin/locale", 0755);
	put(p, "share/locale/de/LC_MESSAGES/assay.mo", 0644);

	check_locale(p, "../share/locale");
}

static void translations_of_others_are_not_ours(void **state)
{
	struct place *p = *state;

	put(p, "bin/locale/de/LC_MESSAGES/other.mo", 0644);

	check_locale(p, "../share/locale");
}

static void translations_beside_the_program_come_first(void **state)
{
	struct place *p = *state;

	put(p, "bin/locale/de/LC_MESSAGES/assay.mo", 0644);
	put(p, "share/locale/de/LC_MESSAGES/assay.mo", 0644);

	check_locale(p, "locale");
}

static void reporters_beside_the_program_come_first(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *installed = NULL, *beside = NULL, *full = fs_join(p->bin, "reporters", NULL);
	struct err e = { 0 };

	put(p, "bin/reporters/other.py", 0644);
	assert_int_equal(places_reporters(&installed, &e), 0);
	put(p, "bin/reporters/assay_pytest.py", 0644);
	assert_int_equal(places_reporters(&beside, &e), 0);

	assert_true(text_ends_with(installed, "../share/assay/reporters"));
	assert_string_equal(beside, full);
}

static void the_box_stands_beside_the_program(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *path = NULL, *full = fs_join(p->bin, "assay-box", NULL);
	struct err e = { 0 };

	put(p, "bin/assay-box", 0755);

	assert_int_equal(places_box(&path, &e), 0);
	assert_string_equal(path, full);
}

static void a_box_that_cant_be_executed_is_none(void **state)
{
	struct place *p = *state;
	char *path = NULL;
	struct err e = { 0 };

	put(p, "bin/assay-box", 0644);

	assert_int_equal(places_box(&path, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_null(path);
}

static void a_box_farther_up_is_never_taken(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *deep = fs_join(p->path, "a/b/c/bin", NULL);
	char *path = NULL;
	struct err e = { 0 };

	put(p, "./assay-box", 0755);
	put(p, "a/assay-box", 0755);
	put(p, "a/b/c/bin/assay", 0755);
	own_dir_pretend(deep);

	assert_int_equal(places_box(&path, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void templates_stand_beside_the_program_or_are_installed(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *beside = NULL, *installed = NULL;
	AUTO_FREE char *first = fs_join(p->bin, "templates", NULL);
	AUTO_FREE char *second = fs_join(p->bin, "../share/assay/templates", NULL);
	struct err e = { 0 };

	put(p, "share/assay/templates/coding/README.md", 0644);
	assert_int_equal(places_templates(&installed, &e), 0);
	put(p, "bin/templates/coding/README.md", 0644);
	assert_int_equal(places_templates(&beside, &e), 0);

	assert_string_equal(installed, second);
	assert_string_equal(beside, first);
}

static void templates_that_are_nowhere_are_not_found(void **state)
{
	struct place *p = *state;
	char *path = NULL;
	struct err e = { 0 };

	put(p, "bin/templates/others", 0644);

	assert_int_equal(places_templates(&path, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_null(path);
}

static void check_bundled(const struct place *p, const char *expected)
{
	AUTO_FREE char *path = NULL, *full = fs_join(p->bin, expected, NULL);
	struct err e = { 0 };

	assert_int_equal(places_bundled(&path, &e), 0);
	assert_string_equal(path, full);
}

static void bundled_tasks_lie_where_they_are_installed(void **state)
{
	struct place *p = *state;

	put(p, "share/assay/tasks/a/task.json", 0644);
	put(p, "share/assay/rubrics/plans/a.json", 0644);

	check_bundled(p, "../share/assay");
}

static void bundled_tasks_of_a_build_lie_above_it(void **state)
{
	struct place *p = *state;

	put(p, "tasks/a/task.json", 0644);
	put(p, "rubrics/plans/a.json", 0644);

	check_bundled(p, "..");
}

static void somebody_elses_tasks_are_not_bundled(void **state)
{
	struct place *p = *state;
	char *path = NULL;
	struct err e = { 0 };

	put(p, "tasks/todo.txt", 0644);

	assert_int_equal(places_bundled(&path, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_null(path);
}

static void the_bridge_beside_the_program_comes_first(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *path = NULL, *full = fs_join(p->bin, "bridge", NULL);
	struct err e = { 0 };

	put(p, "bin/bridge/python/serve.py", 0644);
	put(p, "share/assay/bridge/python/serve.py", 0644);

	assert_int_equal(places_bridge(&path, &e), 0);
	assert_string_equal(path, full);
}

static void an_empty_bridge_is_none(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *path = NULL, *full = fs_join(p->bin, "../share/assay/bridge", NULL);
	struct err e = { 0 };

	put(p, "bin/bridge/other", 0644);
	assert_int_equal(places_bridge(&path, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);

	put(p, "share/assay/bridge/python/serve.py", 0644);
	assert_int_equal(places_bridge(&path, &e), 0);
	assert_string_equal(path, full);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_program_locale_is_no_translation),
		TEST(translations_of_others_are_not_ours),
		TEST(translations_beside_the_program_come_first),
		TEST(reporters_beside_the_program_come_first),
		TEST(the_box_stands_beside_the_program),
		TEST(a_box_that_cant_be_executed_is_none),
		TEST(a_box_farther_up_is_never_taken),
		TEST(templates_stand_beside_the_program_or_are_installed),
		TEST(templates_that_are_nowhere_are_not_found),
		TEST(bundled_tasks_lie_where_they_are_installed),
		TEST(bundled_tasks_of_a_build_lie_above_it),
		TEST(somebody_elses_tasks_are_not_bundled),
		TEST(the_bridge_beside_the_program_comes_first),
		TEST(an_empty_bridge_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
