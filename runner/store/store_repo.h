// SPDX-License-Identifier: MIT
/*
 * The task repositories of a workspace, each pinned to a commit.
 */
#ifndef STORE_REPO_H
#define STORE_REPO_H

#include "store/store.h"

struct store_repo {
	const char *name;
	const char *url; /* without a password */
	const char *ref; /* the branch, tag or commit that is followed; NULL: the default branch */
	const char *commit; /* what it meant when it was added or last updated */
	int64_t updated_ms;
};

struct store_repos {
	struct store_repo *item;
	size_t count;
};

int store_repo_add(struct store *store, const struct store_repo *repo, struct err *e);
int store_repo_pin(struct store *store, const char *name, const char *commit, int64_t updated_ms,
	struct err *e);
int store_repo_get(struct store_repo *out, struct store *store, const char *name, struct err *e);
int store_repo_list(struct store_repos *out, struct store *store, struct err *e); /* by name */
void store_repo_done(struct store_repo *repo);
void store_repos_done(struct store_repos *repos);

#define AUTO_STORE_REPO  AUTO(store_repo_done)
#define AUTO_STORE_REPOS AUTO(store_repos_done)

#endif
