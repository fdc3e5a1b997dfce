// SPDX-License-Identifier: MIT
#include "repo/clone.h"

#include "base/fs.h"
#include "base/text.h"
#include "support/git_fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

/* Checks the whole commit out of the source itself, which is bare as a clone is. */
static int check_out(struct git_fixture *f, const char *commit, const struct repo_limits *limits, struct err *e)
{
	return repo_checkout(f->source, commit, "", f->copy, limits, e);
}

static void assert_refused(struct git_fixture *f, git_oid tree, enum err_kind kind, const char *said)
{
	AUTO_STRINGS struct strings left = { 0 };
	struct err e = { 0 };
	const char *commit = fixture_commit(f, "main", tree);

	assert_int_equal(check_out(f, commit, NULL, &e), -1);

	assert_non_null(strstr(e.text, said));
	assert_int_equal(e.kind, kind);
	assert_int_equal(fs_list(&left, AT_FDCWD, f->dir, 10, &e), 0);
	assert_int_equal(left.count, 1);
}

static void a_checkout_has_the_bytes_and_the_executable_bit(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_FREE char *script = fs_join(f->copy, "src/a.c", &e);
	AUTO_FREE char *bytes = NULL;
	size_t size = 0;
	struct stat st;

	assert_int_equal(check_out(f, fixture_two_files(f), NULL, &e), 0);

	assert_int_equal(fs_read(&bytes, &size, AT_FDCWD, script, 100, &e), 0);
	assert_string_equal(bytes, "int a;\n");
	assert_int_equal(stat(script, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
}

static void a_checkout_of_a_folder_has_what_is_in_it(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_FREE char *file = fs_join(f->copy, "a.c", &e);

	assert_int_equal(repo_checkout(f->source, fixture_two_files(f), "src", f->copy, NULL, &e), 0);

	assert_true(fs_is_file(AT_FDCWD, file));
}

static void a_checkout_never_goes_into_what_is_there(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	fixture_file(f->copy, "mine", "kept");

	assert_int_equal(check_out(f, fixture_two_files(f), NULL, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void a_path_that_is_not_there_is_not_found(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	assert_int_equal(repo_checkout(f->source, fixture_two_files(f), "nix", f->copy, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_string_equal(e.text, "cannot check out nix: there is no nix in this commit");
}

static void a_path_out_of_the_repository_is_invalid(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	assert_int_equal(repo_checkout(f->source, fixture_two_files(f), "src/../..", f->copy, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
}

static void a_link_is_refused_by_name(void **state)
{
	struct git_fixture *f = *state;

	assert_refused(f, fixture_tree_of(f, "120000", "out", fixture_blob(f, "/etc/passwd")), ERR_INVALID,
		"out is a link");
}

static void a_submodule_is_refused_by_name(void **state)
{
	struct git_fixture *f = *state;

	assert_refused(f, fixture_tree_of(f, "160000", "lib", fixture_blob(f, "")), ERR_INVALID, "lib is a submodule");
}

static void a_folder_called_dot_git_is_refused(void **state)
{
	struct git_fixture *f = *state;
	git_oid hooks = fixture_tree_of(f, "100755", "post-checkout", fixture_blob(f, "#!/bin/sh\n"));

	assert_refused(f, fixture_tree_of(f, "40000", ".GIT", hooks), ERR_INVALID,
		".GIT is refused: its name some file systems take for .git");
}

static void a_name_that_leads_out_is_refused(void **state)
{
	struct git_fixture *f = *state;

	assert_refused(f, fixture_tree_of(f, "100644", "../evil", fixture_blob(f, "x")), ERR_INVALID,
		"holds a slash");
}

static void a_folder_called_dot_dot_is_refused(void **state)
{
	struct git_fixture *f = *state;
	git_oid inner = fixture_tree_of(f, "100644", "evil", fixture_blob(f, "x"));

	assert_refused(f, fixture_tree_of(f, "40000", "..", inner), ERR_INVALID, "is refused");
}

static void the_same_name_twice_leaves_nothing(void **state)
{
	struct git_fixture *f = *state;
	const struct fixture_entry twice[] = {
		{ "100644", "a", fixture_blob(f, "1") },
		{ "100644", "a", fixture_blob(f, "2") },
	};

	assert_refused(f, fixture_tree(f, twice, 2), ERR_INVALID, "a stands there twice");
}

static void a_file_that_is_really_a_folder_is_refused(void **state)
{
	struct git_fixture *f = *state;
	git_oid inner = fixture_tree_of(f, "100644", "x", fixture_blob(f, "x"));

	assert_refused(f, fixture_tree_of(f, "100644", "a", inner), ERR_INVALID, "a is no file in the repository");
}

static void a_file_that_is_missing_is_refused(void **state)
{
	struct git_fixture *f = *state;
	git_oid missing = { { 1, 2, 3 } };

	assert_refused(f, fixture_tree_of(f, "100644", "a", missing), ERR_NOT_FOUND, "cannot read a file");
}

static git_oid nested(struct git_fixture *f, int levels)
{
	git_oid tree = fixture_tree_of(f, "100644", "x", fixture_blob(f, "x"));

	for (int i = 0; i < levels; i++)
		tree = fixture_tree_of(f, "40000", "d", tree);
	return tree;
}

static void fifty_levels_are_checked_out(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	assert_int_equal(check_out(f, fixture_commit(f, "main", nested(f, 50)), NULL, &e), 0);
}

static void fifty_one_levels_are_refused(void **state)
{
	struct git_fixture *f = *state;

	assert_refused(f, nested(f, 51), ERR_LIMIT, "deeper than 50 levels");
}

/* A tree of ten names for one tree of ten names for one … : a thousand million files in ten small objects. */
static void a_tree_that_repeats_itself_ends_at_the_limit_on_entries(void **state)
{
	struct git_fixture *f = *state;
	static const char *const names[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
	git_oid tree = nested(f, 0);

	for (int level = 0; level < 9; level++) {
		struct fixture_entry ten[10];

		for (int i = 0; i < 10; i++)
			ten[i] = (struct fixture_entry){ "40000", names[i], tree };
		tree = fixture_tree(f, ten, 10);
	}

	assert_refused(f, tree, ERR_LIMIT, "more than 100000 files and directories");
}

static void too_many_files_are_refused_before_a_byte_is_written(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	const struct repo_limits limits = { .max_entries = 2, .max_bytes = 1000, .max_depth = 5 };

	assert_int_equal(check_out(f, fixture_two_files(f), &limits, &e), -1);

	assert_int_equal(e.kind, ERR_LIMIT);
	assert_false(fs_exists(AT_FDCWD, f->copy));
}

static void the_same_blob_counts_each_time_it_is_written(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	const struct repo_limits limits = { .max_entries = 9, .max_bytes = 19, .max_depth = 5 };
	const struct fixture_entry twice[] = {
		{ "100644", "a", fixture_blob(f, "0123456789") },
		{ "100644", "b", fixture_blob(f, "0123456789") },
	};

	assert_int_equal(check_out(f, fixture_commit(f, "main", fixture_tree(f, twice, 2)), &limits, &e), -1);

	assert_int_equal(e.kind, ERR_LIMIT);
}

static void files_are_found_down_to_a_depth_in_order(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings found = { 0 };
	git_oid file = fixture_blob(f, "{}");
	git_oid one = fixture_tree_of(f, "100644", "task.json", file);
	git_oid two = fixture_tree_of(f, "40000", "deep", one);
	const struct fixture_entry root[] = { { "40000", "a", one }, { "40000", "b", two }, { "100644", "task.json", file } };
	const char *commit = fixture_commit(f, "main", fixture_tree(f, root, 3));

	assert_int_equal(repo_find(&found, f->source, commit, "task.json", 1, &e), 0);

	assert_int_equal(found.count, 2);
	assert_string_equal(found.item[0], "a/task.json");
	assert_string_equal(found.item[1], "task.json");
}

static void equal_folders_have_equal_tree_ids(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	git_oid one = nested(f, 0);
	const struct fixture_entry root[] = { { "40000", "a", one }, { "40000", "b", one } };
	const char *commit = fixture_commit(f, "main", fixture_tree(f, root, 2));
	char a[REPO_COMMIT] = "", b[REPO_COMMIT] = "b";

	assert_int_equal(repo_tree_id(f->source, commit, "a", a, &e), 0);
	assert_int_equal(repo_tree_id(f->source, commit, "b", b, &e), 0);

	assert_string_equal(a, b);
}

static void a_commit_that_is_not_hex_is_invalid(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	char tree[REPO_COMMIT] = "";

	assert_int_equal(repo_tree_id(f->source, "main", "", tree, &e), -1);

	assert_string_equal(e.text, "a commit is 40 hex digits");
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, git_fixture_set_up, git_fixture_tear_down)

/* Files can be opened by a path of at most PATH_MAX bytes, and that counts the NUL. */
static void a_path_that_leaves_no_room_for_its_end_is_refused(void **state)
{
	enum { FOLDERS = 15 }; /* of 255 bytes and a slash each; what is left of 4096 bytes is two names */
	struct git_fixture *f = *state;
	char name[256];
	git_oid tree;

	memset(name, 'x', 255);
	name[255] = '\0';
	tree = fixture_tree_of(f, "100644", name + 127, fixture_blob(f, ""));
	tree = fixture_tree_of(f, "40000", name + 128, tree);
	for (int i = 0; i < FOLDERS; i++)
		tree = fixture_tree_of(f, "40000", name, tree);

	assert_refused(f, tree, ERR_LIMIT, "a path of more than 4095 bytes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_checkout_has_the_bytes_and_the_executable_bit),
		CLAIM(a_checkout_of_a_folder_has_what_is_in_it),
		CLAIM(a_checkout_never_goes_into_what_is_there),
		CLAIM(a_path_that_is_not_there_is_not_found),
		CLAIM(a_path_out_of_the_repository_is_invalid),
		CLAIM(a_link_is_refused_by_name),
		CLAIM(a_submodule_is_refused_by_name),
		CLAIM(a_path_that_leaves_no_room_for_its_end_is_refused),
		CLAIM(a_folder_called_dot_git_is_refused),
		CLAIM(a_name_that_leads_out_is_refused),
		CLAIM(a_folder_called_dot_dot_is_refused),
		CLAIM(the_same_name_twice_leaves_nothing),
		CLAIM(a_file_that_is_really_a_folder_is_refused),
		CLAIM(a_file_that_is_missing_is_refused),
		CLAIM(fifty_levels_are_checked_out),
		CLAIM(fifty_one_levels_are_refused),
		CLAIM(a_tree_that_repeats_itself_ends_at_the_limit_on_entries),
		CLAIM(too_many_files_are_refused_before_a_byte_is_written),
		CLAIM(the_same_blob_counts_each_time_it_is_written),
		CLAIM(files_are_found_down_to_a_depth_in_order),
		CLAIM(equal_folders_have_equal_tree_ids),
		CLAIM(a_commit_that_is_not_hex_is_invalid),
	};

	return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
