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

/* libgit2 1.5 looks for a repository's extensions with a regular expression whose matches it never frees. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2-8.so\n";
}

/* What a failed clone must leave of the fixture's directory: the source alone. */
static void assert_nothing_left(struct git_fixture *f)
{
	AUTO_STRINGS struct strings names = { 0 };
	struct err e = { 0 };

	assert_int_equal(fs_list(&names, AT_FDCWD, f->dir, 10, &e), 0);
	assert_int_equal(names.count, 1);
}

static void a_clone_resolves_the_default_branch(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	const char *pushed = fixture_two_files(f);
	char commit[REPO_COMMIT] = "";

	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);
	assert_int_equal(repo_resolve(f->copy, NULL, commit, &e), 0);

	assert_string_equal(commit, pushed);
}

static void a_file_url_with_escapes_is_a_path(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_FREE char *url = mem_format(&e, "file://%s/%%73ource.git", f->dir);

	fixture_two_files(f);

	assert_int_equal(repo_clone(url, f->copy, &e), 0);
}

static void a_scheme_that_is_not_ours_yet_is_a_usage_error_without_its_password(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	assert_int_equal(repo_clone("https://bob:hunter2@example.org/x.git", f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "https://example.org/x.git"));
	assert_null(strstr(e.text, "hunter2"));
	assert_nothing_left(f);
}

