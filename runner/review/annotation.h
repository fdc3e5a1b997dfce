// SPDX-License-Identifier: MIT
/*
 * Comments written into the change itself: lines that begin with "#>" below the line that they are about.
 *
 *   +    query = "select * from users where name = '" + name + "'"
 *   #> [critical, security] The name goes into the SQL as it is.
 *   #> A parameter would do.
 *
 * Lines in a row are one comment; an empty "#>" begins another one on the same line. Words in brackets at the start
 * are a severity and a category, in any order, and may be missing. Above the first file a comment is about the change
 * as a whole, above a file's first hunk about that file. Pure.
 */
#ifndef REVIEW_ANNOTATION_H
#define REVIEW_ANNOTATION_H

#include "repo/diff.h"
#include "review/comment.h"

enum { ANNOTATION_MAX_BYTES = 8 << 20 };

/* The change with a few words on how to write into it. *out is the caller's. */
int annotation_render(char **out, const struct diff *change, struct err *e);

/*
 * Adds what was written into it to OUT, with ids "a1", "a2", …. It comes from a candidate: whatever it holds, it is read
 * to its end, and places are only what its own headers say. ERR_INVALID, ERR_LIMIT with the line: more comments or a
 * longer one than comments.json may have; then OUT is as it was.
 */
int annotation_take(struct comments *out, const char *name, const char *bytes, size_t size, struct err *e);

/* Whether anything was written into it. */
bool annotation_has_any(const char *bytes, size_t size);

#endif
