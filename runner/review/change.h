// SPDX-License-Identifier: MIT
/*
 * Where on the new side of a change a comment stands (private to this room; pure).
 */
#ifndef REVIEW_CHANGE_H
#define REVIEW_CHANGE_H

#include "repo/diff.h"
#include "review/comment.h"

struct spot {
	const char *file; /* borrowed from the change or the comment; NULL: the change as a whole */
	int start, end;   /* 0: the file as a whole */
};

/*
 * The comment's place in lines of the new side. A file may be named by its old path, or with "./", "/", "a/" or "b/"
 * before it, as diffs and tools write it; a removed line becomes the next line that the new side has. A file that
 * the change doesn't touch, and lines behind a file's end, stay as they are. change may be NULL.
 */
struct spot change_locate(const struct diff *change, const struct comment *comment);

#endif
