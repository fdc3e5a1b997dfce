// SPDX-License-Identifier: MIT
/*
 * Task repositories.
 */
#include "store/store_repo.h"

#include "base/i18n.h"
#include "store/record.h"

static const struct record_field repo_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_repo, name), NULL },
	{ RECORD_TEXT, offsetof(struct store_repo, url), NULL },
	{ RECORD_TEXT, offsetof(struct store_repo, ref), NULL },
	{ RECORD_TEXT, offsetof(struct store_repo, commit), NULL },
	{ RECORD_INTEGER, offsetof(struct store_repo, updated_ms), NULL },
};

static const struct record_shape repo_shape =
	RECORD_SHAPE(N_("repository"), struct store_repo, repo_fields);

int store_repo_add(struct store *store, const struct store_repo *repo, struct err *e)
{
	return record_change(store, REPO_ADD,
		DB_VALUES(DB_TEXT(repo->name), DB_TEXT(repo->url), DB_TEXT(repo->ref),
			DB_TEXT(repo->commit), DB_INTEGER(repo->updated_ms)),
		repo_shape.what, repo->name, e);
}

int store_repo_pin(struct store *store, const char *name, const char *commit, int64_t updated_ms,
	struct err *e)
{
	return record_change(store, REPO_PIN,
		DB_VALUES(DB_TEXT(name), DB_TEXT(commit), DB_INTEGER(updated_ms)), repo_shape.what,
		name, e);
}

int store_repo_get(struct store_repo *out, struct store *store, const char *name, struct err *e)
{
	return record_get(out, &repo_shape, store, REPO_GET, DB_VALUES(DB_TEXT(name)), name, e);
}

int store_repo_list(struct store_repos *out, struct store *store, struct err *e)
{
	return record_list(&out->item, &out->count, &repo_shape, store, REPO_LIST, DB_NO_VALUES, e);
}

void store_repo_done(struct store_repo *repo)
{
	record_done(repo, &repo_shape);
}

void store_repos_done(struct store_repos *repos)
{
	record_list_done(&repos->item, &repos->count, &repo_shape);
}
