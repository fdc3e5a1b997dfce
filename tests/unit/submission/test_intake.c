// SPDX-License-Identifier: MIT
/* The task here is word-count: "*.c" and "*.h" at the top, 20 files, 64 KiB. */
#include "submission/intake.h"

#include "base/fs.h"
#include "base/text.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

struct place {
	char *path, *tree;
	int dir_fd; /* the submission */
	struct task *task;
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	AUTO_FREE char *submission = NULL;
	struct err e = { 0 };

	if (!p || fs_temp_dir(&p->path, "assay-test-intake", &e) < 0 ||
		task_load(&p->task, "tests/cases/tasks/word-count", false, &e) < 0)
		return -1;
	p->tree = fs_join(p->path, "tree", &e);
	submission = fs_join(p->path, "submission", &e);
	if (!p->tree || !submission || fs_make_dirs(AT_FDCWD, submission, &e) < 0 ||
		fs_open_dir(&p->dir_fd, AT_FDCWD, submission, &e) < 0)
		return -1;
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	close(p->dir_fd);
	task_free(p->task);
	fs_remove_tree(AT_FDCWD, p->path, NULL);
	free(p->path);
	free(p->tree);
	free(p);
	return 0;
}

static void submit(struct place *p, const char *name, const char *text)
{
	assert_int_equal(fs_write(p->dir_fd, name, text, strlen(text), 0600, NULL), 0);
}

static void take(struct place *p, struct intake *intake)
{
	struct err e = { 0 };

	if (intake_take(intake, p->task, p->dir_fd, p->tree, &e) < 0)
		fail_msg("%s", e.text);
}

/* The text of a file of the tree; the caller frees it. */
static char *laid(struct place *p, const char *name)
{
	AUTO_FREE char *path = fs_join(p->tree, name, NULL);
	char *bytes = NULL;
	size_t size;

	return fs_read(&bytes, &size, AT_FDCWD, path, 1 << 20, NULL) == 0 ? bytes : NULL;
}

static bool dropped(const struct intake *intake, const char *line)
{
	for (size_t i = 0; i < intake->dropped.count; i++)
		if (text_starts_with(intake->dropped.item[i], line))
			return true;
	return false;
}

static void without_a_submission_the_starter_lies_there(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	AUTO_FREE char *text = NULL;

	take(p, &intake);

	text = laid(p, "solution.c");
	assert_non_null(strstr(text, "Count the words"));
	assert_int_equal(intake.files, 0);
}

static void what_is_submitted_lies_over_the_starter(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	AUTO_FREE char *text = NULL;

	submit(p, "solution.c", "mine");
	take(p, &intake);

	text = laid(p, "solution.c");
	assert_string_equal(text, "mine");
	assert_int_equal(intake.files, 1);
	assert_int_equal(intake.bytes, 4);
	assert_int_equal(intake.dropped.count, 0);
}

static void a_second_look_finds_the_same(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake first = { 0 };
	AUTO_INTAKE struct intake second = { 0 };

	submit(p, "solution.c", "mine");
	take(p, &first);
	fs_remove_tree(AT_FDCWD, p->tree, NULL);
	take(p, &second);

	assert_int_equal(first.files, 1);
	assert_int_equal(second.files, 1);
}

static void files_get_modes_that_any_box_can_read(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	AUTO_FREE char *path = fs_join(p->tree, "run.c", NULL);
	struct stat st;

	submit(p, "run.c", "x");
	assert_int_equal(fchmodat(p->dir_fd, "run.c", 0700, 0), 0);
	take(p, &intake);

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
}

static void a_link_is_dropped_and_not_followed(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	AUTO_FREE char *text = NULL;

	assert_int_equal(symlinkat("/etc/passwd", p->dir_fd, "passwd.c"), 0);
	take(p, &intake);

	text = laid(p, "passwd.c");
	assert_null(text);
	assert_true(dropped(&intake, "passwd.c: is a link"));
}

