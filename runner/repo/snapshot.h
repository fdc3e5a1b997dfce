// SPDX-License-Identifier: MIT
/*
 * A candidate's own repository: every submission is a commit in it.
 */
#ifndef REPO_SNAPSHOT_H
#define REPO_SNAPSHOT_H

#include "base/err.h"
#include "repo/clone.h"

#include <stdint.h>

/* Makes the bare repository `dir` if it is not there and commits the regular files below `tree` (any path; links and
 * other things were dropped by the intake before and are ERR_INVALID here) on the branch `part`, with the message and
 * time given. Unchanged content gives no new commit but the last one's id. What was committed survives a crash. */
int repo_snapshot(const char *dir, const char *tree, const char *part, const char *message, int64_t at_ms,
	char commit[REPO_COMMIT], struct err *e);

#endif
