// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/* Whichever of our allocations fails (libgit2 has its own), nothing leaks and no half directory stays. */
#include "repo/clone.h"
#include "repo/diff.h"
#include "repo/snapshot.h"

#include "base/fs.h"
#include "support/failing_alloc.h"
#include "support/git_fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* Where the next run puts what it makes; written without an allocation, which would count. */
struct places {
	char clone[256], checkout[256];
};

static void name_places(struct places *places, const struct git_fixture *f, size_t n)
{
	snprintf(places->clone, sizeof(places->clone), "%s/clone-%zu", f->dir, n);
	snprintf(places->checkout, sizeof(places->checkout), "%s/checkout-%zu", f->dir, n);
}

typedef int work(const struct git_fixture *f, const struct places *places, struct err *e);

static int clone_and_check_out(const struct git_fixture *f, const struct places *places, struct err *e)
{
	AUTO_STRINGS struct strings found = { 0 };
	char commit[REPO_COMMIT];

	if (repo_clone(f->source, places->clone, e) < 0 || repo_fetch(places->clone, e) < 0 ||
		repo_resolve(places->clone, "main", commit, e) < 0 ||
		repo_find(&found, places->clone, commit, "a.c", 4, e) < 0)
		return -1;
	return repo_checkout(places->clone, commit, "src", places->checkout, NULL, e);
}

static int snapshot(const struct git_fixture *f, const struct places *places, struct err *e)
{
	char commit[REPO_COMMIT];

	return repo_snapshot(places->clone, f->copy, "coding", "m", 1700000000000, commit, e);
}

static int compare(const struct git_fixture *f, const struct places *places, struct err *e)
{
	AUTO(diff_done) struct diff diff = { 0 };
	AUTO_FREE char *text = NULL;
	char base[256], head[256];
	(void)places;

	snprintf(base, sizeof(base), "%s/base", f->copy);
	snprintf(head, sizeof(head), "%s/head", f->copy);
	if (diff_dirs(&diff, base, head, e) < 0)
		return -1;
	return diff_render(&diff, &text, e);
}

static bool has_half_directory(const struct git_fixture *f)
{
	AUTO_STRINGS struct strings names = { 0 };
	struct err e = { 0 };

	assert_int_equal(fs_list(&names, AT_FDCWD, f->dir, 10000, &e), 0);
	for (size_t i = 0; i < names.count; i++)
		if (strncmp(names.item[i], ".assay-", 7) == 0)
			return true;
	return false;
}

static void fail_each(struct git_fixture *f, work *run)
{
	bool failed = true;

	for (size_t n = 0; failed; n++) {
		struct err e = { 0 };
		struct places places;
		int said;

		name_places(&places, f, n);
		failing_alloc_start(n, FAIL_ONCE);
		said = run(f, &places, &e);
		failed = failing_alloc_stop();
		if (said != (failed ? -1 : 0) || failing_alloc_balance() != 0 || e.kind != (failed ? ERR_SYSTEM : ERR_NONE))
			fail_msg("allocation %zu: returned %d, %ld blocks left, \"%s\"", n, said, failing_alloc_balance(),
				e.text);
		assert_false(has_half_directory(f));
	}
}

static void a_clone_and_its_checkout_are_refused_cleanly(void **state)
{
	fixture_two_files(*state);
	fail_each(*state, clone_and_check_out);
}

static void a_snapshot_is_refused_cleanly(void **state)
{
	struct git_fixture *f = *state;

	fixture_file(f->copy, "sub/a.py", "print(1)\n");
	fail_each(f, snapshot);
}

static void a_comparison_is_refused_cleanly(void **state)
{
	struct git_fixture *f = *state;

	fixture_file(f->copy, "base/old", "1\n2\n3\n4\n");
	fixture_file(f->copy, "head/new", "1\n2\n3\n5\n");
	fail_each(f, compare);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, git_fixture_set_up, git_fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_clone_and_its_checkout_are_refused_cleanly),
		CLAIM(a_snapshot_is_refused_cleanly),
		CLAIM(a_comparison_is_refused_cleanly),
	};

	return cmocka_run_group_tests_name("allocation in a repository", tests, NULL, NULL);
}
