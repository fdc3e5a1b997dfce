// SPDX-License-Identifier: MIT
/*
 * Every COPIED_LEAST lines in a row of the hidden files are a window; the windows are sorted once, and each window of a
 * shown file is looked for among them. So thousands of files cost little more than one reading.
 */
#include "assess/copied_lines.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_LETTERS = 8 };

struct line {
	const char *at;
	size_t length, number;
};

struct lines {
	struct line *item;
	size_t count;
};

static void lines_done(struct lines *lines)
{
	free(lines->item);
}

/* --- lines that count ------------------------------------------------------------------------------------------- */

static int compare_lines(const void *key, const void *item)
{
	const struct line *a = key, *b = item;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return memcmp(a->at, b->at, a->length);
}

static bool says_something(const struct line *line)
{
	int letters = 0;

	for (size_t i = 0; i < line->length; i++)
		letters += isalnum((unsigned char)line->at[i]) || (unsigned char)line->at[i] >= 0x80;
	return letters >= LEAST_LETTERS;
}

static void trim(struct line *line)
{
	while (line->length && isspace((unsigned char)line->at[line->length - 1]))
		line->length--;
	while (line->length && isspace((unsigned char)*line->at)) {
		line->at++;
		line->length--;
	}
}

/* Adds the lines of a file that count and aren't among `but`, which are sorted; NULL. */
static int add_lines(struct lines *lines, const struct lines_file *file, const struct lines *but, struct err *e)
{
	const char *at = file->bytes, *end = at ? at + file->size : NULL;

	if (!file->size || memchr(at, '\0', file->size))
		return 0;
	for (size_t number = 1; at < end; number++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		struct line line = { at, (size_t)((newline ? newline : end) - at), number }, *added;

		at = newline ? newline + 1 : end;
		trim(&line);
		if (!says_something(&line) ||
			(but && but->count && bsearch(&line, but->item, but->count, sizeof(line), compare_lines)))
			continue;
		added = mem_push(&lines->item, lines->count, sizeof(line), e);
		if (!added)
			return -1;
		lines->count++;
		*added = line;
	}
	return 0;
}

/* --- windows ---------------------------------------------------------------------------------------------------- */

struct window {
	const struct line *first;
	size_t left; /* lines of its file from here on */
	size_t file;
};

/* The hidden files as they are looked up. */
struct index {
	struct lines *files;
	size_t file_count;
	struct window *item;
	size_t count;
};

static void index_done(struct index *index)
{
	for (size_t i = 0; index->files && i < index->file_count; i++)
		lines_done(&index->files[i]);
	free(index->files);
	free(index->item);
}

static int compare_windows(const void *key, const void *item)
{
	const struct window *a = key, *b = item;

	for (int i = 0; i < COPIED_LEAST; i++) {
		int order = compare_lines(&a->first[i], &b->first[i]);

		if (order)
			return order;
	}
	return 0;
}

/* Equal ones in the order of their files. */
static int by_content_and_place(const void *key, const void *item)
{
	const struct window *a = key, *b = item;
	int order = compare_windows(a, b);

	if (order || a->file != b->file)
		return order ? order : a->file < b->file ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

static int add_windows(struct index *index, size_t file, struct err *e)
{
	const struct lines *lines = &index->files[file];

	for (size_t i = 0; i + COPIED_LEAST <= lines->count; i++) {
		struct window *window = mem_push(&index->item, index->count, sizeof(*window), e);

		if (!window)
			return -1;
		index->count++;
		*window = (struct window){ &lines->item[i], lines->count - i, file };
	}
	return 0;
}

static int make_index(struct index *index, const struct lines_file *files, size_t count, const struct lines *but,
	struct err *e)
{
	index->files = mem_new(count, sizeof(*index->files), e);
	if (!index->files)
		return -1;
	index->file_count = count;
	for (size_t i = 0; i < count; i++)
		if (add_lines(&index->files[i], &files[i], but, e) < 0 || add_windows(index, i, e) < 0)
			return -1;
	if (index->count)
		qsort(index->item, index->count, sizeof(*index->item), by_content_and_place);
	return 0;
}

/* The first of equal ones, of which there may be very many; NULL: none. */
static const struct window *find_window(const struct index *index, const struct window *key)
{
	size_t low = 0, high = index->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_windows(key, &index->item[middle]) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < index->count && compare_windows(key, &index->item[low]) == 0 ? &index->item[low] : NULL;
}

/* --- finding ---------------------------------------------------------------------------------------------------- */

static bool is_known(const struct copies *copies, size_t shown, size_t hidden)
{
	for (size_t i = copies->count; i-- > 0 && copies->item[i].shown == shown;)
		if (copies->item[i].hidden == hidden)
			return true;
	return false;
}

static int add_copy(struct copies *copies, const struct copied *copied, struct err *e)
{
	struct copied *added;

	if (is_known(copies, copied->shown, copied->hidden))
		return 0;
	added = mem_push(&copies->item, copies->count, sizeof(*added), e);
	if (!added)
		return -1;
	copies->count++;
	*added = *copied;
	return 0;
}

static int look_into(struct copies *copies, const struct lines *lines, size_t shown, const struct index *index,
	struct err *e)
{
	for (size_t i = 0, same; i + COPIED_LEAST <= lines->count; i += same) {
		const struct window key = { &lines->item[i], lines->count - i, 0 };
		const struct window *found = find_window(index, &key);
		struct copied copied;

		same = 1;
		if (!found)
			continue;
		while (same < key.left && same < found->left && compare_lines(&key.first[same], &found->first[same]) == 0)
			same++;
		copied = (struct copied){ shown, found->file, key.first->number, found->first->number, same };
		if (add_copy(copies, &copied, e) < 0)
			return -1;
	}
	return 0;
}

int copied_lines(struct copies *out, const struct lines_file *shown, size_t shown_count, const struct lines_file *hidden,
	size_t hidden_count, const struct lines_file *common, size_t common_count, struct err *e)
{
	AUTO(lines_done) struct lines but = { 0 };
	AUTO(index_done) struct index index = { 0 };
	AUTO(copies_done) struct copies copies = { 0 };

	for (size_t i = 0; i < common_count; i++)
		if (add_lines(&but, &common[i], NULL, e) < 0)
			return -1;
	if (but.count)
		qsort(but.item, but.count, sizeof(*but.item), compare_lines);
	if (make_index(&index, hidden, hidden_count, &but, e) < 0)
		return -1;
	for (size_t i = 0; i < shown_count; i++) {
		AUTO(lines_done) struct lines lines = { 0 };

		if (add_lines(&lines, &shown[i], &but, e) < 0 || look_into(&copies, &lines, i, &index, e) < 0)
			return -1;
	}
	*out = copies;
	copies = (struct copies){ 0 };
	return 0;
}

void copies_done(struct copies *copies)
{
	free(copies->item);
	*copies = (struct copies){ 0 };
}
