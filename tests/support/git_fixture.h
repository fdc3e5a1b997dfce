// SPDX-License-Identifier: MIT
/*
 * Repositories for tests, honest and hostile: objects are written byte by byte, so that a tree may hold what no git
 * command would put there. Everything lies in a temporary directory that goes with the fixture.
 */
#ifndef SUPPORT_GIT_FIXTURE_H
#define SUPPORT_GIT_FIXTURE_H

#include <git2.h>
#include <stddef.h>

struct git_fixture {
	char *dir;    /* the temporary directory */
	char *source; /* the repository in it, bare, at first empty */
	char *copy;   /* where a test may put something: not there yet */
	git_repository *repository;
};

/* cmocka's set-up and tear-down; *state is a struct git_fixture *. They start and stop repo/ too. */
int git_fixture_set_up(void **state);
int git_fixture_tear_down(void **state);

struct fixture_entry {
	const char *mode; /* "100644", "40000" … */
	const char *name;
	git_oid id;
};

git_oid fixture_blob(struct git_fixture *fixture, const char *text);

/* A tree of exactly these entries in this order. */
git_oid fixture_tree(struct git_fixture *fixture, const struct fixture_entry *entries, size_t count);

/* A tree of one entry. */
git_oid fixture_tree_of(struct git_fixture *fixture, const char *mode, const char *name, git_oid id);

/* Commits the tree on a branch ("main") and makes that the default; the commit's id in hex, which is kept till the
 * next call. */
const char *fixture_commit(struct git_fixture *fixture, const char *branch, git_oid tree);

/* main with task.json and src/a.c in it. */
const char *fixture_two_files(struct git_fixture *fixture);

/* Writes a file of text below a directory, whose folders it makes. */
void fixture_file(const char *dir, const char *path, const char *text);

#endif
