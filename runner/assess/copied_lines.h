// SPDX-License-Identifier: MIT
/*
 * Lines of one set of files that stand in another: a part of a hidden test that somebody copied into what candidates
 * receive. Pure.
 *
 * Only lines that say something count (eight letters or digits), without the blanks around them, so that neither another
 * indentation nor an empty line between hides a copy; and a few in a row must be the same, since single lines are alike
 * everywhere.
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

/* So many lines that count, and where they begin, counted from 1. */
struct copied {
	size_t shown, hidden; /* which of the files */
	size_t shown_line, hidden_line;
	size_t lines;
};

struct copies {
	struct copied *item;
	size_t count;
};

/* Finds, for each pair of a shown and a hidden file, the first block of at least COPIED_LEAST lines that both have.
 * Lines that a file of `common` has, too, are no secret: they don't count on either side. */
int copied_lines(struct copies *out, const struct lines_file *shown, size_t shown_count, const struct lines_file *hidden,
	size_t hidden_count, const struct lines_file *common, size_t common_count, struct err *e);
void copies_done(struct copies *copies);

#endif
