// SPDX-License-Identifier: MIT
/*
 * The difference of two directories, file by file, as a review shows it.
 */
#ifndef REPO_DIFF_H
#define REPO_DIFF_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum diff_origin { DIFF_CONTEXT, DIFF_ADDED, DIFF_REMOVED };

struct diff_line {
	enum diff_origin origin;
	int old_line, new_line; /* from 1; 0 where the line isn't on that side */
	char *text;             /* without its line end, valid UTF-8 */
	bool crlf;              /* it ended with CR LF */
	bool unended;           /* the last line of a file that doesn't end with a line end */
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
	bool opaque;         /* over 1 MiB or with NUL bytes: listed without hunks */
	bool was_executable, executable; /* on the old side, on the new one */
	int new_total_lines; /* of the whole file on the new side; 0 if opaque */
	struct diff_hunk *hunks;
	size_t hunk_count;
};

struct diff {
	struct diff_file *files;
	size_t file_count;
	size_t added, removed; /* lines */
};

/* Compares base/ and head/ (any paths), with three lines of context and renames found; files sorted by their new
 * path, a removed one by its old. ERR_LIMIT: over 2000 files or 64 MiB on a side; ERR_INVALID: a link or device. */
int diff_dirs(struct diff *out, const char *base, const char *head, struct err *e);

/* The diff as text that `git apply` takes, but for opaque files (a line says that they differ) and for lines that
 * weren't UTF-8. */
int diff_render(const struct diff *diff, char **out, struct err *e);

void diff_done(struct diff *diff);

#endif
