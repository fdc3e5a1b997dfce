// SPDX-License-Identifier: MIT
/*
 * A list for a terminal: rows of cells under headings, each column as wide as its widest cell.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "base/err.h"
#include "base/mem.h"

#include <stddef.h>

struct table {
	struct strings cells; /* headings first */
	size_t columns;
	int failed; /* out of memory on the way; told by table_print */
};

/* Headings are translated texts; the list ends with NULL. */
void table_start(struct table *table, const char *heading, ...) __attribute__((sentinel));

/* The next cell; made visible and one line. NULL is "–". */
void table_add(struct table *table, const char *cell);
void table_addf(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A cell that is cut with "…" behind so many columns. */
void table_add_cut(struct table *table, const char *cell, size_t columns);

/* Prints it, or the sentence when there is no row. */
int table_print(const struct table *table, const char *when_empty, struct err *e);
void table_done(struct table *table);

#define AUTO_TABLE AUTO(table_done)

#endif