static void a_file_with_other_names_is_dropped(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };

	submit(p, "a.c", "x");
	assert_int_equal(linkat(p->dir_fd, "a.c", p->dir_fd, "b.c", 0), 0);
	take(p, &intake);

	assert_int_equal(intake.files, 0);
	assert_true(dropped(&intake, "a.c: has other names"));
}

static void a_file_the_task_does_not_admit_is_dropped(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };

	submit(p, "conftest.py", "x");
	take(p, &intake);

	assert_true(dropped(&intake, "conftest.py: is not among"));
}

static void files_are_taken_by_name_until_their_number_is_full(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	char name[16];

	for (int i = 10; i < 35; i++) {
		snprintf(name, sizeof(name), "f%d.c", i);
		submit(p, name, "x");
	}
	take(p, &intake);

	assert_int_equal(intake.files, 20);
	assert_true(dropped(&intake, "f30.c: one file too many"));
	assert_false(dropped(&intake, "f29.c"));
}

static void a_file_of_holes_is_dropped_without_being_read(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	AUTO_CLOSE int fd = openat(p->dir_fd, "sparse.c", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	assert_int_equal(ftruncate(fd, 1LL << 40), 0);
	take(p, &intake);

	assert_true(dropped(&intake, "sparse.c: too large"));
}

static void the_largest_size_there_is_is_too_large_as_well(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	AUTO_CLOSE int file = openat(p->dir_fd, "huge.c", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	submit(p, "a.c", "one byte and more");
	/* Not every file system has files of 2^63 - 1 bytes: a tmpfs does. */
	if (ftruncate(file, INT64_MAX) < 0)
		skip();
	take(p, &intake);

	assert_true(dropped(&intake, "huge.c: too large"));
	assert_int_equal(intake.files, 1);
}

static void directories_count_like_files(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	char name[64];

	/* 1 MiB are 256 inodes, of which the program keeps half; each of these files takes 8. */
	p->task->limits.disk_mib = 1;
	p->task->max_files = 1000;
	assert_int_equal(strings_add(&p->task->editable, "**", NULL), 0);
	for (int i = 10; i < 40; i++) {
		snprintf(name, sizeof(name), "d%d/a/b/c/d/e/f", i);
		assert_int_equal(fs_make_dirs(p->dir_fd, name, NULL), 0);
		snprintf(name, sizeof(name), "d%d/a/b/c/d/e/f/x.c", i);
		submit(p, name, "x");
	}
	take(p, &intake);

	assert_int_equal(intake.files, 15);
	assert_true(dropped(&intake, "d25/a/b/c/d/e/f/x.c: all files and directories together"));
}

static void a_path_that_is_too_long_is_dropped(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	AUTO_TEXT struct text path = { 0 };

	for (int i = 0; i < 6; i++) {
		text_add_times(&path, "x", 200);
		text_add(&path, "/");
	}
	path.bytes[path.length - 1] = '\0';
	assert_int_equal(fs_make_dirs(p->dir_fd, path.bytes, NULL), 0);
	take(p, &intake);

	assert_int_equal(intake.dropped.count, 1);
	assert_non_null(strstr(intake.dropped.item[0], "has a path that is too long"));
}

static void a_name_that_a_repository_may_not_have_is_dropped(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };

	submit(p, "back\\slash.c", "x");
	assert_int_equal(fs_make_dirs(p->dir_fd, "git~1", NULL), 0);
	submit(p, "c1\xc2\x9b.c", "x");
	take(p, &intake);

	assert_int_equal(intake.files, 0);
	assert_true(dropped(&intake, "back\\slash.c: has a name that"));
	assert_true(dropped(&intake, "git~1: has a name that some file systems take for .git"));
	assert_true(dropped(&intake, "c1\\x9b.c: has a name that holds a control"));
}

static void a_name_that_commands_a_terminal_is_shown_and_dropped(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };

	submit(p, "a\x1b[2J\n.c", "x");
	take(p, &intake);

	assert_int_equal(intake.files, 0);
	assert_true(dropped(&intake, "a\\x1b[2J\\n.c: has a name"));
}

static void a_name_that_is_no_utf8_is_dropped(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };

	submit(p, "caf\xe9.c", "x");
	take(p, &intake);

	assert_true(dropped(&intake, "caf\ufffd.c: has a name"));
}

