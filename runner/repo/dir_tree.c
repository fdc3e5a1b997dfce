// SPDX-License-Identifier: MIT
/*
 * The way is an index in memory: it makes trees of paths, as git itself does.
 */
#include "repo/dir_tree.h"

#include "base/fs.h"
#include "base/text.h"

#include <fcntl.h>

struct writing {
	git_repository *repository;
	git_index *index;
	const struct dir_tree_limits *limits;
	size_t files, bytes;
};

static size_t room_for_file(const struct writing *writing)
{
	size_t left = writing->limits->max_bytes - writing->bytes;

	return left < writing->limits->max_file_bytes ? left : writing->limits->max_file_bytes;
}

static int add_file(struct writing *writing, const struct fs_entry *entry, const char *shown, struct err *e)
{
	git_index_entry added = { .path = entry->path };
	AUTO_FREE char *bytes = NULL;
	size_t size = 0;
	int code;

	if (++writing->files > writing->limits->max_files)
		return err_set(e, ERR_LIMIT, "more than %zu files", writing->limits->max_files);
	added.mode = entry->st->st_mode & 0100 ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
	if (fs_read(&bytes, &size, entry->dir_fd, entry->name, room_for_file(writing), e) < 0)
		return -1;
	writing->bytes += size;
	code = git_blob_create_from_buffer(&added.id, writing->repository, bytes, size);
	if (code == 0)
		code = git_index_add(writing->index, &added);
	return code < 0 ? git_fail(e, code, "cannot add %s", shown) : 0;
}

static int visit(const struct fs_entry *entry, void *context, struct err *e)
{
	AUTO_FREE char *shown = NULL;

	if (S_ISDIR(entry->st->st_mode))
		return FS_GO_ON;
	shown = text_visible_line(entry->path, e);
	if (!shown)
		return -1;
	if (!S_ISREG(entry->st->st_mode))
		return err_set(e, ERR_INVALID, "%s is a link or a device: only files are taken", shown);
	return add_file(context, entry, shown, e);
}

int dir_tree_write(git_tree **out, git_repository *repository, const char *dir, const struct dir_tree_limits *limits,
	struct err *e)
{
	AUTO_GIT(index) *index = NULL;
	struct writing writing = { .repository = repository, .limits = limits };
	git_oid id;
	int code = git_index_new(&index);

	if (code < 0)
		return git_fail(e, code, "cannot list the files");
	writing.index = index;
	if (fs_walk(AT_FDCWD, dir, limits->max_entries, visit, &writing, e) < 0)
		return -1;
	code = git_index_write_tree_to(&id, index, repository);
	if (code == 0)
		code = git_tree_lookup(out, repository, &id);
	return code < 0 ? git_fail(e, code, "cannot list the files") : 0;
}
