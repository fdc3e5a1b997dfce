// SPDX-License-Identifier: MIT
/*
 * Two directories become two trees of a repository that exists only in memory: there libgit2 pairs the files,
 * renamed ones included. The lines are then compared buffer by buffer, without a repository, so that no
 * .gitattributes of a candidate or task has a say in what a reviewer sees.
 */
#include "repo/diff.h"

#include "base/fs.h"
#include "base/mem.h"
#include "base/text.h"
#include "repo/dir_tree.h"
#include "repo/git.h"

#include <fcntl.h>
#include <git2/sys/mempack.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT_BYTES = 1 << 20 };

/* --- a side ----------------------------------------------------------------------------------------------------- */

static const struct dir_tree_limits side_limits = {
	.max_entries = 20000,
	.max_files = 2000,
	.max_bytes = 64 << 20,
	.max_file_bytes = 64 << 20,
};

static int read_side(git_tree **out, git_repository *repository, const char *dir, struct err *e)
{
	return dir_tree_write(out, repository, dir, &side_limits, e) < 0 ? err_wrap(e, "cannot compare %s", dir) : 0;
}

/* A repository without a directory. */
static int make_in_memory(git_repository **out, struct err *e)
{
	git_odb_backend *memory = NULL;
	AUTO_GIT(odb) *odb = NULL;
	int code = git_odb_new(&odb);

	if (code == 0)
		code = git_mempack_new(&memory);
	if (code == 0)
		code = git_odb_add_backend(odb, memory, 1); /* keeps it */
	if (code == 0)
		code = git_repository_wrap_odb(out, odb);
	return code < 0 ? git_fail(e, code, "cannot prepare a comparison") : 0;
}

/* --- a file's lines --------------------------------------------------------------------------------------------- */

static int add_line(struct diff_hunk *hunk, const git_diff_line *from, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	size_t length = from->content_len;
	struct diff_line *line;

	/* The marks "\ No newline at end of file" have origins of their own; what they mark shows by itself. */
	if (from->origin != GIT_DIFF_LINE_CONTEXT && from->origin != GIT_DIFF_LINE_ADDITION &&
		from->origin != GIT_DIFF_LINE_DELETION)
		return 0;
	line = mem_push(&hunk->lines, hunk->line_count, sizeof(*line), e);
	if (!line)
		return -1;
	hunk->line_count++;
	line->origin = from->origin == GIT_DIFF_LINE_ADDITION ? DIFF_ADDED :
		from->origin == GIT_DIFF_LINE_DELETION ? DIFF_REMOVED : DIFF_CONTEXT;
	line->old_line = from->old_lineno > 0 ? from->old_lineno : 0;
	line->new_line = from->new_lineno > 0 ? from->new_lineno : 0;
	line->unended = length == 0 || from->content[length - 1] != '\n';
	length -= !line->unended;
	line->crlf = !line->unended && length > 0 && from->content[length - 1] == '\r';
	length -= line->crlf;
	text_add_clean(&t, from->content, length);
	return text_take(&t, &line->text, e);
}

static int add_hunk(struct diff_file *file, git_patch *patch, size_t index, struct err *e)
{
	const git_diff_hunk *from;
	struct diff_hunk *hunk;
	size_t lines = 0;
	int code = git_patch_get_hunk(&from, &lines, patch, index);

	if (code < 0)
		return git_fail(e, code, "cannot compare the lines");
	hunk = mem_push(&file->hunks, file->hunk_count, sizeof(*hunk), e);
	if (!hunk)
		return -1;
	file->hunk_count++;
	hunk->old_start = from->old_start;
	hunk->old_lines = from->old_lines;
	hunk->new_start = from->new_start;
	hunk->new_lines = from->new_lines;
	for (size_t i = 0; i < lines; i++) {
		const git_diff_line *line;

		code = git_patch_get_line_in_hunk(&line, patch, index, i);
		if (code < 0)
			return git_fail(e, code, "cannot compare the lines");
		if (add_line(hunk, line, e) < 0)
			return -1;
	}
	return 0;
}

struct content {
	const char *bytes;
	size_t size;
};

static struct content content_of(const git_blob *blob)
{
	if (!blob)
		return (struct content){ "", 0 };
	return (struct content){ git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob) };
}

static bool is_opaque(struct content content)
{
	return content.size > MAX_TEXT_BYTES || (content.size && memchr(content.bytes, '\0', content.size));
}

static int count_lines(struct content content)
{
	int lines = content.size && content.bytes[content.size - 1] != '\n';

	for (size_t i = 0; i < content.size; i++)
		lines += content.bytes[i] == '\n';
	return lines;
}

static int add_hunks(struct diff_file *file, struct content old, struct content new, struct err *e)
{
	AUTO_GIT(patch) *patch = NULL;
	git_diff_options options;
	int code;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FORCE_TEXT;
	options.context_lines = 3;
	code = git_patch_from_buffers(&patch, old.bytes, old.size, NULL, new.bytes, new.size, NULL, &options);
	if (code < 0)
		return git_fail(e, code, "cannot compare the lines");
	for (size_t i = 0; i < git_patch_num_hunks(patch); i++)
		if (add_hunk(file, patch, i, e) < 0)
			return -1;
	return 0;
}

