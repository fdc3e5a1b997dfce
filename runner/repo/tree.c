// SPDX-License-Identifier: MIT
/*
 * Reading the tree of a commit. A checkout goes over it twice. The first time nothing is written: names, kinds,
 * depth, entries and bytes are checked, bytes from the objects' headers, so that a tree of trees that repeats itself
 * a billion times ends at the limit on entries. The second time each blob is written below a directory descriptor,
 * into new files only, under a temporary name that becomes the final one when all is there.
 */
#include "repo/clone.h"

#include "base/fs.h"
#include "base/text.h"
#include "repo/git.h"
#include "repo/name.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

enum { FIND_MAX_ENTRIES = 200000 };

static const struct repo_limits default_limits = {
	.max_entries = 100000,
	.max_bytes = (size_t)256 << 20,
	.max_depth = 50,
};

/* --- the first way: looking ------------------------------------------------------------------------------------- */

struct look {
	git_repository *repository;
	git_odb *odb;
	struct repo_limits limits;
	size_t entries, bytes;
};

static int fail_entry(struct err *e, const char *path, const char *why)
{
	AUTO_FREE char *shown = text_visible_line(path, e);

	return shown ? err_set(e, ERR_INVALID, "%s %s", shown, why) : -1;
}

static int count_blob(struct look *look, const git_tree_entry *entry, const char *path, struct err *e)
{
	git_object_t type;
	size_t size;
	int code = git_odb_read_header(&size, &type, look->odb, git_tree_entry_id(entry));

	if (code < 0)
		return git_fail(e, code, "cannot read a file of the repository");
	if (type != GIT_OBJECT_BLOB)
		return fail_entry(e, path, "is no file in the repository, though its tree says so");
	if (size > look->limits.max_bytes - look->bytes)
		return err_set(e, ERR_LIMIT, "its files are larger than %zu KiB", look->limits.max_bytes >> 10);
	look->bytes += size;
	return 0;
}

static int check_name(const git_tree_entry *entry, const char *path, struct err *e)
{
	const char *fault = name_fault(git_tree_entry_name(entry));
	AUTO_FREE char *shown = NULL;

	if (strlen(path) >= PATH_MAX) /* which counts the NUL */
		return err_set(e, ERR_LIMIT, "it has a path of more than %d bytes", PATH_MAX - 1);
	if (!fault)
		return 0;
	shown = text_visible_line(path, e);
	return shown ? err_set(e, ERR_INVALID, "%s is refused: its name %s", shown, fault) : -1;
}

static int look_at_tree(struct look *look, const git_tree *tree, const char *path, size_t depth, struct err *e);

static int look_at_entry(struct look *look, const git_tree_entry *entry, const char *parent, size_t depth,
	struct err *e)
{
	AUTO_GIT(tree) *below = NULL;
	AUTO_FREE char *path = fs_join(parent, git_tree_entry_name(entry), e);
	int code;

	if (!path || check_name(entry, path, e) < 0)
		return -1;
	switch ((unsigned)git_tree_entry_filemode_raw(entry)) {
	case GIT_FILEMODE_BLOB:
	case GIT_FILEMODE_BLOB_EXECUTABLE:
	case 0100664: /* as git wrote it before 2005 */
		return count_blob(look, entry, path, e);
	case GIT_FILEMODE_TREE:
		break;
	case GIT_FILEMODE_LINK:
		return fail_entry(e, path, "is a link: a task has only files and directories");
	case GIT_FILEMODE_COMMIT:
		return fail_entry(e, path, "is a submodule: commit its files themselves");
	default:
		return fail_entry(e, path, "is neither a file nor a directory");
	}
	code = git_tree_lookup(&below, look->repository, git_tree_entry_id(entry));
	if (code < 0)
		return git_fail(e, code, "cannot read a directory of the repository");
	return look_at_tree(look, below, path, depth + 1, e);
}

static int look_at_tree(struct look *look, const git_tree *tree, const char *path, size_t depth, struct err *e)
{
	size_t count = git_tree_entrycount(tree);

	if (depth > look->limits.max_depth)
		return err_set(e, ERR_LIMIT, "its directories are nested deeper than %zu levels", look->limits.max_depth);
	if (count > look->limits.max_entries - look->entries)
		return err_set(e, ERR_LIMIT, "it has more than %zu files and directories", look->limits.max_entries);
	look->entries += count;
	for (size_t i = 0; i < count; i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);

		if (i && strcmp(git_tree_entry_name(entry), git_tree_entry_name(git_tree_entry_byindex(tree, i - 1))) == 0)
			return fail_entry(e, git_tree_entry_name(entry), "stands there twice");
		if (look_at_entry(look, entry, path, depth, e) < 0)
			return -1;
	}
	return 0;
}

static int look_first(git_repository *repository, const git_tree *tree, const struct repo_limits *limits,
	struct err *e)
{
	AUTO_GIT(odb) *odb = NULL;
	struct look look = { .repository = repository, .limits = limits ? *limits : default_limits };
	int code = git_repository_odb(&odb, repository);

	if (code < 0)
		return git_fail(e, code, "cannot read the repository");
	look.odb = odb;
	return look_at_tree(&look, tree, "", 0, e);
}

/* --- the second way: writing ------------------------------------------------------------------------------------ */

static int write_tree(git_repository *repository, const git_tree *tree, int fd, struct err *e);

