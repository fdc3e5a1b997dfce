// SPDX-License-Identifier: MIT
/*
 * What a branch of a candidate's own repository went through.
 */
#ifndef REPO_MOMENTS_H
#define REPO_MOMENTS_H

#include "base/err.h"
#include "repo/clone.h"

#include <stddef.h>
#include <stdint.h>

struct repo_moment {
	char commit[REPO_COMMIT];
	int64_t at_ms; /* whole seconds */
};

struct repo_moments {
	struct repo_moment *item;
	size_t count;
};

/* The commits of branch `part`, oldest first; none when there is no such branch or repository. More than `max`: the
 * newest `max`. */
int repo_moments(struct repo_moments *out, const char *dir, const char *part, size_t max, struct err *e);
void repo_moments_done(struct repo_moments *moments);

#define AUTO_REPO_MOMENTS AUTO(repo_moments_done)

#endif
