// SPDX-License-Identifier: MIT
#include "base/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct csv read_all(const char *bytes, size_t size)
{
	struct csv csv = { 0 };
	struct err e = { 0 };

	if (csv_read(&csv, bytes, size, 500, &e) < 0)
		fail_msg("%s", e.text);
	return csv;
}

#define READ(literal) read_all(literal, sizeof(literal) - 1)

static struct err refused(const char *bytes, size_t size, size_t max_rows)
{
	AUTO_CSV struct csv csv = { 0 };
	struct err e = { 0 };

	assert_int_equal(csv_read(&csv, bytes, size, max_rows, &e), -1);
	assert_int_equal(csv.cells.count, 0);
	return e;
}

static void check_refused(const char *bytes, enum err_kind kind, const char *sentence)
{
	struct err e = refused(bytes, strlen(bytes), 500);

	assert_string_equal(e.text, sentence);
	assert_int_equal(e.kind, kind);
}

static void a_table_with_commas_is_read(void **state)
{
	AUTO_CSV struct csv csv = READ("name,email\r\n\"Berg, Anna\",a@example.org\r\nBen,\r\n");
	(void)state;

	assert_int_equal(csv.columns, 2);
	assert_int_equal(csv.rows, 2);
	assert_string_equal(csv_heading(&csv, 1), "email");
	assert_string_equal(csv_cell(&csv, 0, 0), "Berg, Anna");
	assert_string_equal(csv_cell(&csv, 1, 1), "");
}

static void what_german_excel_writes_is_read(void **state)
{
	AUTO_CSV struct csv csv = READ("Name;Gehalt\r\nJ\xfcrgen Gro\xdf;\x80 65.000,00\r\n");
	(void)state;

	assert_string_equal(csv_cell(&csv, 0, 0), "Jürgen Groß");
	assert_string_equal(csv_cell(&csv, 0, 1), "€ 65.000,00");
}

static void tabs_and_a_byte_order_mark_are_read(void **state)
{
	AUTO_CSV struct csv csv = READ("\xef\xbb\xbfname\temail\nÄnne, 数据\tx\n");
	(void)state;

	assert_string_equal(csv_heading(&csv, 0), "name");
	assert_string_equal(csv_cell(&csv, 0, 0), "Änne, 数据");
}

static void unicode_text_of_excel_is_read(void **state)
{
	AUTO_CSV struct csv csv = READ("\xff\xfe"
				       "a\0\t\0b\0\r\0\n\0\xc4\0\t\0\x3c\xd8\x89\xdf\r\0\n\0");
	(void)state;

	assert_string_equal(csv_cell(&csv, 0, 0), "Ä");
	assert_string_equal(csv_cell(&csv, 0, 1), "🎉");
}

static void a_line_of_excel_says_what_separates(void **state)
{
	AUTO_CSV struct csv csv = READ("sep=;\r\na,b;c\r\n1;2\r\n");
	(void)state;

	assert_int_equal(csv.columns, 2);
	assert_string_equal(csv_heading(&csv, 0), "a,b");
}

static void quoted_cells_keep_their_lines_and_quotes(void **state)
{
	AUTO_CSV struct csv csv = READ("a,b\n\"one\ntwo\",\"say \"\"so\"\"\"\n5\" disk,x\n");
	(void)state;

	assert_string_equal(csv_cell(&csv, 0, 0), "one\ntwo");
	assert_string_equal(csv_cell(&csv, 0, 1), "say \"so\"");
	assert_string_equal(csv_cell(&csv, 1, 0), "5\" disk");
}

static void rows_are_counted_as_a_spreadsheet_does(void **state)
{
	AUTO_CSV struct csv csv = READ("a;b\r\n\"1\r\n2\";x\r\n;\r\n\r\n3;4\r\n");
	(void)state;

	assert_int_equal(csv.rows, 2);
	assert_int_equal(csv.numbers[0], 2);
	assert_int_equal(csv.numbers[1], 5);
}

static void cells_that_a_row_lacks_are_empty(void **state)
{
	AUTO_CSV struct csv csv = READ("a,b,c\n1\n");
	(void)state;

	assert_string_equal(csv_cell(&csv, 0, 2), "");
}

static void mistakes_are_told_with_row_and_column(void **state)
{
	(void)state;

	check_refused("a,b\n1,\"2\n", ERR_INVALID, "row 2, column B: a quote is opened here and never closed");
	check_refused("a,b\n1,\"2\"3\n", ERR_INVALID,
		"row 2, column B: there is text behind a closing quote: a quote in a text is written twice");
	check_refused("a,b\n1,2\n1,2,3\n", ERR_INVALID, "row 3, column C: the heading has only 2 columns");
}

