// SPDX-License-Identifier: MIT
/*
 * A directory becomes a tree of git (private to this room): for a snapshot that is kept, and for a comparison that
 * lives in memory.
 */
#ifndef REPO_DIR_TREE_H
#define REPO_DIR_TREE_H

#include "base/err.h"
#include "repo/git.h"

#include <stddef.h>

struct dir_tree_limits {
	size_t max_entries, max_files;
	size_t max_bytes, max_file_bytes; /* of all files; of one */
};

/* Writes the regular files below `dir` into the repository, with the executable bit and nothing else of their modes.
 * ERR_INVALID for a link or a device; ERR_LIMIT. */
int dir_tree_write(git_tree **out, git_repository *repository, const char *dir, const struct dir_tree_limits *limits,
	struct err *e);

#endif
