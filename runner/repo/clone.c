// SPDX-License-Identifier: MIT
/*
 * Cloning and fetching: one remote, all branches, tags and pull requests mirrored under their own names, so that a
 * ref means here what it means there. The new repository is made under a temporary name and gets its own when it is
 * whole; a fetch adds objects first and moves refs last, so that one which is cut off loses nothing.
 */
#include "repo/clone.h"

#include "base/fs.h"
#include "base/text.h"
#include "repo/git.h"
#include "repo/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OBJECTS = 2000000 };
static const size_t max_bytes = (size_t)1 << 30;

static const char *const mirrored[] = { "refs/heads/", "refs/tags/", "refs/pull/" };
enum { MIRRORED = sizeof(mirrored) / sizeof(*mirrored) };

/* --- transport -------------------------------------------------------------------------------------------------- */

/* A remote without a name: libgit2 1.5 would look for `insteadOf` with a regular expression that it never frees. */
static int connect(git_remote **out, git_repository *repository, const char *path, struct err *e)
{
	git_remote_create_options options;
	int code;

	git_remote_create_options_init(&options, GIT_REMOTE_CREATE_OPTIONS_VERSION);
	options.repository = repository;
	options.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC;
	code = git_remote_create_with_opts(out, path, &options);
	if (code == 0)
		code = git_remote_connect(*out, GIT_DIRECTION_FETCH, NULL, NULL, NULL);
	return code < 0 ? git_fail(e, code, "cannot read it") : 0;
}

static int watch_size(const git_indexer_progress *progress, void *context)
{
	bool *too_large = context;

	*too_large = progress->total_objects > MAX_OBJECTS || progress->received_bytes > max_bytes;
	return *too_large ? GIT_EUSER : 0;
}

static int copy_objects(git_remote *remote, struct err *e)
{
	char specs[MIRRORED][64];
	char *spec[MIRRORED];
	git_fetch_options options;
	bool too_large = false;
	int code;

	for (size_t i = 0; i < MIRRORED; i++) {
		snprintf(specs[i], sizeof(specs[i]), "+%s*:%s*", mirrored[i], mirrored[i]);
		spec[i] = specs[i];
	}
	git_fetch_options_init(&options, GIT_FETCH_OPTIONS_VERSION);
	options.callbacks.transfer_progress = watch_size;
	options.callbacks.payload = &too_large;
	code = git_remote_download(remote, &(git_strarray){ spec, MIRRORED }, &options);
	if (too_large) {
		git_error_clear();
		return err_set(e, ERR_LIMIT, "it is larger than %zu MiB or %d objects", max_bytes >> 20, MAX_OBJECTS);
	}
	return code < 0 ? git_fail(e, code, "cannot copy it") : 0;
}

static bool is_mirrored(const char *ref)
{
	for (size_t i = 0; i < MIRRORED; i++)
		if (text_starts_with(ref, mirrored[i]))
			return true;
	return false;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const git_remote_head *const *)a)->name, (*(const git_remote_head *const *)b)->name);
}

/* Forgets the refs that are there no more; before new ones come, since "a" would be in the way of "a/b". */
static int prune(git_repository *repository, const git_remote_head **heads, size_t count, struct err *e)
{
	git_strarray refs = { 0 };
	int code = git_reference_list(&refs, repository);

	qsort(heads, count, sizeof(*heads), by_name);
	for (size_t i = 0; i < refs.count && code == 0; i++) {
		const git_remote_head named = { .name = refs.strings[i] };
		const git_remote_head *key = &named;

		if (is_mirrored(refs.strings[i]) && !bsearch(&key, heads, count, sizeof(*heads), by_name))
			code = git_reference_remove(repository, refs.strings[i]);
	}
	git_strarray_dispose(&refs);
	return code < 0 ? git_fail(e, code, "cannot forget its deleted branches") : 0;
}

/* HEAD becomes the branch that HEAD is there, if it says and has one. */
static int follow_head(git_repository *repository, git_remote *remote, struct err *e)
{
	git_buf branch = { 0 };
	int code = git_remote_default_branch(&branch, remote);

	if (code == 0)
		code = git_repository_set_head(repository, branch.ptr);
	git_buf_dispose(&branch);
	if (code < 0 && code != GIT_ENOTFOUND)
		return git_fail(e, code, "cannot find its default branch");
	git_error_clear();
	return 0;
}

static int mirror(git_repository *repository, const char *path, struct err *e)
{
	AUTO_GIT(remote) *remote = NULL;
	AUTO_FREE const git_remote_head **sorted = NULL;
	const git_remote_head **heads;
	size_t count = 0;
	int code;

	if (connect(&remote, repository, path, e) < 0)
		return -1;
	if (git_remote_ls(&heads, &count, remote) < 0 || count == 0) {
		git_error_clear();
		return err_set(e, ERR_INVALID, "it is empty: commit the tasks and push them first");
	}
	sorted = mem_new(count, sizeof(*sorted), e);
	if (!sorted)
		return -1;
	memcpy(sorted, heads, count * sizeof(*sorted));
	if (copy_objects(remote, e) < 0 || prune(repository, sorted, count, e) < 0)
		return -1;
	code = git_remote_update_tips(remote, NULL, 0, GIT_REMOTE_DOWNLOAD_TAGS_NONE, NULL);
	if (code < 0)
		return git_fail(e, code, "cannot move the branches");
	return follow_head(repository, remote, e);
}

