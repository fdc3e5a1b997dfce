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

/* Of equal windows, of which there may be very many (a file of equal lines), so many are tried for the longest block. */
enum { LEAST_LETTERS = 8, MOST_EQUAL = 64 };

struct line {
	const char *at;
	size_t length, number;
};

struct lines {
	struct line *item;
	size_t count;
	size_t all; /* how many there were with the common ones */
};

static void lines_done(struct lines *lines)
{
	free(lines->item);
}

/* --- lines that count ------------------------------------------------------------------------------------------- */

static int order_of_lines(const void *key, const void *item)
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

static bool begins_with(const struct line *line, const char *mark)
{
	return line->length >= strlen(mark) && memcmp(line->at, mark, strlen(mark)) == 0;
}

static bool has(const struct line *line, const char *part)
{
	return memmem(line->at, line->length, part, strlen(part)) != NULL;
}

/* "const fs = require('node:fs');", without doing anything with it. */
static bool is_required(const struct line *line)
{
	const char *at = memmem(line->at, line->length, "= require(", strlen("= require("));
	const char *close = at ? memchr(at, ')', (size_t)(line->at + line->length - at)) : NULL;

	return close && line->at + line->length - close <= 2;
}

/* What a file uses, it has in common with every other that uses it. Sentences begin with the same words. Of a line
 * that isn't empty. */
