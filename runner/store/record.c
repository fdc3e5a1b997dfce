// SPDX-License-Identifier: MIT
/*
 * Rows as structs. A word that the table doesn't know is a damaged database, not a default.
 */
#include "store/record.h"

#include "base/i18n.h"

#include <assert.h>
#include <string.h>

/* An enum without negative members is an unsigned int to gcc and clang. */
static int read_word(unsigned *out, const char *const *words, const char *word, struct err *e)
{
	for (unsigned i = 0; word && words[i]; i++) {
		if (strcmp(words[i], word) == 0) {
			*out = i;
			return 0;
		}
	}
	return err_set(e, ERR_INVALID,
		"the database holds the word '%.40s', which this program doesn't know",
		word ? word : "");
}

static int read_field(char *record, const struct record_field *field, struct db_rows *rows,
	int column, struct err *e)
{
	void *place = record + field->offset;
	const char *text;

	switch (field->kind) {
	case RECORD_TEXT:
		text = db_text(rows, column);
		if (text && !(*(char **)place = mem_copy(text, e)))
			return -1;
		return 0;
	case RECORD_INTEGER:
		*(int64_t *)place = db_integer(rows, column);
		return 0;
	case RECORD_BOOL:
		*(bool *)place = db_integer(rows, column) != 0;
		return 0;
	case RECORD_WORD:
		return read_word(place, field->words, db_text(rows, column), e);
	}
	return err_set(e, ERR_INTERNAL, "a column of no kind");
}

/* Into a zeroed record, which the caller releases whatever happens. */
static int read_row(
	void *record, const struct record_shape *shape, struct db_rows *rows, struct err *e)
{
	assert((size_t)db_columns(rows) == shape->count);
	for (size_t i = 0; i < shape->count; i++)
		if (read_field(record, &shape->fields[i], rows, (int)i, e) < 0)
			return -1;
	return 0;
}

int record_get(void *out, const struct record_shape *shape, struct store *store,
	enum statement statement, struct db_values values, const char *named, struct err *e)
{
	AUTO_DB_ROWS struct db_rows *rows = NULL;
	AUTO_FREE void *record = mem_new(1, shape->size, e);
	int said;

	if (!record || db_query(&rows, store_db(store), statements[statement], values, e) < 0)
		return -1;
	said = db_next(rows, e);
	if (said < 0)
		return -1;
	if (said == 0)
		return err_set(e, ERR_NOT_FOUND, _("there is no %s %s"), _(shape->what), named);
	if (read_row(record, shape, rows, e) < 0) {
		record_done(record, shape);
		return -1;
	}
	memcpy(out, record, shape->size);
	return 0;
}

int record_list(void *items, size_t *count, const struct record_shape *shape, struct store *store,
	enum statement statement, struct db_values values, struct err *e)
{
	AUTO_DB_ROWS struct db_rows *rows = NULL;
	void *array = NULL;
	size_t read = 0;
	int said;

	if (db_query(&rows, store_db(store), statements[statement], values, e) < 0)
		return -1;
	while ((said = db_next(rows, e)) > 0) {
		void *record = mem_push(&array, read, shape->size, e);

		if (!record)
			break;
		read++;
		if (read_row(record, shape, rows, e) < 0)
			break;
	}
	if (said != 0) {
		record_list_done(&array, &read, shape);
		return -1;
	}
	*(void **)items = array;
	*count = read;
	return 0;
}

void record_done(void *record, const struct record_shape *shape)
{
	for (size_t i = 0; i < shape->count; i++)
		if (shape->fields[i].kind == RECORD_TEXT)
			free(*(char **)((char *)record + shape->fields[i].offset));
	memset(record, 0, shape->size);
}

void record_list_done(void *items, size_t *count, const struct record_shape *shape)
{
	char *array = *(char **)items;

	for (size_t i = 0; i < *count; i++)
		record_done(array + i * shape->size, shape);
	free(array);
	*(void **)items = NULL;
	*count = 0;
}

int record_change(struct store *store, enum statement statement, struct db_values values,
	const char *what, const char *named, struct err *e)
{
	int64_t changed = 0;

	if (db_run(store_db(store), statements[statement], values, &changed, e) < 0)
		return db_was_taken(store_db(store))
			? err_set(e, ERR_CONFLICT, _("%s %s is there already"), _(what), named)
			: -1;
	if (changed == 0)
		return err_set(e, ERR_NOT_FOUND, _("there is no %s %s"), _(what), named);
	return 0;
}

int record_insert(int64_t *id, struct store *store, enum statement statement,
	struct db_values values, struct err *e)
{
	AUTO_DB_ROWS struct db_rows *rows = NULL;
	int64_t given;

	if (db_query(&rows, store_db(store), statements[statement], values, e) < 0)
		return -1;
	if (db_next(rows, e) < 0)
		return -1;
	given = db_integer(rows, 0);
	if (db_next(rows, e) < 0)
		return -1;
	*id = given;
	return 0;
}
