// SPDX-License-Identifier: MIT
/*
 * Lines of one set of files that stand in another: a part of a hidden test that somebody copied into what candidates
 * receive. Pure.
 *
 * Only lines that say something count (eight letters or digits), without the blanks around them, so that neither another
 * indentation nor an empty line between hides a copy; and a few in a row must be the same, since single lines are alike
 * everywhere. Nor does the comment count that a hidden file begins with, such as a licence, nor what a file imports.
 */
#ifndef ASSESS_COPIED_LINES_H
#define ASSESS_COPIED_LINES_H

#include "base/err.h"
#include "base/mem.h"

#include <stddef.h>

enum { COPIED_LEAST = 5 };

/* A file; borrowed. One without bytes, or with a NUL in them, has no lines. */
struct lines_file {
	const char *bytes;
	size_t size;
};

struct lines_files {
	const struct lines_file *item;
	size_t count;
};

/* A block: so many lines that count, and where they begin, counted from 1. */
struct copied {
	size_t shown, hidden; /* which of the files */
	size_t shown_line, hidden_line;
	size_t lines, hidden_lines; /* of the block, and of the whole hidden file, common ones included */
	const char *text; /* of the shown file: from behind the last line that counts before the block; borrowed */
	size_t size;
};

struct copies {
	struct copied *item;
	size_t count;
};

/* Finds all blocks of at least COPIED_LEAST lines that a shown and a hidden file have alike, by their place in the shown
 * ones, and of each block the hidden file that has most of it. Lines that a file of `common` has, too, are no secret:
 * they don't count on either side. */
int copied_lines(struct copies *out, const struct lines_files *shown, const struct lines_files *hidden,
	const struct lines_files *common, struct err *e);

/* How many lines of a file count. */
size_t copied_lines_count(const struct lines_file *file);

void copies_done(struct copies *copies);

#endif
