// SPDX-License-Identifier: MIT
#include "base/fs.h"

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

struct place {
	char *path;
	int fd;
};

static int set_up(void **state)
{
	static struct place place;
	struct err e = { 0 };

	if (fs_temp_dir(&place.path, "assay-test-fs", &e) < 0 || fs_open_dir(&place.fd, AT_FDCWD, place.path, &e) < 0)
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

static void a_file_is_read_back_as_it_was_written(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *bytes = NULL;
	size_t size = 0;

	assert_int_equal(fs_write(p->fd, "a.txt", "a\0b", 3, 0644, &e), 0);
	assert_int_equal(fs_read(&bytes, &size, p->fd, "a.txt", 100, &e), 0);

	assert_int_equal(size, 3);
	assert_memory_equal(bytes, "a\0b", 4);
}

static void a_file_over_its_limit_is_refused_by_name_and_limit(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	char *bytes = NULL;
	size_t size = 0;

	assert_int_equal(fs_write(p->fd, "big", "0123456789", 10, 0644, &e), 0);
	assert_int_equal(fs_read(&bytes, &size, p->fd, "big", 9, &e), -1);

	assert_int_equal(e.kind, ERR_LIMIT);
	assert_string_equal(e.text, "big is larger than 9 bytes");
	assert_null(bytes);
}

static mode_t mode_of(const struct place *p, const char *name)
{
	struct stat st;

	assert_int_equal(fstatat(p->fd, name, &st, AT_SYMLINK_NOFOLLOW), 0);
	return st.st_mode & 07777;
}

static void a_new_file_is_no_more_open_than_the_umask_lets_it(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	mode_t before = umask(077);
	int said = fs_write(p->fd, "card.html", "x", 1, 0644, &e);

	umask(before);

	assert_int_equal(said, 0);
	assert_int_equal(mode_of(p, "card.html"), 0600);
}

static void a_file_that_is_written_anew_keeps_its_mode(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	assert_int_equal(fs_write(p->fd, "card.html", "x", 1, 0600, &e), 0);

	assert_int_equal(fs_write(p->fd, "card.html", "y", 1, 0644, &e), 0);

	assert_int_equal(mode_of(p, "card.html"), 0600);
}

static void writing_replaces_nothing_but_files(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	struct stat st;
	assert_int_equal(mkfifoat(p->fd, "fifo", 0600), 0);

	assert_int_equal(fs_write(p->fd, "fifo", "x", 1, 0644, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_string_equal(e.text, "cannot write fifo: something stands there that is no regular file, and is not replaced");
	assert_int_equal(fstatat(p->fd, "fifo", &st, AT_SYMLINK_NOFOLLOW), 0);
	assert_true(S_ISFIFO(st.st_mode));
}

static void a_copied_tree_is_open_to_a_box_whatever_the_umask(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	mode_t before;
	int said;
	assert_int_equal(fs_make_dirs(p->fd, "from/deep", &e), 0);
	assert_int_equal(fs_write(p->fd, "from/deep/file", "x", 1, 0600, &e), 0);

	before = umask(077);
	said = fs_copy_tree(p->fd, "from", p->fd, "made/to", &e);
	umask(before);

	assert_int_equal(said, 0);
	assert_int_equal(mode_of(p, "made"), 0755);
	assert_int_equal(mode_of(p, "made/to"), 0755);
	assert_int_equal(mode_of(p, "made/to/deep"), 0755);
	assert_int_equal(mode_of(p, "made/to/deep/file"), 0644);
}

static void no_directory_is_made_through_a_link(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	assert_int_equal(fs_make_dirs(p->fd, "outside", &e), 0);
	assert_int_equal(mkdirat(p->fd, "tree", 0755), 0);
	assert_int_equal(symlinkat("../outside", p->fd, "tree/link"), 0);

	assert_int_equal(fs_make_dirs(p->fd, "tree/link/new", &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_string_equal(e.text, "cannot make the directory tree/link: something else stands there");
	assert_false(fs_exists(p->fd, "outside/new"));
}

static void no_directory_is_made_outside(void **state)
{
	struct place *p = *state;
	AUTO_CLOSE int inside = -1;
	struct err e = { 0 };
	assert_int_equal(fs_make_dirs(p->fd, "inside", &e), 0);
	assert_int_equal(fs_open_dir(&inside, p->fd, "inside", &e), 0);

	assert_int_equal(fs_make_dirs(inside, "../new", &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_false(fs_exists(p->fd, "new"));
}

static void a_file_in_the_way_is_no_directory_that_was_made(void **state)
{
	struct place *p = *state;
	AUTO_FREE char *path = mem_format(NULL, "%s/file", p->path);
	struct err e = { 0 };
	struct err typed = { 0 };
	assert_int_equal(fs_write(p->fd, "file", "x", 1, 0644, &e), 0);

	assert_int_equal(fs_make_dirs(p->fd, "file", &e), -1);
	assert_int_equal(fs_make_dirs(AT_FDCWD, path, &typed), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(typed.kind, ERR_CONFLICT);
}

static void what_lies_behind_a_link_is_not_there(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	assert_int_equal(fs_make_dirs(p->fd, "real/dir", &e), 0);
	assert_int_equal(fs_write(p->fd, "real/file", "x", 1, 0644, &e), 0);
	assert_int_equal(symlinkat("real", p->fd, "link"), 0);
	assert_int_equal(symlinkat("nowhere", p->fd, "dangling"), 0);

	assert_false(fs_exists(p->fd, "link/file"));
	assert_false(fs_is_file(p->fd, "link/file"));
	assert_false(fs_is_dir(p->fd, "link/dir"));
	assert_true(fs_is_dir(p->fd, "real/dir"));
	assert_true(fs_exists(p->fd, "link"));
	assert_true(fs_exists(p->fd, "dangling"));
}

static void a_link_is_never_followed_below_a_directory(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	int fd = -1;

	assert_int_equal(symlinkat("/etc/passwd", p->fd, "link"), 0);
	assert_int_equal(fs_open(&fd, p->fd, "link", O_RDONLY, 0, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_int_equal(fd, -1);
}

static void dots_never_lead_out_of_a_directory(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	int fd = -1;

	assert_int_equal(fs_open(&fd, p->fd, "../../etc/passwd", O_RDONLY, 0, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
}

static void a_fifo_is_refused_and_not_waited_for(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	char *bytes = NULL;
	size_t size = 0;

	assert_int_equal(mkfifoat(p->fd, "fifo", 0600), 0);
	assert_int_equal(fs_read(&bytes, &size, p->fd, "fifo", 100, &e), -1);

	assert_string_equal(e.text, "fifo is not a regular file");
}

static void three_thousand_levels_are_removed(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	int fd = dup(p->fd);

	for (int i = 0; i < 3000; i++) {
		int next;

		assert_int_equal(mkdirat(fd, "d", 0700), 0);
		next = openat(fd, "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		close(fd);
		fd = next;
	}
	close(fd);

	assert_int_equal(fs_remove_tree(p->fd, "d", &e), 0);

	assert_false(fs_exists(p->fd, "d"));
}

static void removing_never_touches_what_a_link_points_to(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	assert_int_equal(mkdirat(p->fd, "kept", 0700), 0);
	assert_int_equal(fs_write(p->fd, "kept/file", "x", 1, 0600, &e), 0);
	assert_int_equal(mkdirat(p->fd, "gone", 0700), 0);
	assert_int_equal(symlinkat("../kept", p->fd, "gone/link"), 0);

	assert_int_equal(fs_remove_tree(p->fd, "gone", &e), 0);

	assert_true(fs_exists(p->fd, "kept/file"));
}

static void names_that_were_planted_dont_keep_a_tree(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	assert_int_equal(fs_make_dirs(p->fd, "tree/0/full", &e), 0);
	assert_int_equal(symlinkat("/etc", p->fd, "tree/1"), 0);
	assert_int_equal(fs_write(p->fd, "tree/2", "x", 1, 0644, &e), 0);
	assert_int_equal(fs_make_dirs(p->fd, "tree/a/b/c", &e), 0);

	assert_int_equal(fs_remove_tree(p->fd, "tree", &e), 0);

	assert_false(fs_exists(p->fd, "tree"));
}

static void modes_that_keep_everybody_out_dont_keep_a_tree(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	assert_int_equal(fs_make_dirs(p->fd, "tree/a/b", &e), 0);
	assert_int_equal(fchmodat(p->fd, "tree/a/b", 0, 0), 0);
	assert_int_equal(fchmodat(p->fd, "tree/a", 0, 0), 0);
	assert_int_equal(fchmodat(p->fd, "tree", 0, 0), 0);

	assert_int_equal(fs_remove_tree(p->fd, "tree", &e), 0);

	assert_false(fs_exists(p->fd, "tree"));
}

static void only_plain_paths_are_plain(void **state)
{
	(void)state;

	assert_true(fs_is_plain_path("a/b.c/..d"));
	assert_false(fs_is_plain_path(""));
	assert_false(fs_is_plain_path("/a"));
	assert_false(fs_is_plain_path("a/"));
	assert_false(fs_is_plain_path("a//b"));
	assert_false(fs_is_plain_path("a/../b"));
	assert_false(fs_is_plain_path("./a"));
}

static int remove_what_follows(const struct fs_entry *entry, void *seen, struct err *e)
{
	(void)e;
	snprintf(seen, 16, "%s", entry->path);
	unlinkat(entry->dir_fd, "b", 0);
	unlinkat(entry->dir_fd, "c", AT_REMOVEDIR);
	return FS_GO_ON;
}

static void what_goes_during_a_walk_is_left_out(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	char last[16] = "";

	assert_int_equal(fs_write(p->fd, "a", "", 0, 0644, &e), 0);
	assert_int_equal(fs_write(p->fd, "b", "", 0, 0644, &e), 0);
	assert_int_equal(mkdirat(p->fd, "c", 0755), 0);

	assert_int_equal(fs_walk(p->fd, ".", 10, remove_what_follows, last, &e), 0);

	assert_string_equal(last, "a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_is_read_back_as_it_was_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_over_its_limit_is_refused_by_name_and_limit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_new_file_is_no_more_open_than_the_umask_lets_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_that_is_written_anew_keeps_its_mode, set_up, tear_down),
		cmocka_unit_test_setup_teardown(writing_replaces_nothing_but_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_copied_tree_is_open_to_a_box_whatever_the_umask, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_directory_is_made_through_a_link, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_directory_is_made_outside, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_in_the_way_is_no_directory_that_was_made, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_lies_behind_a_link_is_not_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_link_is_never_followed_below_a_directory, set_up, tear_down),
		cmocka_unit_test_setup_teardown(dots_never_lead_out_of_a_directory, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_fifo_is_refused_and_not_waited_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(three_thousand_levels_are_removed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(removing_never_touches_what_a_link_points_to, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_that_were_planted_dont_keep_a_tree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(modes_that_keep_everybody_out_dont_keep_a_tree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_goes_during_a_walk_is_left_out, set_up, tear_down),
		cmocka_unit_test(only_plain_paths_are_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