static void what_is_no_table_is_named(void **state)
{
	(void)state;

	check_refused("", ERR_INVALID, "the table is empty: its first row names the columns");
	check_refused("PK\x03\x04...", ERR_INVALID, "this is a spreadsheet's own file: save the sheet as CSV");
	check_refused("ä,b\n\xe4,c\n", ERR_INVALID,
		"line 2 has a byte that is no UTF-8, and other lines are UTF-8: save the table again, as UTF-8");
	check_refused("a\n\x81\n", ERR_INVALID,
		"line 2 has a byte that is neither UTF-8 nor Windows-1252: save the table again, as UTF-8");
	assert_string_equal(refused("a\0b", 3, 500).text, "this is no text: it has a NUL byte");
}

static void limits_have_their_names(void **state)
{
	AUTO_TEXT struct text wide = { 0 }, deep = { 0 };
	(void)state;

	text_add_times(&wide, "x,", 200);
	text_add_times(&deep, "x", CSV_MAX_CELL + 1);

	check_refused(text_bytes(&wide), ERR_LIMIT, "row 1, column GS: a table has at most 200 columns");
	check_refused(text_bytes(&deep), ERR_LIMIT, "row 1, column A: a cell has at most 32 KiB");
	assert_string_equal(refused("a\n1\n2\n3\n", 8, 2).text, "the table has more than 2 rows");
}

static void a_cell_that_would_calculate_is_written_as_text(void **state)
{
	AUTO_TEXT struct text t = { 0 };
	struct csv_writer writer;
	(void)state;

	csv_begin(&writer, &t, ',');
	csv_add(&writer, "=HYPERLINK(\"http://x\")");
	csv_add(&writer, "+49 30 1");
	csv_add(&writer, "\tx");
	csv_add(&writer, "a-b");
	csv_end(&writer);

	assert_string_equal(text_bytes(&t),
		"\xef\xbb\xbf\"'=HYPERLINK(\"\"http://x\"\")\",\"'+49 30 1\",\"'\tx\",a-b\r\n");
}

static void whatever_is_written_is_read_back_the_same(void **state)
{
	static const char *const cells[] = { "=1+1", "'=1", "''@x", "'quoted'", "-", "\r", "\n", "\uFF1D1", " x ", "a;b",
		"sep=;", "\"", "", "last" };
	enum { COUNT = sizeof(cells) / sizeof(*cells) };
	AUTO_TEXT struct text t = { 0 };
	AUTO_CSV struct csv csv = { 0 };
	struct csv_writer writer;
	struct err e = { 0 };
	(void)state;

	csv_begin(&writer, &t, ';');
	for (int i = 0; i < COUNT; i++)
		csv_add(&writer, cells[i]);
	csv_end(&writer);
	assert_int_equal(csv_read(&csv, text_bytes(&t), t.length, 0, &e), 0);

	assert_int_equal(csv.columns, COUNT);
	for (size_t i = 0; i < COUNT; i++)
		assert_string_equal(csv_heading(&csv, i), cells[i]);
}

static void columns_are_called_as_a_spreadsheet_calls_them(void **state)
{
	char name[CSV_COLUMN_NAME];
	(void)state;

	csv_column_name(25, name);
	assert_string_equal(name, "Z");
	csv_column_name(26, name);
	assert_string_equal(name, "AA");
	csv_column_name(199, name);
	assert_string_equal(name, "GR");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_with_commas_is_read),
		cmocka_unit_test(what_german_excel_writes_is_read),
		cmocka_unit_test(tabs_and_a_byte_order_mark_are_read),
		cmocka_unit_test(unicode_text_of_excel_is_read),
		cmocka_unit_test(a_line_of_excel_says_what_separates),
		cmocka_unit_test(quoted_cells_keep_their_lines_and_quotes),
		cmocka_unit_test(rows_are_counted_as_a_spreadsheet_does),
		cmocka_unit_test(cells_that_a_row_lacks_are_empty),
		cmocka_unit_test(mistakes_are_told_with_row_and_column),
		cmocka_unit_test(what_is_no_table_is_named),
		cmocka_unit_test(limits_have_their_names),
		cmocka_unit_test(a_cell_that_would_calculate_is_written_as_text),
		cmocka_unit_test(whatever_is_written_is_read_back_the_same),
		cmocka_unit_test(columns_are_called_as_a_spreadsheet_calls_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
