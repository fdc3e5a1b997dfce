// SPDX-License-Identifier: MIT
/*
 * Walking a branch back, from parent to parent.
 */
#include "repo/moments.h"

#include "base/fs.h"
#include "repo/git.h"

#include <fcntl.h>
#include <string.h>

static int push(struct repo_moments *out, const git_commit *commit, struct err *e)
{
	struct repo_moment *moment = mem_push(&out->item, out->count, sizeof(*moment), e);

	if (!moment)
		return -1;
	git_render_id(git_commit_id(commit), moment->commit);
	moment->at_ms = (int64_t)git_commit_time(commit) * 1000;
	out->count++;
	return 0;
}

static void reverse(struct repo_moments *moments)
{
	for (size_t i = 0; i < moments->count / 2; i++) {
		struct repo_moment kept = moments->item[i];

		moments->item[i] = moments->item[moments->count - 1 - i];
		moments->item[moments->count - 1 - i] = kept;
	}
}

static int walk(struct repo_moments *out, git_repository *repository, const char *ref, size_t max, struct err *e)
{
	git_commit *at = NULL, *parent;
	git_oid id;
	int code = git_reference_name_to_id(&id, repository, ref), failed = 0;

	if (code == GIT_ENOTFOUND) {
		git_error_clear();
		return 0;
	}
	if (code == 0)
		code = git_commit_lookup(&at, repository, &id);
	while (code == 0 && at && !failed && out->count < max) {
		failed = push(out, at, e);
		parent = NULL;
		if (git_commit_parentcount(at) > 0)
			code = git_commit_parent(&parent, at, 0);
		git_commit_free(at);
		at = parent;
	}
	git_commit_free(at);
	return code < 0 ? git_fail(e, code, "cannot read the snapshots") : failed;
}

int repo_moments(struct repo_moments *out, const char *dir, const char *part, size_t max, struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_REPO_MOMENTS struct repo_moments found = { 0 };
	AUTO_FREE char *ref = mem_format(e, "refs/heads/%s", part);

	if (!ref)
		return -1;
	if (fs_exists(AT_FDCWD, dir) &&
		(git_open(&repository, dir, e) < 0 || walk(&found, repository, ref, max, e) < 0))
		return -1;
	reverse(&found);
	*out = found;
	found = (struct repo_moments){ 0 };
	return 0;
}

void repo_moments_done(struct repo_moments *moments)
{
	free(moments->item);
	*moments = (struct repo_moments){ 0 };
}
