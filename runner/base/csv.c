// SPDX-License-Identifier: MIT
/*
 * Reading in three steps that each know one thing: bytes become UTF-8, the first line says what separates, and one
 * small machine cuts cells. Mistakes are told in a spreadsheet's own counting, since that is where they are mended: a
 * record is a row, however many lines its quoted cells have.
 */
#include "base/csv.h"

#include "base/i18n.h"

#include <string.h>
#include <strings.h>

/* --- bytes to UTF-8 --------------------------------------------------------------------------------------------- */

/* What Windows-1252 has at 0x80 to 0x9F; 0 where it has nothing. From 0xA0 on it is Latin-1. */
static const unsigned short windows_1252[32] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

static bool starts_with(const char *bytes, size_t size, const char *magic, size_t length)
{
	return size >= length && memcmp(bytes, magic, length) == 0;
}

static unsigned line_of(const char *bytes, size_t at)
{
	unsigned line = 1;

	for (size_t i = 0; i < at; i++)
		line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
	return line;
}

static int decode_utf16(struct text *t, const char *bytes, size_t size, bool big, struct err *e)
{
	const unsigned char *u = (const unsigned char *)bytes;

	if (size % 2)
		return err_set(e, ERR_INVALID, _("this is UTF-16 with half a character at its end"));
	for (size_t i = 2; i + 1 < size; i += 2) {
		unsigned c = big ? (unsigned)u[i] << 8 | u[i + 1] : (unsigned)u[i + 1] << 8 | u[i];

		if (c >= 0xD800 && c < 0xDC00 && i + 3 < size) {
			unsigned low = big ? (unsigned)u[i + 2] << 8 | u[i + 3] : (unsigned)u[i + 3] << 8 | u[i + 2];

			if (low >= 0xDC00 && low < 0xE000) {
				c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			}
		}
		if (c == 0 || (c >= 0xD800 && c < 0xE000))
			return err_set(e, ERR_INVALID, _("this is no text: UTF-16 with a broken character at byte %zu"), i);
		text_add_char(t, c);
	}
	return 0;
}

/* Bytes that are no UTF-8 are the old code page of Windows, unless other bytes of the same file are UTF-8: then half of
 * it would be read wrongly, whichever is chosen. */
static int decode_bytes(struct text *t, const char *bytes, size_t size, struct err *e)
{
	size_t wrong = size, longer = 0;
	unsigned c;

	for (size_t i = 0, step; i < size; i += step) {
		step = text_decode(bytes + i, size - i, &c);
		longer += step > 1;
		if (step == 1 && (unsigned char)bytes[i] >= 0x80 && wrong == size)
			wrong = i;
	}
	if (wrong == size) {
		text_add_bytes(t, bytes, size);
		return 0;
	}
	if (longer)
		return err_set(e, ERR_INVALID,
			_("line %u has a byte that is no UTF-8, and other lines are UTF-8: save the table again, as UTF-8"),
			line_of(bytes, wrong));
	for (size_t i = 0; i < size; i++) {
		unsigned char b = (unsigned char)bytes[i];

		c = b >= 0x80 && b < 0xA0 ? windows_1252[b - 0x80] : b;
		if (!c)
			return err_set(e, ERR_INVALID,
				_("line %u has a byte that is neither UTF-8 nor Windows-1252: save the table again, as UTF-8"),
				line_of(bytes, i));
		text_add_char(t, c);
	}
	return 0;
}

static int decode(struct text *t, const char *bytes, size_t size, struct err *e)
{
	if (size > CSV_MAX_BYTES)
		return err_set(e, ERR_LIMIT, _("the table has more than %d bytes"), CSV_MAX_BYTES);
	if (starts_with(bytes, size, "PK\x03\x04", 4) || starts_with(bytes, size, "\xD0\xCF\x11\xE0", 4))
		return err_set(e, ERR_INVALID, _("this is a spreadsheet's own file: save the sheet as CSV"));
	if (starts_with(bytes, size, "\xFF\xFE", 2))
		return decode_utf16(t, bytes, size, false, e);
	if (starts_with(bytes, size, "\xFE\xFF", 2))
		return decode_utf16(t, bytes, size, true, e);
	if (starts_with(bytes, size, "\xEF\xBB\xBF", 3)) {
		bytes += 3;
		size -= 3;
	}
	if (memchr(bytes, '\0', size))
		return err_set(e, ERR_INVALID, _("this is no text: it has a NUL byte"));
	return decode_bytes(t, bytes, size, e);
}

/* --- what separates --------------------------------------------------------------------------------------------- */