/* --- clone and fetch -------------------------------------------------------------------------------------------- */

static const char source_key[] = "remote.origin.url";

static int clone_into(const char *made, const char *path, struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_GIT(config) *config = NULL;
	int code;

	if (git_make(&repository, made, e) < 0)
		return -1;
	code = git_repository_config(&config, repository);
	if (code == 0)
		code = git_config_set_string(config, source_key, path);
	if (code < 0)
		return git_fail(e, code, "cannot note where it comes from");
	return mirror(repository, path, e);
}

int repo_clone(const char *url, const char *dir, struct err *e)
{
	AUTO_NEW_DIR struct new_dir made = { 0 };
	AUTO_FREE char *path = NULL;
	AUTO_FREE char *shown = repo_url_shown(url, e);

	if (!shown)
		return -1;
	if (source_path(&path, url, e) < 0 || source_check(path, e) < 0 || new_dir_start(&made, dir, e) < 0 ||
		clone_into(made.path, path, e) < 0 || new_dir_keep(&made, e) < 0)
		return err_wrap(e, "cannot clone %s", shown);
	return 0;
}

static int source_of(char **path, git_repository *repository, const char *dir, struct err *e)
{
	AUTO_GIT(config) *config = NULL;
	git_buf value = { 0 };
	int code = git_repository_config_snapshot(&config, repository);

	if (code == 0)
		code = git_config_get_string_buf(&value, config, source_key);
	if (code < 0)
		return git_fail(e, code, "%s was not cloned from anywhere", dir);
	*path = mem_copy(value.ptr, e);
	git_buf_dispose(&value);
	return *path ? 0 : -1;
}

int repo_fetch(const char *dir, struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_FREE char *path = NULL;
	AUTO_CLOSE int lock = -1;

	if (git_open(&repository, dir, e) < 0 || git_lock(&lock, repository, e) < 0 ||
		source_of(&path, repository, dir, e) < 0)
		return -1;
	if (!fs_exists(AT_FDCWD, path))
		return err_set(e, ERR_NOT_FOUND, "cannot update: there is nothing at %s any more", path);
	if (source_check(path, e) < 0 || mirror(repository, path, e) < 0)
		return err_wrap(e, "cannot update from %s", path);
	return 0;
}

/* --- refs ------------------------------------------------------------------------------------------------------- */

static bool is_hex(const char *s, size_t least)
{
	size_t length = strspn(s, "0123456789abcdefABCDEF");

	return !s[length] && length >= least && length <= GIT_OID_HEXSZ;
}

/* " (there are: main, next, …)", or nothing when there are none. */
static int suggest_branches(char **out, git_repository *repository, struct err *e)
{
	enum { SHOWN = 8 };
	AUTO_TEXT struct text t = { 0 };
	git_strarray refs = { 0 };
	size_t shown = 0;

	if (git_reference_list(&refs, repository) < 0)
		git_error_clear();
	for (size_t i = 0; i < refs.count && shown <= SHOWN; i++) {
		if (!text_starts_with(refs.strings[i], "refs/heads/"))
			continue;
		text_add(&t, shown == 0 ? "; there are: " : ", ");
		text_add_visible(&t, shown == SHOWN ? "…" : refs.strings[i] + strlen("refs/heads/"), true);
		shown++;
	}
	git_strarray_dispose(&refs);
	return text_take(&t, out, e);
}

static int fail_unknown(git_repository *repository, const char *ref, struct err *e)
{
	AUTO_FREE char *branches = NULL;
	AUTO_FREE char *shown = text_visible_line(ref, e);

	git_error_clear();
	if (!shown || suggest_branches(&branches, repository, e) < 0)
		return -1;
	return err_set(e, ERR_NOT_FOUND, "there is no branch, tag or commit %s%s", shown, branches);
}

/* What a name or hex prefix means: whole ids first, then names, then prefixes. Nothing of git's own small language
 * (HEAD~3, :/text), which would let a ref run a search. */
static int look_up(git_object **out, git_repository *repository, const char *ref)
{
	AUTO_GIT(reference) *reference = NULL;
	git_oid id;
	int code = GIT_ENOTFOUND;

	if (!is_hex(ref, GIT_OID_HEXSZ))
		code = git_reference_dwim(&reference, repository, ref);
	if (code == 0)
		return git_reference_peel(out, reference, GIT_OBJECT_COMMIT);
	if (!is_hex(ref, 4))
		return GIT_ENOTFOUND;
	code = git_oid_fromstrp(&id, ref);
	return code < 0 ? code : git_object_lookup_prefix(out, repository, &id, strlen(ref), GIT_OBJECT_COMMIT);
}

int repo_resolve(const char *dir, const char *ref, char commit[REPO_COMMIT], struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_GIT(object) *object = NULL;
	int code;

	if (git_open(&repository, dir, e) < 0)
		return -1;
	code = look_up(&object, repository, ref ? ref : "HEAD");
	if (code == GIT_EAMBIGUOUS)
		return git_fail(e, code, "%s means more than one commit; give more digits", ref);
	if (code == GIT_ENOTFOUND || code == GIT_EINVALIDSPEC)
		return fail_unknown(repository, ref ? ref : "HEAD", e);
	if (code < 0)
		return git_fail(e, code, "cannot find the commit of %s", ref ? ref : "the default branch");
	git_render_id(git_object_id(object), commit);
	return 0;
}
