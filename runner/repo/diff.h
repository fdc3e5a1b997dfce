// SPDX-License-Identifier: MIT
/*
 * The difference of two directories, file by file, as a review shows it.
 */
#ifndef REPO_DIFF_H
#define REPO_DIFF_H

#include "base/err.h"

#include <stddef.h>

enum diff_origin { DIFF_CONTEXT, DIFF_ADDED, DIFF_REMOVED };

struct diff_line {
	enum diff_origin origin;
	int old_line, new_line; /* from 1; 0 where the line isn't on that side */
	char *text;             /* without its line end, valid UTF-8 */
};

struct diff_hunk {
	int old_start, old_lines, new_start, new_lines;
	struct diff_line *lines;
	size_t line_count;
};

enum diff_status { DIFF_FILE_ADDED, DIFF_FILE_REMOVED, DIFF_FILE_CHANGED, DIFF_FILE_RENAMED };

struct diff_file {
	char *old_path, *new_path; /* NULL where the file isn't on that side */
	enum diff_status status;
	int new_total_lines; /* of the whole file on the new side */
	struct diff_hunk *hunks;
	size_t hunk_count;
};

struct diff {
	struct diff_file *files;
	size_t file_count;
	size_t added, removed; /* lines */
};

/* Compares base/ and head/ (any paths), with three lines of context and renames found; files sorted by path. Files
 * over 1 MiB or with NUL bytes are listed without hunks. At most 2000 files. */
int diff_dirs(struct diff *out, const char *base, const char *head, struct err *e);

/* The diff as text that `git apply` takes. */
int diff_render(const struct diff *diff, char **out, struct err *e);

void diff_done(struct diff *diff);

#endif
