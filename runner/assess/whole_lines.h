// SPDX-License-Identifier: MIT
/*
 * A short text inside of a longer one: all its lines, whole and one behind the other. Blanks around a line don't matter, nor
 * do empty lines at the ends. Pure.
 *
 * A few characters stand everywhere by chance. An example stands apart: between empty lines, the fences of a code block or
 * the ends of the text, or below a line that ends in a colon.
 */
#ifndef ASSESS_WHOLE_LINES_H
#define ASSESS_WHOLE_LINES_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct whole_line {
	const char *at; /* borrowed */
	size_t length;
};

struct whole_lines {
	struct whole_line *item;
	size_t count;
	size_t before; /* empty lines that were left out before the first one */
	size_t letters; /* letters and digits of all */
};

/* The lines of a text; one with a NUL in it has none. */
int whole_lines_of(struct whole_lines *out, const char *bytes, size_t size, struct err *e);
void whole_lines_done(struct whole_lines *lines);

/* The line, counted from 1, where `part` begins in `text`; 0: nowhere, or it has no lines. */
size_t whole_lines_find(const struct whole_lines *text, const struct whole_lines *part);

enum whole_pair {
	PAIR_NOT,
	PAIR_AMONG_OTHERS, /* both stand there, but as parts of something */
	PAIR_APART,        /* the first and behind it the second one, each apart or both together */
};

/* How two parts stand in a text. The same line is never both. */
enum whole_pair whole_lines_find_pair(
	const struct whole_lines *text, const struct whole_lines *first, const struct whole_lines *second);

#endif
