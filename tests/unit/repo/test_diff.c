// SPDX-License-Identifier: MIT
#include "repo/diff.h"

#include "base/fs.h"
#include "base/spawn.h"
#include "repo/clone.h"
#include "support/git_fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

struct pair {
	char *dir, *base, *head;
	struct diff diff;
};

static int set_up(void **state)
{
	struct pair *p = calloc(1, sizeof(*p));
	struct err e = { 0 };

	if (!p || repo_start(&e) < 0 || fs_temp_dir(&p->dir, "assay-test-diff", &e) < 0)
		return -1;
	p->base = fs_join(p->dir, "base", &e);
	p->head = fs_join(p->dir, "head", &e);
	if (fs_make_dirs(AT_FDCWD, p->base, &e) < 0 || fs_make_dirs(AT_FDCWD, p->head, &e) < 0)
		return -1;
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct pair *p = *state;
	struct err e = { 0 };
	int code = fs_remove_tree(AT_FDCWD, p->dir, &e);

	repo_stop();
	diff_done(&p->diff);
	free(p->dir);
	free(p->base);
	free(p->head);
	free(p);
	return code;
}

static void compare(struct pair *p)
{
	struct err e = { 0 };

	assert_int_equal(diff_dirs(&p->diff, p->base, p->head, &e), 0);
}

