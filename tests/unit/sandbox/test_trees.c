// SPDX-License-Identifier: MIT
// link: -Wl,--wrap=syscall
/*
 * What --ro shows is looked through, whatever the file system says or doesn't. Nothing is mounted here: where a
 * folder may be shown, taking it fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "kernel.h"
#include "mounts.h"

long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);

static bool says_no_types;   /* as 9p, FUSE or an old XFS may */
static int listings_to_fail; /* the how manieth fails; 0: none */

static void forget_types(char *bytes, long length)
{
	struct kernel_entry *entry;

	for (long at = 0; at < length; at += entry->length) {
		entry = (void *)(bytes + at);
		entry->type = DT_UNKNOWN;
	}
}

long __wrap_syscall(long number, ...)
{
	long a[6], answer;
	va_list args;

	va_start(args, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	if (number == SYS_open_tree || (number == SYS_getdents64 && listings_to_fail && --listings_to_fail == 0)) {
		errno = number == SYS_open_tree ? EPERM : EIO;
		return -1;
	}
	answer = __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	if (number == SYS_getdents64 && says_no_types)
		forget_types((char *)a[1], answer);
	return answer;
}

/* A folder with a file in it, and below it three folders in each other. */
static int lay_out(void **state)
{
	char *path = strdup("/tmp/assay-trees.XXXXXX");

	says_no_types = false;
	listings_to_fail = 0;
	*state = path;
	return !path || !mkdtemp(path) || chdir(path) < 0 || mknod("file", S_IFREG | 0644, 0) < 0 ||
		mkdir("a", 0755) < 0 || mkdir("a/b", 0755) < 0 || mkdir("a/b/c", 0755) < 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static int remove_all(void **state)
{
	int failed = chdir("/") < 0 || nftw(*state, remove_one, 16, FTW_DEPTH | FTW_PHYS) < 0;

	free(*state);
	return failed;
}

/* What is said about showing the folder. */
static const char *said(void **state)
{
	static struct fault f;
	struct trees trees;
	struct plan plan;

	plan_init(&plan);
	plan.ro[plan.n_ro++] = (struct plan_ro){ *state, "/shown" };
	f.text[0] = '\0';
	assert_int_equal(trees_grab(&trees, &plan, &f), -1);
	return f.text;
}

static void assert_said(void **state, const char *words)
{
	const char *text = said(state);

	if (!strstr(text, words))
		fail_msg("%s", text);
}

static void a_folder_of_files_and_folders_may_be_shown(void **state)
{
	assert_said(state, "cannot take");
}

static void a_named_pipe_is_refused_by_name(void **state)
{
	assert_int_equal(mkfifo("pipe", 0644), 0);

	assert_said(state, "has a named pipe in it (pipe)");
}

static void however_deep_it_lies(void **state)
{
	assert_int_equal(mkfifo("a/b/c/pipe", 0644), 0);

	assert_said(state, "has a named pipe in it (pipe)");
}

static void also_where_the_file_system_says_no_types(void **state)
{
	assert_int_equal(mknod("a/b/c/socket", S_IFSOCK | 0644, 0), 0);
	says_no_types = true;

	assert_said(state, "has a socket in it (socket)");
}

static void where_it_says_none_files_and_folders_may_be_shown_all_the_same(void **state)
{
	says_no_types = true;

	assert_said(state, "cannot take");
}

/* Who isn't root: everybody, with the rights that MODE gives to all. */
static void assert_said_to_others(void **state, mode_t mode, const char *words)
{
	assert_int_equal(chmod(*state, 0755) | chmod("a/b", mode), 0);
	assert_int_equal(seteuid(getuid() ? getuid() : 65534), 0);

	assert_said(state, words);

	assert_int_equal(seteuid(getuid()) | chmod("a/b", 0755), 0);
}

static void a_folder_that_nobody_can_enter_may_be_shown(void **state)
{
	assert_said_to_others(state, 0, "cannot take");
}

/* What lies in it isn't seen, but can be connected to by whoever knows its name. */
static void a_folder_that_can_only_be_walked_through_is_refused_by_name(void **state)
{
	assert_said_to_others(state, 0111, "b can be walked through but not looked at");
}

/* Each of four folders is listed twice: once for what is in it, once for the end. */
static void whichever_listing_fails_it_is_said(void **state)
{
	for (int nth = 1; nth <= 8; nth++) {
		listings_to_fail = nth;
		assert_said(state, "can't be listed: Input/output error");
		assert_int_equal(listings_to_fail, 0);
	}
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, lay_out, remove_all)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_folder_of_files_and_folders_may_be_shown),
		EACH(a_named_pipe_is_refused_by_name),
		EACH(however_deep_it_lies),
		EACH(also_where_the_file_system_says_no_types),
		EACH(where_it_says_none_files_and_folders_may_be_shown_all_the_same),
		EACH(a_folder_that_nobody_can_enter_may_be_shown),
		EACH(a_folder_that_can_only_be_walked_through_is_refused_by_name),
		EACH(whichever_listing_fails_it_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