static void an_address_as_ssh_takes_it_is_a_usage_error(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	assert_int_equal(repo_clone("git@example.org:x.git", f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_USAGE);
}

static void a_missing_repository_is_not_found_and_leaves_nothing(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_FREE char *missing = fs_join(f->dir, "missing", &e);

	assert_int_equal(repo_clone(missing, f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_non_null(strstr(e.text, "there is nothing at "));
	assert_nothing_left(f);
}

static void a_directory_that_is_no_repository_is_not_found(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	assert_int_equal(repo_clone(f->dir, f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_non_null(strstr(e.text, "is not a git repository"));
	assert_nothing_left(f);
}

static void a_repository_with_a_fifo_is_refused_and_not_waited_for(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_FREE char *fifo = fs_join(f->source, "packed-refs", &e);

	unlink(fifo);
	assert_int_equal(mkfifo(fifo, 0600), 0);

	assert_int_equal(repo_clone(f->source, f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "packed-refs, which is no file"));
	assert_nothing_left(f);
}

static void an_empty_repository_is_invalid_and_leaves_nothing(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	assert_int_equal(repo_clone(f->source, f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "it is empty: commit the tasks"));
	assert_nothing_left(f);
}

static void a_shallow_repository_is_invalid_with_the_remedy(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_FREE char *line = mem_format(&e, "%s\n", fixture_two_files(f));

	fixture_file(f->source, "shallow", line);

	assert_int_equal(repo_clone(f->source, f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "fetch --unshallow"));
	assert_nothing_left(f);
}

static void a_repository_of_a_kind_we_do_not_know_is_invalid(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	fixture_file(f->source, "config", "[core]\n\trepositoryformatversion = 1\n\tbare = true\n"
					  "[extensions]\n\tobjectformat = sha256\n");

	assert_int_equal(repo_clone(f->source, f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "objectformat"));
	assert_nothing_left(f);
}

static void a_place_that_is_taken_is_a_conflict(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	fixture_two_files(f);
	fixture_file(f->copy, "mine", "kept");

	assert_int_equal(repo_clone(f->source, f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void a_repository_of_another_user_is_denied_with_the_remedy(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	if (geteuid() != 0)
		skip();
	fixture_two_files(f);
	assert_int_equal(chown(f->source, 65534, 65534), 0);

	assert_int_equal(repo_clone(f->source, f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
	assert_non_null(strstr(e.text, "git config --global --add safe.directory '"));
	assert_nothing_left(f);
}

static void a_repository_of_another_user_that_was_declared_safe_is_cloned(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	AUTO_FREE char *config = mem_format(&e, "[safe]\n\tdirectory = %s\n", f->source);

	if (geteuid() != 0)
		skip();
	fixture_two_files(f);
	fixture_file(f->dir, ".gitconfig", config);
	setenv("HOME", f->dir, 1);
	assert_int_equal(chown(f->source, 65534, 65534), 0);

	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);
}

static void the_configuration_of_the_user_does_not_redirect_a_clone(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };

	fixture_two_files(f);
	fixture_file(f->dir, ".gitconfig", "[url \"/nowhere\"]\n\tinsteadOf = /\n");
	setenv("HOME", f->dir, 1);

	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);
}

static void a_fetch_moves_branches_and_forgets_deleted_ones(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	char commit[REPO_COMMIT] = "";
	git_reference *old = NULL;

	fixture_two_files(f);
	fixture_commit(f, "old", fixture_tree_of(f, "100644", "x", fixture_blob(f, "x")));
	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);
	fixture_commit(f, "main", fixture_tree_of(f, "100644", "y", fixture_blob(f, "y")));
	assert_int_equal(git_reference_lookup(&old, f->repository, "refs/heads/old"), 0);
	assert_int_equal(git_reference_delete(old), 0);
	git_reference_free(old);

	assert_int_equal(repo_fetch(f->copy, &e), 0);

	assert_int_equal(repo_resolve(f->copy, "main", commit, &e), 0);
	assert_int_equal(repo_resolve(f->copy, "old", commit, &e), -1);
}

static void a_branch_may_give_way_to_a_folder_of_branches(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	char commit[REPO_COMMIT] = "";
	git_reference *old = NULL;

	fixture_two_files(f);
	fixture_commit(f, "next", fixture_tree_of(f, "100644", "x", fixture_blob(f, "x")));
	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);
	assert_int_equal(git_reference_lookup(&old, f->repository, "refs/heads/next"), 0);
	assert_int_equal(git_reference_delete(old), 0);
	git_reference_free(old);
	fixture_commit(f, "next/one", fixture_tree_of(f, "100644", "y", fixture_blob(f, "y")));

	assert_int_equal(repo_fetch(f->copy, &e), 0);

	assert_int_equal(repo_resolve(f->copy, "next/one", commit, &e), 0);
}

static void a_fetch_that_was_killed_does_not_stop_the_next(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	char commit[REPO_COMMIT] = "", pushed[REPO_COMMIT];

	fixture_two_files(f);
	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);
	fixture_file(f->copy, "refs/heads/main.lock", "");
	fixture_file(f->copy, "HEAD.lock", "");
	snprintf(pushed, sizeof(pushed), "%s",
		fixture_commit(f, "main", fixture_tree_of(f, "100644", "y", fixture_blob(f, "y"))));

	assert_int_equal(repo_fetch(f->copy, &e), 0);

	assert_int_equal(repo_resolve(f->copy, "main", commit, &e), 0);
	assert_string_equal(commit, pushed);
}

static void a_pinned_commit_survives_that_its_branch_is_rewritten(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	char pinned[REPO_COMMIT] = "", tree[REPO_COMMIT] = "";

	fixture_two_files(f);
	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);
	assert_int_equal(repo_resolve(f->copy, "main", pinned, &e), 0);
	fixture_commit(f, "main", fixture_tree_of(f, "100644", "y", fixture_blob(f, "y")));
	assert_int_equal(repo_fetch(f->copy, &e), 0);

	assert_int_equal(repo_tree_id(f->copy, pinned, "src", tree, &e), 0);
}

static void a_fetch_whose_source_is_gone_says_so_and_keeps_what_was_there(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	char commit[REPO_COMMIT] = "";

	fixture_two_files(f);
	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);
	assert_int_equal(fs_remove_tree(AT_FDCWD, f->source, &e), 0);

	assert_int_equal(repo_fetch(f->copy, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_int_equal(repo_resolve(f->copy, "main", commit, &e), 0);
}

static void an_unknown_ref_names_the_branches_there_are(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	char commit[REPO_COMMIT] = "untouched";

	fixture_two_files(f);
	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);

	assert_int_equal(repo_resolve(f->copy, "mian", commit, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_string_equal(e.text, "there is no branch, tag or commit mian; there are: main");
	assert_string_equal(commit, "untouched");
}

static void a_ref_is_no_search(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	char commit[REPO_COMMIT] = "";

	fixture_two_files(f);
	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);

	assert_int_equal(repo_resolve(f->copy, ":/message", commit, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_int_equal(repo_resolve(f->copy, "main~0", commit, &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void eight_digits_name_a_commit(void **state)
{
	struct git_fixture *f = *state;
	struct err e = { 0 };
	const char *pushed = fixture_two_files(f);
	char commit[REPO_COMMIT] = "", digits[9];

	snprintf(digits, sizeof(digits), "%.8s", pushed);
	assert_int_equal(repo_clone(f->source, f->copy, &e), 0);

	assert_int_equal(repo_resolve(f->copy, digits, commit, &e), 0);

	assert_string_equal(commit, pushed);
}

static void a_shown_url_has_no_user_and_no_secret(void **state)
{
	struct err e = { 0 };
	AUTO_FREE char *shown = NULL;
	(void)state;

	shown = repo_url_shown("failed: 'https://u:p@ss@host/x' and ssh://git@host/y\x1b", &e);

	assert_string_equal(shown, "failed: 'https://host/x' and ssh://host/y\\x1b");
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, git_fixture_set_up, git_fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_clone_resolves_the_default_branch),
		CLAIM(a_file_url_with_escapes_is_a_path),
		CLAIM(a_scheme_that_is_not_ours_yet_is_a_usage_error_without_its_password),
		CLAIM(an_address_as_ssh_takes_it_is_a_usage_error),
		CLAIM(a_missing_repository_is_not_found_and_leaves_nothing),
		CLAIM(a_directory_that_is_no_repository_is_not_found),
		CLAIM(a_repository_with_a_fifo_is_refused_and_not_waited_for),
		CLAIM(an_empty_repository_is_invalid_and_leaves_nothing),
		CLAIM(a_shallow_repository_is_invalid_with_the_remedy),
		CLAIM(a_repository_of_a_kind_we_do_not_know_is_invalid),
		CLAIM(a_place_that_is_taken_is_a_conflict),
		CLAIM(a_repository_of_another_user_is_denied_with_the_remedy),
		CLAIM(a_repository_of_another_user_that_was_declared_safe_is_cloned),
		CLAIM(the_configuration_of_the_user_does_not_redirect_a_clone),
		CLAIM(a_fetch_moves_branches_and_forgets_deleted_ones),
		CLAIM(a_branch_may_give_way_to_a_folder_of_branches),
		CLAIM(a_fetch_that_was_killed_does_not_stop_the_next),
		CLAIM(a_pinned_commit_survives_that_its_branch_is_rewritten),
		CLAIM(a_fetch_whose_source_is_gone_says_so_and_keeps_what_was_there),
		CLAIM(an_unknown_ref_names_the_branches_there_are),
		CLAIM(a_ref_is_no_search),
		CLAIM(eight_digits_name_a_commit),
		cmocka_unit_test(a_shown_url_has_no_user_and_no_secret),
	};

	return cmocka_run_group_tests_name("clone", tests, NULL, NULL);
}
