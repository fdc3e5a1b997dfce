// SPDX-License-Identifier: MIT
/*
 * A submission as a commit. Order is what makes it survive a crash: files, trees and the commit are written and
 * synced first, the branch moves last. What is cut off before that leaves objects nobody refers to, and the branch
 * where it was.
 */
#include "repo/snapshot.h"

#include "base/fs.h"
#include "repo/dir_tree.h"
#include "repo/git.h"

#include <fcntl.h>

/* All files together are bounded by the intake before. */
static const struct dir_tree_limits snapshot_limits = {
	.max_entries = 100000,
	.max_files = 100000,
	.max_bytes = SIZE_MAX,
	.max_file_bytes = 256 << 20,
};

/* The repository, made whole under another name first when it isn't there. */
static int open_or_make(git_repository **out, const char *dir, struct err *e)
{
	AUTO_NEW_DIR struct new_dir made = { 0 };
	git_repository *repository = NULL;

	if (!fs_exists(AT_FDCWD, dir)) {
		if (new_dir_start(&made, dir, e) < 0 || git_make(&repository, made.path, e) < 0)
			return -1;
		git_repository_free(repository);
		if (new_dir_keep(&made, e) < 0 && e->kind != ERR_CONFLICT)
			return -1;
	}
	return git_open(out, dir, e);
}

/* The commit at the tip of the branch; *out stays NULL when there is no such branch yet. */
static int find_tip(git_commit **out, git_repository *repository, const char *ref, struct err *e)
{
	git_oid id;
	int code = git_reference_name_to_id(&id, repository, ref);

	if (code == GIT_ENOTFOUND) {
		git_error_clear();
		return 0;
	}
	if (code == 0)
		code = git_commit_lookup(out, repository, &id);
	return code < 0 ? git_fail(e, code, "cannot read the last submission") : 0;
}

/* libgit2 syncs a file and the directory it is in, but not the one above in which that directory is new. */
static int sync_dir(git_repository *repository, const char *name, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	AUTO_FREE char *path = fs_join(git_repository_path(repository), name, e);

	if (!path || fs_open_dir(&fd, AT_FDCWD, path, e) < 0)
		return -1;
	return fsync(fd) < 0 ? err_errno(e, "cannot sync %s", path) : 0;
}

static int write_commit(git_oid *id, git_repository *repository, const git_tree *tree, const git_commit *parent,
	const char *message, int64_t at_ms, struct err *e)
{
	AUTO_GIT(signature) *who = NULL;
	int code = git_signature_new(&who, "assay", "assay@localhost", at_ms / 1000, 0);

	if (code == 0)
		code = git_commit_create(id, repository, NULL, who, who, NULL, message, tree, parent ? 1 : 0, &parent);
	if (code < 0)
		return git_fail(e, code, "cannot keep the submission");
	return sync_dir(repository, "objects", e);
}

/* Moves the branch, unless somebody else has moved it since we looked. */
static int move_branch(git_repository *repository, const char *ref, const git_oid *id, const git_commit *parent,
	struct err *e)
{
	AUTO_GIT(reference) *moved = NULL;
	int code;

	if (parent)
		code = git_reference_create_matching(&moved, repository, ref, id, 1, git_commit_id(parent), NULL);
	else
		code = git_reference_create(&moved, repository, ref, id, 0, NULL);
	if (code < 0)
		return git_fail(e, code, "cannot move the branch to the new submission");
	return sync_dir(repository, "refs", e);
}

static int commit_tree(git_repository *repository, const git_tree *tree, const char *ref, const char *message,
	int64_t at_ms, char commit[REPO_COMMIT], struct err *e)
{
	AUTO_GIT(commit) *tip = NULL;
	git_oid id;

	if (find_tip(&tip, repository, ref, e) < 0)
		return -1;
	if (tip && git_oid_equal(git_commit_tree_id(tip), git_tree_id(tree))) {
		git_render_id(git_commit_id(tip), commit);
		return 0;
	}
	if (write_commit(&id, repository, tree, tip, message, at_ms, e) < 0 ||
		move_branch(repository, ref, &id, tip, e) < 0)
		return -1;
	git_render_id(&id, commit);
	return 0;
}

int repo_snapshot(const char *dir, const char *tree, const char *part, const char *message, int64_t at_ms,
	char commit[REPO_COMMIT], struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_GIT(tree) *written = NULL;
	AUTO_FREE char *ref = mem_format(e, "refs/heads/%s", part);
	AUTO_CLOSE int lock = -1;
	int is_valid = 0;

	if (!ref)
		return -1;
	if (git_reference_name_is_valid(&is_valid, ref) < 0 || !is_valid)
		return err_set(e, ERR_USAGE, "a part's name must be usable as the name of a branch");
	if (open_or_make(&repository, dir, e) < 0 || git_lock(&lock, repository, e) < 0 ||
		dir_tree_write(&written, repository, tree, &snapshot_limits, e) < 0 ||
		commit_tree(repository, written, ref, message, at_ms, commit, e) < 0)
		return err_wrap(e, "cannot keep the submission");
	return 0;
}
