// SPDX-License-Identifier: MIT
/*
 * Finding one's way in a foreign table.
 */
#include "assess/sheet.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "review/match.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int sheet_load(struct sheet *out, const char *file, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if (fs_read(&bytes, &size, AT_FDCWD, file, CSV_MAX_BYTES, e) < 0)
		return -1;
	if (csv_read(&out->csv, bytes, size, SHEET_MAX_ROWS, e) < 0)
		return err_wrap(e, "%s", file);
	return 0;
}

void sheet_mistakes_done(struct sheet_mistakes *mistakes)
{
	for (size_t i = 0; i < mistakes->count; i++) {
		free(mistakes->item[i].column);
		free(mistakes->item[i].text);
	}
	free(mistakes->item);
	*mistakes = (struct sheet_mistakes){ 0 };
}

void sheet_done(struct sheet *sheet)
{
	csv_done(&sheet->csv);
	sheet_mistakes_done(&sheet->mistakes);
}

int sheet_mistake(struct sheet *sheet, long row, size_t column, struct err *e, const char *format, ...)
{
	struct sheet_mistakes *list = &sheet->mistakes;
	struct sheet_mistake *mistake = mem_push(&list->item, list->count, sizeof(*mistake), e);
	char letter[CSV_COLUMN_NAME];
	va_list arguments;
	int length;

	if (!mistake)
		return -1;
	list->count++;
	csv_column_name(column, letter);
	mistake->row = row < 0 ? 1 : sheet->csv.numbers[row];
	mistake->column = mem_format(e, "%s (%.60s)", letter, csv_heading(&sheet->csv, column));
	va_start(arguments, format);
	length = vasprintf(&mistake->text, format, arguments);
	va_end(arguments);
	if (length < 0)
		mistake->text = NULL;
	return mistake->column && mistake->text ? 0 : err_memory(e);
}

/* --- columns ---------------------------------------------------------------------------------------------------- */

static bool is_called(const struct sheet_column *column, const char *plain)
{
	for (const char *const *name = column->names; *name; name++)
		if (strcmp(*name, plain) == 0)
			return true;
	return false;
}

static int check_nameless(struct sheet *sheet, size_t column, struct err *e)
{
	for (size_t row = 0; row < sheet->csv.rows; row++)
		if (*csv_cell(&sheet->csv, row, column))
			return sheet_mistake(sheet, (long)row, column, e, _("there is no name above this column"));
	return 0;
}

/* The first column that is called the same, or the column itself. */
static int find_same(size_t *same, const struct sheet *sheet, size_t column, const char *plain, struct err *e)
{
	for (*same = 0; *same < column; (*same)++) {
		AUTO_FREE char *other = NULL;

		if (match_normalise(csv_heading(&sheet->csv, *same), &other, e) < 0)
			return -1;
		/* Of what has no letter of ours nothing is left: that is compared as it is. */
		if (*plain ? strcmp(other, plain) == 0
			   : strcmp(csv_heading(&sheet->csv, *same), csv_heading(&sheet->csv, column)) == 0)
			return 0;
	}
	return 0;
}

static int find_column(long *found, struct sheet *sheet, size_t column, const long *before,
	const struct sheet_column *known, size_t count, struct err *e)
{
	AUTO_FREE char *plain = NULL;
	size_t same;

	*found = SHEET_UNKNOWN;
	if (match_normalise(csv_heading(&sheet->csv, column), &plain, e) < 0)
		return -1;
	if (!csv_heading(&sheet->csv, column)[strspn(csv_heading(&sheet->csv, column), " ")])
		return check_nameless(sheet, column, e);
	for (size_t i = 0; i < count; i++)
		if (is_called(&known[i], plain))
			*found = (long)i;
	for (size_t i = 0; *found != SHEET_UNKNOWN && i < column; i++)
		if (before[i] == *found)
			return sheet_mistake(sheet, SHEET_HEADING, column, e, _("this is column '%s' a second time"),
				known[*found].name);
	if (find_same(&same, sheet, column, plain, e) < 0)
		return -1;
	return same == column ? 0 : sheet_mistake(sheet, SHEET_HEADING, column, e, _("there is a column of that name already"));
}

int sheet_columns(long **out, struct sheet *sheet, const struct sheet_column *known, size_t count, struct err *e)
{
	AUTO_FREE long *found = mem_new(sheet->csv.columns, sizeof(*found), e);

	if (!found)
		return -1;
	for (size_t i = 0; i < sheet->csv.columns; i++)
		if (find_column(&found[i], sheet, i, found, known, count, e) < 0)
			return -1;
	*out = take_ptr(&found);
	return 0;
}

/* --- cells ------------------------------------------------------------------------------------------------------ */

/* Spaces, also the unbreakable ones that are pasted from web pages. */
static size_t space_at(const char *s)
{
	return strchr(" \t\r\n", *s) && *s ? 1 : strncmp(s, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static char *trimmed(const char *s, struct err *e)
{
	const char *end;

	for (size_t n; (n = space_at(s)) > 0;)
		s += n;
	end = s + strlen(s);
	for (;;) {
		if (end > s && space_at(end - 1) == 1)
			end--;
		else if (end > s + 1 && space_at(end - 2) == 2)
			end -= 2;
		else
			break;
	}
	return mem_format(e, "%.*s", (int)(end - s), s);
}

/* The first control character, or 0. */
static unsigned find_control(const char *s, bool lines)
{
	size_t length = strlen(s);
	unsigned c;

	for (size_t i = 0; i < length;) {
		i += text_decode(s + i, length - i, &c);
		if ((c < 0x20 || (c >= 0x7F && c < 0xA0)) && !(lines && (c == '\n' || c == '\r' || c == '\t')))
			return c;
	}
	return 0;
}

int sheet_text(char **out, struct sheet *sheet, size_t row, size_t column, size_t max, bool lines, struct err *e)
{
	AUTO_FREE char *text = trimmed(csv_cell(&sheet->csv, row, column), e);
	unsigned control;

	*out = NULL;
	if (!text)
		return -1;
	if (strlen(text) > max)
		return sheet_mistake(sheet, (long)row, column, e, _("has %zu bytes, and %zu is the most"), strlen(text), max);
	control = find_control(text, lines);
	if (control)
		return sheet_mistake(sheet, (long)row, column, e, _("has a control character (U+%04X)"), control);
	*out = *text ? take_ptr(&text) : NULL;
	return 0;
}