static void a_directory_in_the_place_of_a_starter_file_changes_nothing(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	AUTO_FREE char *text = NULL;

	assert_int_equal(fs_make_dirs(p->dir_fd, "solution.c", NULL), 0);
	submit(p, "solution.c/inner.c", "x");
	take(p, &intake);

	text = laid(p, "solution.c");
	assert_non_null(text);
	assert_int_equal(intake.files, 0);
}

static void the_list_of_what_was_dropped_ends_somewhere(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };
	char name[16];

	for (int i = 0; i < INTAKE_MAX_NAMED + 7; i++) {
		snprintf(name, sizeof(name), "%d.txt", i);
		assert_int_equal(mkfifoat(p->dir_fd, name, 0600), 0);
	}
	take(p, &intake);

	assert_int_equal(intake.dropped.count, INTAKE_MAX_NAMED + 1);
	assert_string_equal(intake.dropped.item[INTAKE_MAX_NAMED], "and 7 more");
}

/* --- tests in the same process ---------------------------------------------------------------------------------- */

static void use_task(struct place *p, const char *dir)
{
	struct task *task = NULL;
	struct err e = { 0 };

	if (task_load(&task, dir, false, &e) < 0)
		fail_msg("%s", e.text);
	task_free(p->task);
	p->task = task;
}

static void what_would_stand_in_for_a_librarys_module_is_dropped_where_tests_share_the_process(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };

	use_task(p, "tests/cases/tasks/stack");
	submit(p, "pytest.py", "raise SystemExit(0)");
	submit(p, "random.py", "x");
	submit(p, "link.py", "x");
	take(p, &intake);

	assert_int_equal(intake.files, 1);
	assert_true(dropped(&intake, "pytest.py: would stand in for a module or header"));
	assert_true(dropped(&intake, "random.py: would stand in for a module or header"));
}

static void where_tests_only_reach_a_program_its_modules_may_be_called_anything(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };

	use_task(p, "tests/cases/tasks/key-store");
	submit(p, "queue.py", "x");
	take(p, &intake);

	assert_int_equal(intake.files, 1);
	assert_int_equal(intake.dropped.count, 0);
}

static void a_name_that_the_task_itself_gives_is_taken(void **state)
{
	struct place *p = *state;
	AUTO_INTAKE struct intake intake = { 0 };

	use_task(p, "tests/cases/tasks/stack");
	assert_int_equal(strings_add(&p->task->editable, "queue.py", NULL), 0);
	submit(p, "queue.py", "x");
	submit(p, "heapq.py", "x");
	take(p, &intake);

	assert_int_equal(intake.files, 1);
	assert_int_equal(intake.dropped.count, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_a_submission_the_starter_lies_there),
		TEST(what_is_submitted_lies_over_the_starter),
		TEST(a_second_look_finds_the_same),
		TEST(files_get_modes_that_any_box_can_read),
		TEST(a_link_is_dropped_and_not_followed),
		TEST(a_file_with_other_names_is_dropped),
		TEST(a_file_the_task_does_not_admit_is_dropped),
		TEST(files_are_taken_by_name_until_their_number_is_full),
		TEST(a_file_of_holes_is_dropped_without_being_read),
		TEST(the_largest_size_there_is_is_too_large_as_well),
		TEST(directories_count_like_files),
		TEST(a_path_that_is_too_long_is_dropped),
		TEST(a_name_that_a_repository_may_not_have_is_dropped),
		TEST(a_name_that_commands_a_terminal_is_shown_and_dropped),
		TEST(a_name_that_is_no_utf8_is_dropped),
		TEST(a_directory_in_the_place_of_a_starter_file_changes_nothing),
		TEST(the_list_of_what_was_dropped_ends_somewhere),
		TEST(what_would_stand_in_for_a_librarys_module_is_dropped_where_tests_share_the_process),
		TEST(where_tests_only_reach_a_program_its_modules_may_be_called_anything),
		TEST(a_name_that_the_task_itself_gives_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
