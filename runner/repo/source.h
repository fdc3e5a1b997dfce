// SPDX-License-Identifier: MIT
/*
 * Where a repository is cloned from (private to this room): a path or file:// URL that a person typed, looked at
 * before libgit2 copies from it.
 */
#ifndef REPO_SOURCE_H
#define REPO_SOURCE_H

#include "base/err.h"

/* The absolute path behind what was typed, links resolved. ERR_USAGE for a scheme that isn't ours yet, ERR_NOT_FOUND. */
int source_path(char **path, const char *url, struct err *e);

/* Whether the repository at the path may be copied: it is one (ERR_NOT_FOUND), it belongs to this user or is in
 * their safe.directory (ERR_DENIED, with the remedy), and it is within the limits of repo_clone (ERR_LIMIT). */
int source_check(const char *path, struct err *e);

#endif
