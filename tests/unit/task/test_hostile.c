// SPDX-License-Identifier: MIT
/* A package whose author means harm: what no case in tests/cases/ can hold, because git can't or copying refuses it. */
#include "base/fs.h"
#include "task/task.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

struct place {
	char *path;
	int fd;
};

/* A copy of a good package. */
static int set_up(void **state)
{
	static struct place place;
	struct err e = { 0 };

	if (fs_temp_dir(&place.path, "assay-test-hostile", &e) < 0 ||
		fs_open_dir(&place.fd, AT_FDCWD, place.path, &e) < 0 ||
		fs_copy_tree(AT_FDCWD, "tests/cases/task/base/coding", place.fd, ".", &e) < 0)
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

static void assert_refused(const struct place *place, enum err_kind kind, const char *text)
{
	struct task *task = NULL;
	struct err e = { 0 };

	assert_int_equal(task_load(&task, place->path, false, &e), -1);

	assert_string_equal(e.text, text);
	assert_int_equal(e.kind, kind);
	assert_null(task);
}

static void a_link_out_of_the_package_is_refused_by_name(void **state)
{
	struct place *place = *state;
	assert_int_equal(symlinkat("/etc/passwd", place->fd, "starter/passwd"), 0);

	assert_refused(place, ERR_INVALID,
		"starter/passwd is a link: a task package has files and directories only");
}

static void a_suite_that_is_a_link_is_not_followed(void **state)
{
	struct place *place = *state;
	struct err e = { 0 };
	assert_int_equal(fs_remove_tree(place->fd, "tests/errors", &e), 0);
	assert_int_equal(symlinkat("visible", place->fd, "tests/errors"), 0);

	assert_refused(place, ERR_INVALID, "tests/errors is a link: a task package has files and directories only");
}

static void a_statement_that_is_a_fifo_does_not_make_us_wait(void **state)
{
	struct place *place = *state;
	assert_int_equal(unlinkat(place->fd, "statement.md", 0), 0);
	assert_int_equal(mkfifoat(place->fd, "statement.md", 0644), 0);

	assert_refused(place, ERR_INVALID, "statement.md is a FIFO: a task package has files and directories only");
}

static void a_task_json_that_is_a_fifo_does_not_make_us_wait(void **state)
{
	struct place *place = *state;
	assert_int_equal(unlinkat(place->fd, "task.json", 0), 0);
	assert_int_equal(mkfifoat(place->fd, "task.json", 0644), 0);

	assert_refused(place, ERR_INVALID, "task.json is not a regular file");
}

static void a_task_json_that_is_a_link_is_not_read(void **state)
{
	struct place *place = *state;
	assert_int_equal(renameat(place->fd, "task.json", place->fd, "other.json"), 0);
	assert_int_equal(symlinkat("other.json", place->fd, "task.json"), 0);

	assert_refused(place, ERR_INVALID, "task.json is a link, or leads out of its directory: not followed");
}

static void an_entry_is_named_without_its_escapes(void **state)
{
	struct place *place = *state;
	assert_int_equal(symlinkat("x", place->fd, "\x1b[2J\nok"), 0);

	assert_refused(place, ERR_INVALID,
		"\\x1b[2J\\nok is a link: a task package has files and directories only");
}

static void a_hundred_thousand_files_are_refused_by_the_limit(void **state)
{
	struct place *place = *state;
	char name[32];
	assert_int_equal(mkdirat(place->fd, "starter/many", 0755), 0);
	for (int i = 0; i < 100000; i++) {
		snprintf(name, sizeof(name), "starter/many/%d", i);
		assert_int_equal(mknodat(place->fd, name, S_IFREG | 0644, 0), 0);
	}

	assert_refused(place, ERR_LIMIT, "the task package is too large: more than 20000 entries in one directory");
}

static void nesting_without_end_is_refused_by_the_limit(void **state)
{
	struct place *place = *state;
	char path[1024] = "starter";
	struct err e = { 0 };
	for (int i = 0; i < 110; i++)
		snprintf(path + strlen(path), sizeof(path) - strlen(path), "/d");
	assert_int_equal(fs_make_dirs(place->fd, path, &e), 0);

	assert_refused(place, ERR_LIMIT,
		"the task package is too large: directories are nested deeper than 100 levels");
}

static void what_git_keeps_beside_a_package_is_no_part_of_it(void **state)
{
	struct place *place = *state;
	AUTO_TASK struct task *task = NULL;
	struct err e = { 0 };
	assert_int_equal(mkdirat(place->fd, ".git", 0755), 0);
	assert_int_equal(symlinkat("/nowhere", place->fd, ".git/link"), 0);

	assert_int_equal(task_load(&task, place->path, false, &e), 0);
}

static void bytes_that_are_no_text_become_text(void **state)
{
	struct place *place = *state;
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };
	assert_int_equal(fs_write(place->fd, "statement.md", "a\xff\0b", 4, 0644, &e), 0);

	assert_int_equal(task_load(&task, place->path, false, &e), 0);
	assert_int_equal(task_text(&text, task, "statement.md", LANGUAGE_EN, &e), 0);

	assert_string_equal(text, "a\xEF\xBF\xBD\xEF\xBF\xBD" "b");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_link_out_of_the_package_is_refused_by_name),
		EACH(a_suite_that_is_a_link_is_not_followed),
		EACH(a_statement_that_is_a_fifo_does_not_make_us_wait),
		EACH(a_task_json_that_is_a_fifo_does_not_make_us_wait),
		EACH(a_task_json_that_is_a_link_is_not_read),
		EACH(an_entry_is_named_without_its_escapes),
		EACH(a_hundred_thousand_files_are_refused_by_the_limit),
		EACH(nesting_without_end_is_refused_by_the_limit),
		EACH(what_git_keeps_beside_a_package_is_no_part_of_it),
		EACH(bytes_that_are_no_text_become_text),
	};

	/* A hundred thousand files take a disk seconds and memory none. */
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
