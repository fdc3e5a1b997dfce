// SPDX-License-Identifier: MIT
#include "repo/snapshot.h"

#include "base/fs.h"
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

static const int64_t noon = 1700000000000;

struct kit {
	char *tree, *repository, *out;
};

static struct kit kit_of(struct git_fixture *f)
{
	struct err e = { 0 };

	return (struct kit){ fs_join(f->dir, "kit", &e), fs_join(f->dir, "c.git", &e), f->copy };
}

static void kit_done(struct kit *kit)
{
	free(kit->tree);
	free(kit->repository);
}

#define AUTO_KIT AUTO(kit_done)

static void what_was_committed_is_checked_out_again(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = kit_of(f);
	AUTO_FREE char *file = fs_join(kit.out, "sub/a.py", &e);
	char commit[REPO_COMMIT] = "";

	fixture_file(kit.tree, "sub/a.py", "print(1)\n");
	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "submission 1", noon, commit, &e), 0);
	assert_int_equal(repo_checkout(kit.repository, commit, "", kit.out, NULL, &e), 0);

	assert_true(fs_is_file(AT_FDCWD, file));
}

static void unchanged_files_give_no_new_commit(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = kit_of(f);
	char first[REPO_COMMIT] = "", second[REPO_COMMIT] = "";

	fixture_file(kit.tree, "a", "1");
	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "1", noon, first, &e), 0);
	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "2", noon + 9000, second, &e), 0);

	assert_string_equal(first, second);
}

static void a_change_gives_a_commit_on_top_of_the_last(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = kit_of(f);
	char first[REPO_COMMIT] = "", second[REPO_COMMIT] = "", tip[REPO_COMMIT] = "", tree[REPO_COMMIT] = "";

	fixture_file(kit.tree, "a", "1");
	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "1", noon, first, &e), 0);
	fixture_file(kit.tree, "a", "2");
	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "2", noon, second, &e), 0);

	assert_string_not_equal(first, second);
	assert_int_equal(repo_resolve(kit.repository, "coding", tip, &e), 0);
	assert_string_equal(tip, second);
	assert_int_equal(repo_tree_id(kit.repository, first, "", tree, &e), 0);
}

static void parts_have_branches_of_their_own(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = kit_of(f);
	char coding[REPO_COMMIT] = "", design[REPO_COMMIT] = "", tip[REPO_COMMIT] = "";

	fixture_file(kit.tree, "a", "1");
	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "1", noon, coding, &e), 0);
	fixture_file(kit.tree, "a", "2");
	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "design", "1", noon, design, &e), 0);

	assert_int_equal(repo_resolve(kit.repository, "coding", tip, &e), 0);
	assert_string_equal(tip, coding);
}

static void the_same_files_at_the_same_time_give_the_same_commit_anywhere(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = kit_of(f);
	char one[REPO_COMMIT] = "", other[REPO_COMMIT] = "";

	fixture_file(kit.tree, "a", "1");
	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "1", noon, one, &e), 0);
	assert_int_equal(repo_snapshot(kit.out, kit.tree, "coding", "1", noon, other, &e), 0);

	assert_string_equal(one, other);
}

static void a_submission_that_was_killed_does_not_stop_the_next(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = kit_of(f);
	char first[REPO_COMMIT] = "", second[REPO_COMMIT] = "";

	fixture_file(kit.tree, "a", "1");
	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "1", noon, first, &e), 0);
	fixture_file(kit.repository, "refs/heads/coding.lock", "");
	fixture_file(kit.tree, "a", "2");

	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "2", noon, second, &e), 0);

	assert_string_not_equal(first, second);
}

static void a_link_is_refused_and_nothing_is_committed(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = kit_of(f);
	AUTO_FREE char *link = fs_join(kit.tree, "link", &e);
	char commit[REPO_COMMIT] = "";

	fixture_file(kit.tree, "a", "1");
	assert_int_equal(symlink("/etc/passwd", link), 0);

	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "1", noon, commit, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_string_equal(e.text,
		"cannot keep the submission: link is a link or a device: only files are taken");
	assert_int_equal(repo_resolve(kit.repository, "coding", commit, &e), -1);
}

static void an_empty_kit_is_a_submission_too(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = kit_of(f);
	char commit[REPO_COMMIT] = "";

	assert_int_equal(fs_make_dirs(AT_FDCWD, kit.tree, &e), 0);

	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "coding", "1", noon, commit, &e), 0);
}

static void a_part_that_is_no_branch_name_is_a_usage_error(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = kit_of(f);
	char commit[REPO_COMMIT] = "";

	assert_int_equal(repo_snapshot(kit.repository, kit.tree, "../x", "1", noon, commit, &e), -1);

	assert_int_equal(e.kind, ERR_USAGE);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, git_fixture_set_up, git_fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_was_committed_is_checked_out_again),
		CLAIM(unchanged_files_give_no_new_commit),
		CLAIM(a_change_gives_a_commit_on_top_of_the_last),
		CLAIM(parts_have_branches_of_their_own),
		CLAIM(the_same_files_at_the_same_time_give_the_same_commit_anywhere),
		CLAIM(a_submission_that_was_killed_does_not_stop_the_next),
		CLAIM(a_link_is_refused_and_nothing_is_committed),
		CLAIM(an_empty_kit_is_a_submission_too),
		CLAIM(a_part_that_is_no_branch_name_is_a_usage_error),
	};

	return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}
