// SPDX-License-Identifier: MIT
/*
 * Tables as spreadsheets write and read them. The format has no standard that anybody keeps, so reading takes what
 * Excel, LibreOffice and applicant systems really write, and says where it can't go on; what we write ourselves can't
 * be mistaken by any of them.
 *
 * Reading. UTF-8 with or without a BOM, UTF-16 with one ("Unicode text"), else Windows-1252; separated by commas,
 * semicolons or tabs, whichever the heading has most of ("sep=;" before it decides); quotes as in RFC 4180; lines end
 * with LF, CRLF or CR. Rows without any content are passed over, missing cells at the end of a row are empty.
 *
 * Formulas. A cell that starts with = + - @ TAB CR LF or their full-width forms is a formula to a spreadsheet, and
 * runs on the machine of whoever opens the file. We write such a cell with an apostrophe before it, and take that
 * away when reading: text goes out and comes back the same, whatever it is (cells that start with apostrophes and then
 * such a character get one more).
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

#include <stddef.h>

enum { CSV_MAX_BYTES = 8 << 20, CSV_MAX_COLUMNS = 200, CSV_MAX_CELL = 32 << 10 };

/* A table that was read: a heading and rows of as many cells. */
struct csv {
	struct strings cells; /* valid UTF-8, the heading's first, then row after row */
	size_t columns, rows; /* rows without the heading */
	unsigned *numbers;    /* of each row, as a spreadsheet counts: the heading is row 1 */
};

/*
 * Reads a table of at most max_rows rows. ERR_INVALID names row and column, as a spreadsheet counts them, of text
 * behind a closing quote, a quote that is never closed, cells behind the last heading; or says what the bytes are
 * instead of a table. ERR_LIMIT names the limit: rows, columns, bytes of a cell or of the whole.
 */
int csv_read(struct csv *out, const char *bytes, size_t size, size_t max_rows, struct err *e);
void csv_done(struct csv *csv);

#define AUTO_CSV AUTO(csv_done)

/* Borrowed from the table. */
const char *csv_heading(const struct csv *csv, size_t column);
const char *csv_cell(const struct csv *csv, size_t row, size_t column);

/* What a spreadsheet calls a column, counted from 0: "A", "Z", "AA". */
enum { CSV_COLUMN_NAME = 8 };
void csv_column_name(size_t column, char out[CSV_COLUMN_NAME]);

/* Writing: cells of a row, then csv_end; the first cell of a table must be behind csv_begin, whose BOM tells Excel that
 * it is UTF-8. Whether memory sufficed is told by the text. */
struct csv_writer {
	struct text *out;
	char separator; /* ',' ';' or '\t' */
	bool in_row;
};

void csv_begin(struct csv_writer *writer, struct text *out, char separator);
void csv_add(struct csv_writer *writer, const char *cell); /* NULL is an empty one */
void csv_end(struct csv_writer *writer);

#endif
