// SPDX-License-Identifier: MIT
/*
 * A list for a terminal.
 */
#include "cli/table.h"

#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>

void table_add(struct table *table, const char *cell)
{
	struct err ignored;

	if (strings_take(&table->cells, text_visible_line(cell ? cell : "–", &ignored), &ignored) < 0)
		table->failed = 1;
}

void table_addf(struct table *table, const char *format, ...)
{
	char cell[512];
	va_list list;

	va_start(list, format);
	vsnprintf(cell, sizeof(cell), format, list);
	va_end(list);
	table_add(table, cell);
}

void table_add_cut(struct table *table, const char *cell, size_t columns)
{
	struct err ignored;
	AUTO_FREE char *line = text_visible_line(cell, &ignored);
	AUTO_TEXT struct text cut = { 0 };

	if (!line) {
		table->failed = 1;
		return;
	}
	if (text_columns(line) > columns)
		text_add_padded(&cut, line, columns);
	else
		text_add(&cut, line);
	table->failed |= cut.failed;
	table_add(table, text_bytes(&cut));
}

void table_start(struct table *table, const char *heading, ...)
{
	va_list list;

	*table = (struct table){ 0 };
	va_start(list, heading);
	for (; heading; heading = va_arg(list, const char *)) {
		table_add(table, heading);
		table->columns++;
	}
	va_end(list);
}

static size_t width_of(const struct table *table, size_t column)
{
	size_t widest = 0;

	for (size_t i = column; i < table->cells.count; i += table->columns) {
		size_t width = text_columns(table->cells.item[i]);

		if (width > widest)
			widest = width;
	}
	return widest;
}

int table_print(const struct table *table, const char *when_empty, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_FREE size_t *widths = mem_new(table->columns, sizeof(*widths), e);

	if (table->failed || !widths)
		return err_memory(e);
	for (size_t column = 0; column < table->columns; column++)
		widths[column] = width_of(table, column);
	if (table->cells.count <= table->columns) {
		text_addf(&t, "%s\n", when_empty);
		return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
	}
	for (size_t i = 0; i < table->cells.count; i++) {
		bool last = (i + 1) % table->columns == 0;

		if (last)
			text_addf(&t, "%s\n", table->cells.item[i]);
		else
			text_add_padded(&t, table->cells.item[i], widths[i % table->columns] + 2);
	}
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

void table_done(struct table *table)
{
	strings_done(&table->cells);
}