/* Excel's own line before the heading: "sep=;". */
static const char *take_sep_line(const char *s, char *separator)
{
	if (strncasecmp(s, "sep=", 4) != 0 || !s[4] || !strchr(",;\t", s[4]) || (s[5] && !strchr("\r\n", s[5])))
		return s;
	*separator = s[4];
	s += 5;
	if (s[0] == '\r')
		s++;
	if (s[0] == '\n')
		s++;
	return s;
}

static char count_separators(const char *s)
{
	static const char candidates[] = { ',', ';', '\t' };
	size_t count[3] = { 0 };
	bool quoted = false;
	int best = 0;

	for (; *s && (quoted || !strchr("\r\n", *s)); s++) {
		if (*s == '"')
			quoted = !quoted;
		for (int i = 0; i < 3; i++)
			count[i] += !quoted && *s == candidates[i];
	}
	for (int i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return candidates[best];
}

/* --- formulas --------------------------------------------------------------------------------------------------- */

/* Whether a spreadsheet would begin to calculate here. */
static bool is_formula(const char *s)
{
	static const char *const wide[] = { "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20" };

	if (*s && strchr("=+-@\t\r\n", *s))
		return true;
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (text_starts_with(s, wide[i]))
			return true;
	return false;
}

static bool is_guarded(const char *s)
{
	return *s == '\'' && is_formula(s + strspn(s, "'"));
}

/* --- cells ------------------------------------------------------------------------------------------------------ */

struct reader {
	struct csv *csv;
	const char *at;
	char separator;
	size_t max_rows;
	unsigned number;      /* of the present record */
	struct strings record;
};

void csv_column_name(size_t column, char out[CSV_COLUMN_NAME])
{
	char digits[CSV_COLUMN_NAME];
	size_t count = 0, length = 0;

	for (column++; column && count < CSV_COLUMN_NAME - 1; column = (column - 1) / 26)
		digits[count++] = (char)('A' + (column - 1) % 26);
	while (count)
		out[length++] = digits[--count];
	out[length] = '\0';
}

static int fail_at(const struct reader *r, struct err *e, enum err_kind kind, const char *sentence)
{
	char column[CSV_COLUMN_NAME];

	csv_column_name(r->record.count, column);
	return err_set(e, kind, _("row %u, column %s: %s"), r->number, column, sentence);
}

/* Behind an opening quote: up to the closing one, of which two are one quote of the text. */
static int read_quoted(struct reader *r, struct text *cell, struct err *e)
{
	for (r->at++;; r->at++) {
		if (!*r->at)
			return fail_at(r, e, ERR_INVALID, _("a quote is opened here and never closed"));
		if (*r->at == '"' && r->at[1] != '"')
			break;
		r->at += *r->at == '"';
		text_add_bytes(cell, r->at, 1);
	}
	r->at++;
	if (*r->at && *r->at != r->separator && !strchr("\r\n", *r->at))
		return fail_at(r, e, ERR_INVALID, _("there is text behind a closing quote: a quote in a text is written twice"));
	return 0;
}

static int read_cell(struct reader *r, struct err *e)
{
	AUTO_TEXT struct text cell = { 0 };
	AUTO_FREE char *bytes = NULL;

	if (*r->at == '"') {
		if (read_quoted(r, &cell, e) < 0)
			return -1;
	} else {
		const char *start = r->at;

		while (*r->at && *r->at != r->separator && !strchr("\r\n", *r->at))
			r->at++;
		text_add_bytes(&cell, start, (size_t)(r->at - start));
	}
	if (cell.length > CSV_MAX_CELL)
		return fail_at(r, e, ERR_LIMIT, _("a cell has at most 32 KiB"));
	if (r->record.count >= CSV_MAX_COLUMNS)
		return fail_at(r, e, ERR_LIMIT, _("a table has at most 200 columns"));
	if (text_take(&cell, &bytes, e) < 0)
		return -1;
	return strings_add(&r->record, is_guarded(bytes) ? bytes + 1 : bytes, e);
}

/* Returns 1 when there was a record, 0 at the end. */
static int read_record(struct reader *r, struct err *e)
{
	strings_done(&r->record);
	r->record = (struct strings){ 0 };
	if (!*r->at)
		return 0;
	r->number++;
	for (;;) {
		if (read_cell(r, e) < 0)
			return -1;
		if (*r->at != r->separator)
			break;
		r->at++;
	}
	if (*r->at == '\r')
		r->at++;
	else if (*r->at == '\n') {
		r->at++;
		return 1;
	}
	r->at += *r->at == '\n';
	return 1;
}

static bool is_blank(const struct strings *record)
{
	for (size_t i = 0; i < record->count; i++)
		if (*record->item[i])
			return false;
	return true;
}

/* Cells behind the last heading are of nothing: a comma too many has shifted the row, or the heading lacks a name. */
static int check_width(struct reader *r, struct err *e)
{
	char column[CSV_COLUMN_NAME];

	for (size_t i = r->csv->columns; i < r->record.count; i++) {
		if (!*r->record.item[i])
			continue;
		csv_column_name(i, column);
		return err_set(e, ERR_INVALID,
			ngettext("row %u, column %s: the heading has only %zu column",
				"row %u, column %s: the heading has only %zu columns", r->csv->columns),
			r->number, column, r->csv->columns);
	}
	return 0;
}

static int keep_cells(struct reader *r, struct err *e)
{
	for (size_t i = 0; i < r->csv->columns; i++)
		if (strings_add(&r->csv->cells, i < r->record.count ? r->record.item[i] : "", e) < 0)
			return -1;
	return 0;
}

static int keep_row(struct reader *r, struct err *e)
{
	unsigned *number;

	if (is_blank(&r->record))
		return 0;
	if (r->csv->rows >= r->max_rows)
		return err_set(e, ERR_LIMIT, _("the table has more than %zu rows"), r->max_rows);
	if (check_width(r, e) < 0 || keep_cells(r, e) < 0)
		return -1;
	number = mem_push(&r->csv->numbers, r->csv->rows, sizeof(*number), e);
	if (!number)
		return -1;
	*number = r->number;
	r->csv->rows++;
	return 0;
}

/* The first row that has content. */
static int read_heading(struct reader *r, struct err *e)
{
	int said;

	do {
		said = read_record(r, e);
	} while (said > 0 && is_blank(&r->record));
	if (said < 0)
		return -1;
	if (said == 0)
		return err_set(e, ERR_INVALID, _("the table is empty: its first row names the columns"));
	r->csv->columns = r->record.count;
	return keep_cells(r, e);
}

static int read_table(struct reader *r, struct err *e)
{
	int said;

	if (read_heading(r, e) < 0)
		return -1;
	while ((said = read_record(r, e)) > 0)
		if (keep_row(r, e) < 0)
			return -1;
	return said;
}

int csv_read(struct csv *out, const char *bytes, size_t size, size_t max_rows, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_CSV struct csv csv = { 0 };
	struct reader r = { .csv = &csv, .max_rows = max_rows };
	int said;

	if (decode(&t, bytes, size, e) < 0)
		return -1;
	if (t.failed)
		return err_memory(e);
	r.at = take_sep_line(text_bytes(&t), &r.separator);
	if (!r.separator)
		r.separator = count_separators(r.at + strspn(r.at, "\r\n"));
	said = read_table(&r, e);
	strings_done(&r.record);
	if (said < 0)
		return -1;
	*out = csv;
	csv = (struct csv){ 0 };
	return 0;
}

void csv_done(struct csv *csv)
{
	strings_done(&csv->cells);
	free(csv->numbers);
	*csv = (struct csv){ 0 };
}

const char *csv_heading(const struct csv *csv, size_t column)
{
	return csv->cells.item[column];
}

const char *csv_cell(const struct csv *csv, size_t row, size_t column)
{
	return csv->cells.item[(row + 1) * csv->columns + column];
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

void csv_begin(struct csv_writer *writer, struct text *out, char separator)
{
	*writer = (struct csv_writer){ .out = out, .separator = separator };
	text_add(out, "\xEF\xBB\xBF");
}

static bool needs_quotes(const char *cell)
{
	size_t length = strlen(cell);

	/* All separators, not only ours: a spreadsheet of another language takes another one. */
	return strpbrk(cell, "\",;\t\r\n'") || strncasecmp(cell, "sep=", 4) == 0 ||
	       (length && (cell[0] == ' ' || cell[length - 1] == ' '));
}

void csv_add(struct csv_writer *writer, const char *cell)
{
	bool formula = cell && is_formula(cell + strspn(cell, "'"));
	const char *s = cell ? cell : "";

	if (writer->in_row)
		text_add_bytes(writer->out, &writer->separator, 1);
	writer->in_row = true;
	if (!formula && !needs_quotes(s)) {
		text_add(writer->out, s);
		return;
	}
	text_add(writer->out, formula ? "\"'" : "\"");
	for (; *s; s++)
		text_add_bytes(writer->out, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
	text_add(writer->out, "\"");
}

void csv_end(struct csv_writer *writer)
{
	text_add(writer->out, "\r\n");
	writer->in_row = false;
}
