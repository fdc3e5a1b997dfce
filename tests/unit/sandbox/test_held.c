// SPDX-License-Identifier: MIT
/* What memfds count: a box's /proc here is a folder in which every process is this one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cmocka.h>

#include "auto.h"
#include "clock.h"
#include "held.h"
#include "kernel.h"

enum { LIMIT_KIB = 1 << 20, MEMFD_KIB = 64 };

static char folder[] = "/tmp/assay-held.XXXXXX";
static struct spare spare;

static int make_proc(void **state)
{
	struct plan plan;
	struct fault f;
	(void)state;

	plan_init(&plan);
	plan.spare_mib = 0;
	return spare_open(&spare, &plan, &f) == 0 && mkdtemp(folder) && chdir(folder) == 0 && symlink("/proc/self", "7") == 0 && symlink("/proc/self", "8") == 0 &&
			symlink("/proc/self", "1") == 0
		? 0
		: -1;
}

static int remove_proc(void **state)
{
	(void)state;
	spare_close(&spare);
	return unlink("1") + unlink("7") + unlink("8") + rmdir(folder);
}

static int filled(int64_t kib)
{
	char page[1024] = "x";
	int fd = memfd_create("test", MFD_CLOEXEC);

	for (int64_t i = 0; i < kib; i++)
		assert_int_equal(write(fd, page, sizeof(page)), sizeof(page));
	return fd;
}

/* One look with nothing known before. */
static int64_t looked(struct held *held)
{
	AUTO_CLOSE int procfs = kernel_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct fault f;

	assert_int_equal(held_open(held, &f), 0);
	return held_look(held, procfs, &spare, LIMIT_KIB, 0, clock_now_ms());
}

static int64_t held_kib(void)
{
	struct held held;
	int64_t kib = looked(&held);

	held_close(&held);
	return kib;
}

static void a_memfd_counts_once_however_often_it_is_open(void **state)
{
	int64_t before = held_kib();
	AUTO_CLOSE int fd = filled(MEMFD_KIB), again = dup(fd);
	(void)state;

	assert_int_equal(held_kib(), before + MEMFD_KIB);
}

static void an_empty_memfd_counts_nothing_whatever_its_size(void **state)
{
	int64_t before = held_kib();
	AUTO_CLOSE int fd = filled(0);
	(void)state;

	assert_int_equal(ftruncate(fd, 1 << 30), 0);

	assert_int_equal(held_kib(), before);
}

static void more_memfds_than_the_first_table_holds_are_counted(void **state)
{
	int64_t before = held_kib();
	int fds[300];
	(void)state;

	for (size_t i = 0; i < 300; i++)
		fds[i] = filled(4);

	assert_int_equal(held_kib(), before + 1200);
	for (size_t i = 0; i < 300; i++)
		close(fds[i]);
}

static void a_process_that_has_gone_counts_nothing(void **state)
{
	AUTO_CLOSE int nothing = kernel_open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct held held;
	struct fault f;
	(void)state;

	assert_int_equal(held_open(&held, &f), 0);

	assert_int_equal(held_look(&held, nothing, &spare, LIMIT_KIB, 0, clock_now_ms()), 0);
	held_close(&held);
}

static void between_looks_nothing_is_known(void **state)
{
	AUTO_CLOSE int fd = filled(MEMFD_KIB), procfs = kernel_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct held held;
	(void)state;
	looked(&held);
	held.next_ms = INT64_MAX;

	assert_int_equal(held_look(&held, procfs, &spare, LIMIT_KIB, 0, clock_now_ms()), 0);
	held_close(&held);
}

/* KiB of shared memory by a list with these WORDS after one look; INODE and DEV are those of FD. */
static int64_t shared_kib(int fd, const char *path, const char *rest)
{
	AUTO_CLOSE int list = memfd_create("smaps", MFD_CLOEXEC);
	struct held held;
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	looked(&held);
	dprintf(list,
		"00400000-00500000 r-xp 00000000 fe:00 4711                     /usr/bin/true\nPss:  9 kB\nAnonymous: 0 kB\n"
		"7f0000000000-7f0000100000 rw-s 00000000 %02x:%02x %lu                     %s\nSize: 1024 kB\nRss: 90 kB\n%s",
		major(st.st_dev), minor(st.st_dev), (unsigned long)st.st_ino, path, rest);
	assert_int_equal(lseek(list, 0, SEEK_SET), 0);
	fd = (int)held_shared(&held, list);
	held_close(&held);
	return fd;
}

static void mappings_of_what_has_been_counted_count_no_more(void **state)
{
	AUTO_CLOSE int fd = filled(MEMFD_KIB);
	(void)state;

	assert_int_equal(shared_kib(fd, "/memfd:test (deleted)", "Pss: 64 kB\nAnonymous: 0 kB\n"), 0);
}

static void mappings_of_what_nobody_has_open_count(void **state)
{
	AUTO_CLOSE int fd = filled(0);
	(void)state;

	assert_int_equal(shared_kib(fd, "/memfd:test (deleted)", "Pss: 64 kB\nAnonymous: 0 kB\n"), 64);
	assert_int_equal(shared_kib(fd, "/dev/zero (deleted)", "Pss: 64 kB\nPss_Dirty: 64 kB\nAnonymous: 4 kB\n"), 60);
	assert_int_equal(shared_kib(fd, "/dev/zero (deleted)", "Pss: 4 kB\nAnonymous: 8 kB\n"), 0);
}

static void segments_and_files_count_elsewhere(void **state)
{
	AUTO_CLOSE int fd = filled(0), file = kernel_open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	(void)state;

	assert_int_equal(shared_kib(fd, "/SYSV00000000 (deleted)", "Pss: 64 kB\nAnonymous: 0 kB\n"), 0);
	assert_int_equal(shared_kib(file, "/work/file", "Pss: 64 kB\nAnonymous: 0 kB\n"), 0);
}

static void a_name_of_any_length_hides_nothing_behind_it(void **state)
{
	static char name[20000 + 16];
	AUTO_CLOSE int fd = filled(0);
	(void)state;

	for (size_t length = 8000; length < 20000; length += length < 8300 ? 1 : 1009) {
		memset(name, 'x', length);
		snprintf(name + length, sizeof(name) - length, "Pss: 9999 kB");
		assert_int_equal(shared_kib(fd, name, "Pss: 64 kB\nAnonymous: 0 kB\n"), 64);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_memfd_counts_once_however_often_it_is_open),
		cmocka_unit_test(an_empty_memfd_counts_nothing_whatever_its_size),
		cmocka_unit_test(more_memfds_than_the_first_table_holds_are_counted),
		cmocka_unit_test(a_process_that_has_gone_counts_nothing),
		cmocka_unit_test(between_looks_nothing_is_known),
		cmocka_unit_test(mappings_of_what_has_been_counted_count_no_more),
		cmocka_unit_test(mappings_of_what_nobody_has_open_count),
		cmocka_unit_test(segments_and_files_count_elsewhere),
		cmocka_unit_test(a_name_of_any_length_hides_nothing_behind_it),
	};

	return cmocka_run_group_tests(tests, make_proc, remove_proc);
}
