// SPDX-License-Identifier: MIT
/* Any bytes as a table: refused with a reason, or read into valid UTF-8 that goes out and comes back the same, with no
 * cell that a spreadsheet would calculate. */
#include "base/csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

/* No cell of what was written starts as a formula, whichever separator a spreadsheet takes the first line apart with. */
static void need_harmless(const char *bytes, char separator)
{
	bool quoted = false;
	char before = separator;

	for (bytes += 3; *bytes; bytes++) {
		if (!quoted && (before == separator || before == '\n'))
			need(!strchr("=+-@", *bytes));
		if (*bytes == '"') {
			if (!quoted && (before == separator || before == '\n'))
				need(!bytes[1] || !strchr("=+-@\t\r\n", bytes[1]));
			quoted = !quoted;
		}
		before = *bytes;
	}
}

static void write_out(struct text *t, const struct csv *csv, char separator)
{
	struct csv_writer writer;

	csv_begin(&writer, t, separator);
	for (size_t i = 0; i < csv->cells.count; i++) {
		csv_add(&writer, csv->cells.item[i]);
		if ((i + 1) % csv->columns == 0)
			csv_end(&writer);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char separators[] = { ',', ';', '\t' };
	AUTO_CSV struct csv csv = { 0 };
	struct err e = { 0 };

	if (csv_read(&csv, (const char *)data, size, 500, &e) < 0) {
		need(e.kind == ERR_INVALID || e.kind == ERR_LIMIT);
		need(e.text[0] && csv.cells.count == 0);
		return 0;
	}
	need(csv.rows <= 500 && csv.columns > 0 && csv.columns <= CSV_MAX_COLUMNS);
	need(csv.cells.count == (csv.rows + 1) * csv.columns);
	for (size_t i = 0; i < csv.cells.count; i++)
		need(text_is_utf8(csv.cells.item[i], strlen(csv.cells.item[i])));
	for (size_t i = 0; i < sizeof(separators); i++) {
		AUTO_TEXT struct text t = { 0 };
		AUTO_CSV struct csv again = { 0 };

		write_out(&t, &csv, separators[i]);
		need_harmless(text_bytes(&t), separators[i]);
		need(csv_read(&again, text_bytes(&t), t.length, 500, &e) == 0);
		need(again.columns == csv.columns && again.rows == csv.rows);
		for (size_t k = 0; k < csv.cells.count; k++)
			need(strcmp(again.cells.item[k], csv.cells.item[k]) == 0);
	}
	return 0;
}
