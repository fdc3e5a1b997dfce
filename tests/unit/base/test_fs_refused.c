// SPDX-License-Identifier: MIT
// link: -Wl,--wrap=readdir -Wl,--wrap=unlinkat -Wl,@tests/support/failing_alloc.link
/* What happens when the system itself refuses: a disk that can't be read, a file that may not be removed, no memory. */
#include "base/fs.h"
#include "support/failing_alloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct {
	int entries_left;  /* readdir gives so many, then EIO; -1: as many as there are */
	const char *stays; /* what unlinkat doesn't remove */
} refusing = { .entries_left = -1 };

struct dirent *__real_readdir(DIR *dir);
int __real_unlinkat(int dir_fd, const char *name, int flags);

struct dirent *__wrap_readdir(DIR *dir);
int __wrap_unlinkat(int dir_fd, const char *name, int flags);

struct dirent *__wrap_readdir(DIR *dir)
{
	if (refusing.entries_left == 0) {
		errno = EIO;
		return NULL;
	}
	refusing.entries_left -= refusing.entries_left > 0;
	return __real_readdir(dir);
}

/* As in a directory with the sticky bit, where a file of another account lies. */
int __wrap_unlinkat(int dir_fd, const char *name, int flags)
{
	if (refusing.stays && strcmp(name, refusing.stays) == 0) {
		errno = EPERM;
		return -1;
	}
	return __real_unlinkat(dir_fd, name, flags);
}

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

	refusing.entries_left = -1;
	refusing.stays = NULL;
	close(place->fd);
	if (fs_remove_tree(AT_FDCWD, place->path, NULL) < 0)
		return -1;
	free(place->path);
	return 0;
}

static mode_t mode_of(const struct place *p, const char *name)
{
	struct stat st;

	assert_int_equal(fstatat(p->fd, name, &st, AT_SYMLINK_NOFOLLOW), 0);
	return st.st_mode & 07777;
}

static void a_list_that_broke_off_is_an_error_and_no_short_list(void **state)
{
	struct place *p = *state;
	struct strings names = { 0 };
	struct err e = { 0 };
	assert_int_equal(fs_write(p->fd, "a", "x", 1, 0644, &e), 0);
	assert_int_equal(fs_write(p->fd, "b", "x", 1, 0644, &e), 0);

	refusing.entries_left = 3;

	assert_int_equal(fs_list(&names, p->fd, ".", 100, &e), -1);
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_string_equal(e.text, "cannot list a directory: Input/output error");
	assert_int_equal(names.count, 0);
}

static void a_link_that_stays_leaves_its_target_as_it_was(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	assert_int_equal(fs_write(p->fd, "victim", "x", 1, 0640, &e), 0);
	assert_int_equal(mkdirat(p->fd, "tree", 0755), 0);
	assert_int_equal(symlinkat("../victim", p->fd, "tree/link"), 0);

	refusing.stays = "link";

	assert_int_equal(fs_remove_tree(p->fd, "tree", &e), -1);
	assert_int_equal(mode_of(p, "victim"), 0640);
	assert_string_equal(e.text, "cannot remove tree: cannot remove a file: Operation not permitted");
}

static void removing_that_broke_off_leaves_nothing_beside_the_tree(void **state)
{
	struct place *p = *state;
	AUTO_STRINGS struct strings names = { 0 };
	struct err e = { 0 };
	assert_int_equal(fs_make_dirs(p->fd, "tree/a/b/c", &e), 0);
	assert_int_equal(fs_write(p->fd, "tree/a/b/c/stays", "x", 1, 0644, &e), 0);

	refusing.stays = "stays";

	assert_int_equal(fs_remove_tree(p->fd, "tree", &e), -1);
	assert_int_equal(fs_list(&names, p->fd, ".", 100, &e), 0);
	assert_int_equal(names.count, 1);
	assert_string_equal(names.item[0], "tree");
}

static void removing_that_broke_off_can_be_finished(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	assert_int_equal(fs_make_dirs(p->fd, "tree/a/b/c", &e), 0);
	assert_int_equal(fs_write(p->fd, "tree/a/b/c/stays", "x", 1, 0644, &e), 0);
	refusing.stays = "stays";
	assert_int_equal(fs_remove_tree(p->fd, "tree", &e), -1);

	refusing.stays = NULL;

	assert_int_equal(fs_remove_tree(p->fd, "tree", &e), 0);
	assert_false(fs_exists(p->fd, "tree"));
}

static void reading_without_memory_leaves_the_size_untouched(void **state)
{
	struct place *p = *state;
	AUTO_CLOSE int fd = -1;
	char *bytes = NULL;
	size_t size = 7;
	int said;
	struct err e = { 0 };
	assert_int_equal(fs_write(p->fd, "a", "0123456789", 10, 0644, &e), 0);
	assert_int_equal(fs_open(&fd, p->fd, "a", O_RDONLY, 0, &e), 0);

	failing_alloc_start(0, FAIL_FROM_THEN_ON);
	said = fs_read_fd(&bytes, &size, fd, "a", 100, &e);
	failing_alloc_stop();

	assert_int_equal(said, -1);
	assert_string_equal(e.text, "out of memory");
	assert_int_equal(size, 7);
	assert_null(bytes);
}

static void reading_without_memory_ends_though_the_bytes_never_do(void **state)
{
	AUTO_CLOSE int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	char *bytes = NULL;
	size_t size = 7;
	int said;
	struct err e = { 0 };
	(void)state;

	failing_alloc_start(0, FAIL_FROM_THEN_ON);
	said = fs_read_fd(&bytes, &size, fd, "zero", SIZE_MAX, &e);
	failing_alloc_stop();

	assert_int_equal(said, -1);
	assert_string_equal(e.text, "out of memory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_list_that_broke_off_is_an_error_and_no_short_list, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_link_that_stays_leaves_its_target_as_it_was, set_up, tear_down),
		cmocka_unit_test_setup_teardown(removing_that_broke_off_leaves_nothing_beside_the_tree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(removing_that_broke_off_can_be_finished, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reading_without_memory_leaves_the_size_untouched, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reading_without_memory_ends_though_the_bytes_never_do, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
