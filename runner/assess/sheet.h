// SPDX-License-Identifier: MIT
/*
 * A table that came from a spreadsheet: found columns, and mistakes that are told by row and column, all of them before
 * anything is taken. A mistake is no error of ours but a value: somebody mends it in the spreadsheet.
 */
#ifndef ASSESS_SHEET_H
#define ASSESS_SHEET_H

#include "base/csv.h"
#include "base/json.h"

#include <stdbool.h>

enum { SHEET_MAX_ROWS = 500 };

struct sheet_mistake {
	unsigned row;  /* as a spreadsheet counts; the heading is 1 */
	char *column;  /* "C (email)" */
	char *text;    /* translated */
};

struct sheet_mistakes {
	struct sheet_mistake *item;
	size_t count;
};

void sheet_mistakes_done(struct sheet_mistakes *mistakes);

struct sheet {
	struct csv csv;
	struct sheet_mistakes mistakes;
};

/* Reads a file of at most SHEET_MAX_ROWS rows; errors of base/csv.h with the file's name before them. */
int sheet_load(struct sheet *out, const char *file, struct err *e);
void sheet_done(struct sheet *sheet);

#define AUTO_SHEET AUTO(sheet_done)

/* The row of a mistake in the heading. */
enum { SHEET_HEADING = -1 };

/* Adds a mistake. Fails only for want of memory. */
int sheet_mistake(struct sheet *sheet, long row, size_t column, struct err *e, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* A column that is known by several names, each written as match_normalise does ("e mail"); the list ends with NULL. */
struct sheet_column {
	const char *name;
	const char *names[10];
};

enum { SHEET_UNKNOWN = -1 };

/* For each column of the sheet the index in `known`, or SHEET_UNKNOWN, to be freed. A name that comes twice, and cells
 * below a heading that is empty, are mistakes. */
int sheet_columns(long **out, struct sheet *sheet, const struct sheet_column *known, size_t count, struct err *e);

/* A copy of a cell without spaces around it, NULL when nothing is left. Over max bytes, or a control character (lines
 * apart where `lines`) is a mistake, and gives NULL as well. */
int sheet_text(char **out, struct sheet *sheet, size_t row, size_t column, size_t max, bool lines, struct err *e);

#endif
