// SPDX-License-Identifier: MIT
/*
 * What a log tells of a failure, for whoever can show only a line or a few of it. Compilers warn of many things before
 * they name the error, and interpreters lead up to it. Pure.
 */
#ifndef SCORE_TELLING_H
#define SCORE_TELLING_H

#include "base/err.h"
#include "base/text.h"

#include <stddef.h>

enum { TELLING_LINES = 20 };

/* The line of a log (NULL: none) that says most, made visible: the first about an error, as interpreters and compilers
 * write it, else the first that names a line and column of a file, but for warnings and notes, else the last; "": there
 * is none. Of it at most 300 bytes. */
char *telling_line(const char *log, struct err *e);

/* Adds TELLING_LINES lines of a log as text_add_first_lines does, from its first on; or, where the one that says most
 * lies behind these, from the line before that one. A line "…" says that there are more, before or behind. */
void telling_add_lines(struct text *t, const char *log, size_t columns, const char *indent);

#endif