static void a_changed_line_stands_in_a_hunk_with_its_numbers(void **state)
{
	struct pair *p = *state;

	fixture_file(p->base, "a.c", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
	fixture_file(p->head, "a.c", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n");
	compare(p);

	assert_int_equal(p->diff.file_count, 1);
	assert_int_equal(p->diff.added, 1);
	assert_int_equal(p->diff.removed, 1);
	assert_int_equal(p->diff.files[0].new_total_lines, 9);
	assert_int_equal(p->diff.files[0].hunks[0].new_start, 2);
	assert_int_equal(p->diff.files[0].hunks[0].line_count, 8);
	assert_int_equal(p->diff.files[0].hunks[0].lines[3].origin, DIFF_REMOVED);
	assert_int_equal(p->diff.files[0].hunks[0].lines[3].old_line, 5);
	assert_int_equal(p->diff.files[0].hunks[0].lines[3].new_line, 0);
	assert_string_equal(p->diff.files[0].hunks[0].lines[4].text, "five");
	assert_int_equal(p->diff.files[0].hunks[0].lines[4].new_line, 5);
}

static void equal_directories_differ_in_nothing(void **state)
{
	struct pair *p = *state;

	fixture_file(p->base, "a.c", "1\n");
	fixture_file(p->head, "a.c", "1\n");
	compare(p);

	assert_int_equal(p->diff.file_count, 0);
}

static void files_stand_in_the_order_of_their_paths_with_their_status(void **state)
{
	struct pair *p = *state;

	fixture_file(p->base, "b/gone", "a\nb\nc\n");
	fixture_file(p->head, "a/new", "x\n");
	compare(p);

	assert_int_equal(p->diff.file_count, 2);
	assert_string_equal(p->diff.files[0].new_path, "a/new");
	assert_int_equal(p->diff.files[0].status, DIFF_FILE_ADDED);
	assert_null(p->diff.files[0].old_path);
	assert_int_equal(p->diff.files[1].status, DIFF_FILE_REMOVED);
	assert_null(p->diff.files[1].new_path);
}

static void a_renamed_file_is_one_file(void **state)
{
	struct pair *p = *state;

	fixture_file(p->base, "old.c", "one\ntwo\nthree\nfour\nfive\nsix\nseven\n");
	fixture_file(p->head, "new.c", "one\ntwo\nthree\n4\nfive\nsix\nseven\n");
	compare(p);

	assert_int_equal(p->diff.file_count, 1);
	assert_int_equal(p->diff.files[0].status, DIFF_FILE_RENAMED);
	assert_string_equal(p->diff.files[0].old_path, "old.c");
	assert_string_equal(p->diff.files[0].new_path, "new.c");
	assert_int_equal(p->diff.removed, 1);
}

static void line_ends_are_kept_beside_the_text(void **state)
{
	struct pair *p = *state;

	fixture_file(p->head, "a", "dos\r\nlast");
	compare(p);

	assert_string_equal(p->diff.files[0].hunks[0].lines[0].text, "dos");
	assert_true(p->diff.files[0].hunks[0].lines[0].crlf);
	assert_true(p->diff.files[0].hunks[0].lines[1].unended);
	assert_int_equal(p->diff.files[0].hunks[0].line_count, 2);
	assert_int_equal(p->diff.files[0].new_total_lines, 2);
}

static void bytes_that_are_not_utf8_are_replaced(void **state)
{
	struct pair *p = *state;

	fixture_file(p->head, "a", "caf\xe9\n");
	compare(p);

	assert_string_equal(p->diff.files[0].hunks[0].lines[0].text, "caf\xef\xbf\xbd");
}

static void a_large_file_is_listed_without_hunks(void **state)
{
	struct pair *p = *state;
	AUTO_FREE char *large = calloc(1, (1 << 20) + 2);

	memset(large, '\n', (1 << 20) + 1);
	fixture_file(p->head, "large", large);
	compare(p);

	assert_true(p->diff.files[0].opaque);
	assert_int_equal(p->diff.files[0].hunk_count, 0);
}

static void a_gitattributes_file_has_no_say(void **state)
{
	struct pair *p = *state;

	fixture_file(p->base, ".gitattributes", "*.c -diff binary\n");
	fixture_file(p->head, ".gitattributes", "*.c -diff binary\n");
	fixture_file(p->head, "a.c", "1\n");
	compare(p);

	assert_int_equal(p->diff.files[0].hunk_count, 1);
}

static void a_link_is_refused_by_name(void **state)
{
	struct pair *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *link = fs_join(p->head, "link", &e);

	assert_int_equal(symlink("/etc/passwd", link), 0);

	assert_int_equal(diff_dirs(&p->diff, p->base, p->head, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "link is a link or a device"));
}

static void a_directory_that_is_missing_is_not_found(void **state)
{
	struct pair *p = *state;
	struct err e = { 0 };

	assert_int_equal(fs_remove_tree(AT_FDCWD, p->head, &e), 0);

	assert_int_equal(diff_dirs(&p->diff, p->base, p->head, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void apply(struct pair *p, const char *patch)
{
	const char *const argv[] = { "/usr/bin/git", "-C", p->base, "apply", "--whitespace=nowarn", patch, NULL };
	const char *const env[] = { "HOME=/nonexistent", "LC_ALL=C", NULL };
	struct spawn what = { .argv = argv, .env = env, .in = -1, .out = -1, .err = 2 };
	struct err e = { 0 };
	pid_t pid = 0;
	int status = -1;

	assert_int_equal(spawn_start(&what, &pid, &e), 0);
	assert_int_equal(spawn_wait(pid, 10000, &status, &e), 0);
	assert_int_equal(status, 0);
}

static void git_applies_what_is_rendered(void **state)
{
	struct pair *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *text = NULL;
	AUTO_FREE char *patch = fs_join(p->dir, "patch", &e);

	fixture_file(p->base, "sub/old.c", "one\ntwo\nthree\nfour\nfive\nsix\nseven\n");
	fixture_file(p->head, "sub/new.c", "one\ntwo\nthree\n4\nfive\nsix\nseven\n");
	fixture_file(p->base, "gone", "x");
	fixture_file(p->head, "a \"b\" \\ ü", "dos\r\nlast");
	fixture_file(p->base, "mixed", "1\r\n2\n3\n");
	fixture_file(p->head, "mixed", "1\n2\n3");
	fixture_file(p->head, "empty", "");
	compare(p);
	assert_int_equal(diff_render(&p->diff, &text, &e), 0);
	fixture_file(p->dir, "patch", text);

	apply(p, patch);

	diff_done(&p->diff);
	compare(p);
	assert_int_equal(p->diff.file_count, 0);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_changed_line_stands_in_a_hunk_with_its_numbers),
		CLAIM(equal_directories_differ_in_nothing),
		CLAIM(files_stand_in_the_order_of_their_paths_with_their_status),
		CLAIM(a_renamed_file_is_one_file),
		CLAIM(line_ends_are_kept_beside_the_text),
		CLAIM(bytes_that_are_not_utf8_are_replaced),
		CLAIM(a_large_file_is_listed_without_hunks),
		CLAIM(a_gitattributes_file_has_no_say),
		CLAIM(a_link_is_refused_by_name),
		CLAIM(a_directory_that_is_missing_is_not_found),
		CLAIM(git_applies_what_is_rendered),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