static int write_blob(git_repository *repository, const git_tree_entry *entry, int dir_fd, struct err *e)
{
	mode_t mode = git_tree_entry_filemode_raw(entry) == GIT_FILEMODE_BLOB_EXECUTABLE ? 0755 : 0644;
	AUTO_GIT(blob) *blob = NULL;
	AUTO_CLOSE int fd = -1;
	int code = git_blob_lookup(&blob, repository, git_tree_entry_id(entry));

	if (code < 0)
		return git_fail(e, code, "cannot read %s", git_tree_entry_name(entry));
	fd = openat(dir_fd, git_tree_entry_name(entry), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0 || fchmod(fd, mode) < 0)
		return err_errno(e, "cannot write %s", git_tree_entry_name(entry));
	return fs_write_fd(fd, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob), e);
}

static int write_dir(git_repository *repository, const git_tree_entry *entry, int dir_fd, struct err *e)
{
	const char *name = git_tree_entry_name(entry);
	AUTO_GIT(tree) *below = NULL;
	AUTO_CLOSE int fd = -1;
	int code = git_tree_lookup(&below, repository, git_tree_entry_id(entry));

	if (code < 0)
		return git_fail(e, code, "cannot read %s", name);
	if (mkdirat(dir_fd, name, 0755) < 0)
		return err_errno(e, "cannot make the directory %s", name);
	fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fchmod(fd, 0755) < 0)
		return err_errno(e, "cannot open the directory %s", name);
	return write_tree(repository, below, fd, e);
}

static int write_tree(git_repository *repository, const git_tree *tree, int fd, struct err *e)
{
	for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		bool is_dir = git_tree_entry_filemode_raw(entry) == GIT_FILEMODE_TREE;

		if ((is_dir ? write_dir : write_blob)(repository, entry, fd, e) < 0)
			return -1;
	}
	return 0;
}

static int write_new(git_repository *repository, const git_tree *tree, const char *to, struct err *e)
{
	AUTO_NEW_DIR struct new_dir made = { 0 };
	AUTO_CLOSE int fd = -1;

	if (new_dir_start(&made, to, e) < 0 || fs_open_dir(&fd, AT_FDCWD, made.path, e) < 0 ||
		write_tree(repository, tree, fd, e) < 0)
		return -1;
	return new_dir_keep(&made, e);
}

int repo_checkout(const char *dir, const char *commit, const char *path, const char *to,
	const struct repo_limits *limits, struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_GIT(tree) *tree = NULL;
	AUTO_FREE char *shown = text_visible_line(*path ? path : "the repository", e);

	if (!shown)
		return -1;
	if (git_open(&repository, dir, e) < 0 || git_find_tree(&tree, repository, commit, path, e) < 0 ||
		look_first(repository, tree, limits, e) < 0 || write_new(repository, tree, to, e) < 0)
		return err_wrap(e, "cannot check out %s", shown);
	return 0;
}

/* --- asking ----------------------------------------------------------------------------------------------------- */

int repo_tree_id(const char *dir, const char *commit, const char *path, char tree[REPO_COMMIT], struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_GIT(tree) *found = NULL;

	if (git_open(&repository, dir, e) < 0 || git_find_tree(&found, repository, commit, path, e) < 0)
		return -1;
	git_render_id(git_tree_id(found), tree);
	return 0;
}

struct find {
	git_repository *repository;
	const char *name;
	int max_depth;
	size_t seen;
	struct strings found;
};

static int find_in(struct find *find, const git_tree *tree, const char *path, int depth, struct err *e);

static int find_entry(struct find *find, const git_tree_entry *entry, const char *parent, int depth, struct err *e)
{
	git_filemode_t mode = git_tree_entry_filemode_raw(entry);
	AUTO_GIT(tree) *below = NULL;
	AUTO_FREE char *path = NULL;
	int code;

	/* A name that no checkout would take can't hold a task; a link of that name is found, to be refused there. */
	if (name_fault(git_tree_entry_name(entry)))
		return 0;
	path = fs_join(parent, git_tree_entry_name(entry), e);
	if (!path)
		return -1;
	if (mode != GIT_FILEMODE_TREE)
		return fnmatch(find->name, git_tree_entry_name(entry), 0) == 0 && mode != GIT_FILEMODE_COMMIT ?
			strings_take(&find->found, take_ptr(&path), e) : 0;
	if (depth == find->max_depth)
		return 0;
	code = git_tree_lookup(&below, find->repository, git_tree_entry_id(entry));
	if (code < 0)
		return git_fail(e, code, "cannot read a directory of the repository");
	return find_in(find, below, path, depth + 1, e);
}

static int find_in(struct find *find, const git_tree *tree, const char *path, int depth, struct err *e)
{
	size_t count = git_tree_entrycount(tree);

	if (count > FIND_MAX_ENTRIES - find->seen)
		return err_set(e, ERR_LIMIT, "the repository has more than %d files and directories", FIND_MAX_ENTRIES);
	find->seen += count;
	for (size_t i = 0; i < count; i++)
		if (find_entry(find, git_tree_entry_byindex(tree, i), path, depth, e) < 0)
			return -1;
	return 0;
}

int repo_find(struct strings *out, const char *dir, const char *commit, const char *name, int max_depth, struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_GIT(tree) *root = NULL;
	struct find find = { .name = name, .max_depth = max_depth };

	if (git_open(&repository, dir, e) < 0 || git_find_tree(&root, repository, commit, "", e) < 0)
		return -1;
	find.repository = repository;
	if (find_in(&find, root, "", 0, e) < 0) {
		strings_done(&find.found);
		return -1;
	}
	strings_sort(&find.found);
	*out = find.found;
	return 0;
}
