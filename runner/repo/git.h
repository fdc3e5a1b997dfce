// SPDX-License-Identifier: MIT
/*
 * The one door to libgit2 (private to this room): its objects that clean up behind themselves, its failures in our
 * words, and opening a repository by nothing but the path that was asked for.
 */
#ifndef REPO_GIT_H
#define REPO_GIT_H

#include "base/err.h"
#include "base/mem.h"
#include "repo/clone.h"

#include <git2.h>

#include <stddef.h>

AUTO_DEFINE(git_repository, git_repository, git_repository_free)
AUTO_DEFINE(git_remote, git_remote, git_remote_free)
AUTO_DEFINE(git_reference, git_reference, git_reference_free)
AUTO_DEFINE(git_object, git_object, git_object_free)
AUTO_DEFINE(git_commit, git_commit, git_commit_free)
AUTO_DEFINE(git_tree, git_tree, git_tree_free)
AUTO_DEFINE(git_tree_entry, git_tree_entry, git_tree_entry_free)
AUTO_DEFINE(git_blob, git_blob, git_blob_free)
AUTO_DEFINE(git_odb, git_odb, git_odb_free)
AUTO_DEFINE(git_index, git_index, git_index_free)
AUTO_DEFINE(git_config, git_config, git_config_free)
AUTO_DEFINE(git_diff, git_diff, git_diff_free)
AUTO_DEFINE(git_patch, git_patch, git_patch_free)
AUTO_DEFINE(git_signature, git_signature, git_signature_free)

#define AUTO_GIT(name) AUTO(git_##name##_auto) git_##name

/*
 * Fails after a call of libgit2 returned `code` (negative): the sentence given, ": " and what libgit2 says, copied
 * at once, on one line and without anybody's password. The code chooses the kind, ERR_SYSTEM if it tells nothing.
 */
int git_fail(struct err *e, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Opens exactly the repository in `dir`, not one above it. ERR_NOT_FOUND. */
int git_open(git_repository **out, const char *dir, struct err *e);

/* A new bare repository in the new directory `dir`, with the settings that all of ours have. */
int git_make(git_repository **out, const char *dir, struct err *e);

/* Waits until nobody else writes to a repository of ours, and clears the locks on refs that a writer left who was
 * killed; the lock holds till the descriptor is closed. Every function that moves a ref takes it first. */
int git_lock(int *fd, git_repository *repository, struct err *e);

/* The commit that 40 hex digits name. ERR_INVALID for other text, ERR_NOT_FOUND. */
int git_find_commit(git_commit **out, git_repository *repository, const char *hex, struct err *e);

/* The tree at `path` ("" for the root) of a commit, in 40 hex digits. ERR_NOT_FOUND, ERR_INVALID if no directory. */
int git_find_tree(git_tree **out, git_repository *repository, const char *commit, const char *path, struct err *e);

/* Writes the 40 hex digits. */
void git_render_id(const git_oid *id, char out[REPO_COMMIT]);

/* A directory that is being made: it has a temporary name beside the one it shall have. */
struct new_dir {
	char *path;  /* where it is made, NULL once it is kept */
	char *final; /* where it shall be */
	int fd;      /* where `final` is set: holds it, so that nobody sweeps it away (base/sweep.h) */
};

/* ERR_CONFLICT if there is something at `path` already. What a killed program left beside it is removed first. */
int new_dir_start(struct new_dir *made, const char *path, struct err *e);

/* Syncs it and gives it its name: whole or not at all, even when the power fails, and never over something that came
 * in between (ERR_CONFLICT). */
int new_dir_keep(struct new_dir *made, struct err *e);

/* Removes what wasn't kept. */
void new_dir_done(struct new_dir *made);

#define AUTO_NEW_DIR AUTO(new_dir_done)

#endif