static bool is_import(const struct line *line)
{
	bool is_statement = line->at[line->length - 1] == ';' && !has(line, "=") && !has(line, "(");

	return begins_with(line, "import ") || begins_with(line, "#include") || is_required(line) ||
		(begins_with(line, "from ") && has(line, " import ")) ||
		((begins_with(line, "use ") || begins_with(line, "using ")) && is_statement) ||
		begins_with(line, "} from ") ||
		((begins_with(line, "export {") || begins_with(line, "export *")) && has(line, " from "));
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

static struct line line_at(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	return (struct line){ at, (size_t)((newline ? newline : end) - at), 0 };
}

static const char *behind_line(const struct line *line, const char *end)
{
	const char *newline = line->at + line->length;

	return newline < end ? newline + 1 : end;
}

/* Where the comment ends that stands at the beginning of the line; NULL: there is none. */
static const char *behind_comment(const struct line *line, const char *end)
{
	static const struct {
		const char *open, *close; /* NULL: its line's end */
	} comments[] = {
		{ "/*", "*/" }, { "<!--", "-->" }, { "\"\"\"", "\"\"\"" }, { "'''", "'''" }, { "{-", "-}" }, { "(*", "*)" },
		{ "//", NULL }, { "# ", NULL }, { "#!", NULL }, { "##", NULL }, { "--", NULL }, { ";", NULL }, { "%", NULL },
	};

	if (line->length == 1 && *line->at == '#')
		return line->at + 1;
	for (size_t i = 0; i < sizeof(comments) / sizeof(*comments); i++) {
		const char *close = comments[i].close, *inside, *found;

		if (!begins_with(line, comments[i].open))
			continue;
		if (!close)
			return line->at + line->length;
		inside = line->at + strlen(comments[i].open);
		found = memmem(inside, (size_t)(end - inside), close, strlen(close));
		return found ? found + strlen(close) : NULL;
	}
	return NULL;
}

/* Behind the comments and empty lines that a file begins with. */
static const char *body_of(const struct lines_file *file)
{
	const char *at = file->bytes, *end = at ? at + file->size : NULL;

	while (at < end) {
		struct line line = line_at(at, end);
		const char *next = behind_line(&line, end);

		trim(&line);
		if (line.length && !(next = behind_comment(&line, end)))
			return at;
		at = next;
	}
	return end;
}

/* Adds the lines of a file that count, from `body` on (NULL: all), and aren't among `but`, which are sorted; NULL. */
static int add_lines(struct lines *lines, const struct lines_file *file, const char *body, const struct lines *but,
	struct err *e)
{
	const char *at = file->bytes, *end = at ? at + file->size : NULL;

	if (!file->size || memchr(at, '\0', file->size))
		return 0;
	for (size_t number = 1; at < end; number++) {
		struct line line = line_at(at, end), *added;

		at = behind_line(&line, end);
		trim(&line);
		line.number = number;
		if ((body && line.at < body) || !says_something(&line) || is_import(&line))
			continue;
		lines->all++;
		if (but && but->count && bsearch(&line, but->item, but->count, sizeof(line), order_of_lines))
			continue;
		added = mem_push(&lines->item, lines->count, sizeof(line), e);
		if (!added)
			return -1;
		lines->count++;
		*added = line;
	}
	return 0;
}

size_t copied_lines_count(const struct lines_file *file)
{
	const char *at = file->bytes ? body_of(file) : NULL, *end = at ? file->bytes + file->size : NULL;
	size_t count = 0;

	while (at < end) {
		struct line line = line_at(at, end);

		at = behind_line(&line, end);
		trim(&line);
		count += says_something(&line) && !is_import(&line);
	}
	return count;
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

static int order_of_windows(const void *key, const void *item)
{
	const struct window *a = key, *b = item;

	for (int i = 0; i < COPIED_LEAST; i++) {
		int order = order_of_lines(&a->first[i], &b->first[i]);

		if (order)
			return order;
	}
	return 0;
}

/* Equal ones in the order of their files. */
static int by_content_and_place(const void *key, const void *item)
{
	const struct window *a = key, *b = item;
	int order = order_of_windows(a, b);

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

static int make_index(struct index *index, const struct lines_files *files, const struct lines *but, struct err *e)
{
	index->files = mem_new(files->count, sizeof(*index->files), e);
	if (!index->files)
		return -1;
	index->file_count = files->count;
	for (size_t i = 0; i < files->count; i++)
		if (add_lines(&index->files[i], &files->item[i], body_of(&files->item[i]), but, e) < 0 ||
			add_windows(index, i, e) < 0)
			return -1;
	if (index->count)
		qsort(index->item, index->count, sizeof(*index->item), by_content_and_place);
	return 0;
}

/* The first of equal ones; NULL: none. */
static const struct window *find_window(const struct index *index, const struct window *key)
{
	size_t low = 0, high = index->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (order_of_windows(key, &index->item[middle]) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < index->count && order_of_windows(key, &index->item[low]) == 0 ? &index->item[low] : NULL;
}

/* --- finding ---------------------------------------------------------------------------------------------------- */

static size_t count_same(const struct window *a, const struct window *b)
{
	size_t same = 0;

	while (same < a->left && same < b->left && order_of_lines(&a->first[same], &b->first[same]) == 0)
		same++;
	return same;
}

/* The window from which most lines are the same; NULL: none. */
static const struct window *find_longest(const struct index *index, const struct window *key, size_t *lines)
{
	const struct window *found = find_window(index, key), *longest = NULL, *end = index->item + index->count;

	*lines = 0;
	for (int tried = 0; found && found < end && tried < MOST_EQUAL; found++, tried++) {
		size_t same = count_same(key, found);

		if (same < COPIED_LEAST)
			break;
		if (same > *lines) {
			*lines = same;
			longest = found;
		}
	}
	return longest;
}

static int look_into(struct copies *copies, const struct lines_file *file, const struct lines *lines, size_t shown,
	const struct index *index, struct err *e)
{
	for (size_t i = 0, same; i + COPIED_LEAST <= lines->count; i += same ? same : 1) {
		const struct line *first = &lines->item[i], *last;
		const struct window key = { first, lines->count - i, 0 }, *found = find_longest(index, &key, &same);
		const char *text = i ? first[-1].at + first[-1].length : file->bytes;
		struct copied *added;

		if (!found)
			continue;
		last = &first[same - 1];
		added = mem_push(&copies->item, copies->count, sizeof(*added), e);
		if (!added)
			return -1;
		copies->count++;
		*added = (struct copied){ shown, found->file, first->number, found->first->number, same,
			index->files[found->file].all, text, (size_t)(last->at + last->length - text) };
	}
	return 0;
}

int copied_lines(struct copies *out, const struct lines_files *shown, const struct lines_files *hidden,
	const struct lines_files *common, struct err *e)
{
	AUTO(lines_done) struct lines but = { 0 };
	AUTO(index_done) struct index index = { 0 };
	AUTO(copies_done) struct copies copies = { 0 };

	for (size_t i = 0; i < common->count; i++)
		if (add_lines(&but, &common->item[i], NULL, NULL, e) < 0)
			return -1;
	if (but.count)
		qsort(but.item, but.count, sizeof(*but.item), order_of_lines);
	if (make_index(&index, hidden, &but, e) < 0)
		return -1;
	for (size_t i = 0; i < shown->count; i++) {
		AUTO(lines_done) struct lines lines = { 0 };

		if (add_lines(&lines, &shown->item[i], NULL, &but, e) < 0 ||
			look_into(&copies, &shown->item[i], &lines, i, &index, e) < 0)
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