/* --- files ------------------------------------------------------------------------------------------------------ */

static enum diff_status status_of(const git_diff_delta *delta)
{
	switch (delta->status) {
	case GIT_DELTA_ADDED:
		return DIFF_FILE_ADDED;
	case GIT_DELTA_DELETED:
		return DIFF_FILE_REMOVED;
	case GIT_DELTA_RENAMED:
		return DIFF_FILE_RENAMED;
	default:
		return DIFF_FILE_CHANGED;
	}
}

static int copy_path(char **out, const char *path, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	text_add_clean(&t, path, strlen(path));
	return text_take(&t, out, e);
}

static int look_up(git_blob **out, git_repository *repository, const git_diff_file *file, bool is_there, struct err *e)
{
	int code = is_there ? git_blob_lookup(out, repository, &file->id) : 0;

	return code < 0 ? git_fail(e, code, "cannot compare %s", file->path) : 0;
}

static int fill_file(struct diff_file *file, git_repository *repository, const git_diff_delta *delta, struct err *e)
{
	AUTO_GIT(blob) *old_blob = NULL;
	AUTO_GIT(blob) *new_blob = NULL;
	struct content old, new;
	bool has_old, has_new;

	file->status = status_of(delta);
	has_old = file->status != DIFF_FILE_ADDED;
	has_new = file->status != DIFF_FILE_REMOVED;
	file->was_executable = has_old && delta->old_file.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	file->executable = has_new && delta->new_file.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	if ((has_old && copy_path(&file->old_path, delta->old_file.path, e) < 0) ||
		(has_new && copy_path(&file->new_path, delta->new_file.path, e) < 0) ||
		look_up(&old_blob, repository, &delta->old_file, has_old, e) < 0 ||
		look_up(&new_blob, repository, &delta->new_file, has_new, e) < 0)
		return -1;
	old = content_of(old_blob);
	new = content_of(new_blob);
	file->opaque = is_opaque(old) || is_opaque(new);
	if (file->opaque)
		return 0;
	file->new_total_lines = count_lines(new);
	return add_hunks(file, old, new, e);
}

static void count_changes(struct diff *diff, const struct diff_file *file)
{
	for (size_t h = 0; h < file->hunk_count; h++)
		for (size_t l = 0; l < file->hunks[h].line_count; l++) {
			diff->added += file->hunks[h].lines[l].origin == DIFF_ADDED;
			diff->removed += file->hunks[h].lines[l].origin == DIFF_REMOVED;
		}
}

static const char *sort_path(const struct diff_file *file)
{
	return file->new_path ? file->new_path : file->old_path;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(sort_path(a), sort_path(b));
}

static int fill(struct diff *out, git_repository *repository, git_diff *diff, struct err *e)
{
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		struct diff_file *file = mem_push(&out->files, out->file_count, sizeof(*file), e);

		if (!file)
			return -1;
		out->file_count++;
		if (fill_file(file, repository, git_diff_get_delta(diff, i), e) < 0)
			return -1;
		count_changes(out, file);
	}
	if (out->file_count)
		qsort(out->files, out->file_count, sizeof(*out->files), by_path);
	return 0;
}

static int pair_files(git_diff **out, git_repository *repository, git_tree *base, git_tree *head, struct err *e)
{
	git_diff_find_options options;
	int code = git_diff_tree_to_tree(out, repository, base, head, NULL);

	git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FIND_RENAMES;
	if (code == 0)
		code = git_diff_find_similar(*out, &options);
	return code < 0 ? git_fail(e, code, "cannot pair the files") : 0;
}

int diff_dirs(struct diff *out, const char *base, const char *head, struct err *e)
{
	AUTO_GIT(repository) *repository = NULL;
	AUTO_GIT(tree) *base_tree = NULL;
	AUTO_GIT(tree) *head_tree = NULL;
	AUTO_GIT(diff) *diff = NULL;
	struct diff filled = { 0 };

	if (make_in_memory(&repository, e) < 0 || read_side(&base_tree, repository, base, e) < 0 ||
		read_side(&head_tree, repository, head, e) < 0 ||
		pair_files(&diff, repository, base_tree, head_tree, e) < 0)
		return -1;
	if (fill(&filled, repository, diff, e) < 0) {
		diff_done(&filled);
		return -1;
	}
	*out = filled;
	return 0;
}

static void hunk_done(struct diff_hunk *hunk)
{
	for (size_t i = 0; i < hunk->line_count; i++)
		free(hunk->lines[i].text);
	free(hunk->lines);
}

void diff_done(struct diff *diff)
{
	for (size_t i = 0; i < diff->file_count; i++) {
		struct diff_file *file = &diff->files[i];

		for (size_t h = 0; h < file->hunk_count; h++)
			hunk_done(&file->hunks[h]);
		free(file->hunks);
		free(file->old_path);
		free(file->new_path);
	}
	free(diff->files);
	*diff = (struct diff){ 0 };
}
