// SPDX-License-Identifier: MIT
/*
 * Lines are compared without the blanks around them, so that neither another indentation nor another line end matters.
 */
#include "assess/whole_lines.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* --- lines ------------------------------------------------------------------------------------------------------ */

static struct whole_line trimmed(const char *at, size_t length)
{
	while (length && isspace((unsigned char)at[length - 1]))
		length--;
	while (length && isspace((unsigned char)*at)) {
		at++;
		length--;
	}
	return (struct whole_line){ at, length };
}

static int add_line(struct whole_lines *lines, struct whole_line line, struct err *e)
{
	struct whole_line *added;

	if (!line.length && !lines->count) {
		lines->before++;
		return 0;
	}
	added = mem_push(&lines->item, lines->count, sizeof(*added), e);
	if (!added)
		return -1;
	lines->count++;
	*added = line;
	for (size_t i = 0; i < line.length; i++)
		lines->letters += isalnum((unsigned char)line.at[i]) || (unsigned char)line.at[i] >= 0x80;
	return 0;
}

int whole_lines_of(struct whole_lines *out, const char *bytes, size_t size, struct err *e)
{
	AUTO(whole_lines_done) struct whole_lines lines = { 0 };
	const char *end = bytes ? bytes + size : NULL;

	if (size && memchr(bytes, '\0', size))
		end = bytes;
	for (const char *at = bytes, *next; at < end; at = next) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));

		next = newline ? newline + 1 : end;
		if (add_line(&lines, trimmed(at, (size_t)(next - at)), e) < 0)
			return -1;
	}
	while (lines.count && !lines.item[lines.count - 1].length)
		lines.count--;
	*out = lines;
	lines = (struct whole_lines){ 0 };
	return 0;
}

void whole_lines_done(struct whole_lines *lines)
{
	free(lines->item);
	*lines = (struct whole_lines){ 0 };
}

/* --- where they stand ------------------------------------------------------------------------------------------- */

static bool stands_at(const struct whole_lines *text, size_t place, const struct whole_lines *part)
{
	if (!part->count || place > text->count || part->count > text->count - place)
		return false;
	for (size_t i = 0; i < part->count; i++) {
		const struct whole_line *a = &text->item[place + i], *b = &part->item[i];

		if (a->length != b->length || memcmp(a->at, b->at, a->length) != 0)
			return false;
	}
	return true;
}

/* Whether nothing of what is quoted goes on in the line. */
static bool is_edge(const struct whole_lines *text, size_t place)
{
	const struct whole_line *line = &text->item[place];

	return place >= text->count || !line->length || line->at[line->length - 1] == ':' ||
		(line->length >= 3 && (memcmp(line->at, "```", 3) == 0 || memcmp(line->at, "~~~", 3) == 0));
}

static bool begins_apart(const struct whole_lines *text, size_t place)
{
	return place == 0 || is_edge(text, place - 1);
}

/* Where `part` stands at `from` or behind; `apart`: alone there. text->count: nowhere. */
static size_t next_place(const struct whole_lines *text, size_t from, const struct whole_lines *part, bool apart)
{
	for (size_t place = from; place < text->count; place++)
		if (stands_at(text, place, part) &&
			(!apart || (begins_apart(text, place) && is_edge(text, place + part->count))))
			return place;
	return text->count;
}

size_t whole_lines_find(const struct whole_lines *text, const struct whole_lines *part)
{
	size_t place = next_place(text, 0, part, false);

	return place < text->count ? text->before + place + 1 : 0;
}

/* "3\n9\n" in one block. */
static bool stand_together(
	const struct whole_lines *text, const struct whole_lines *first, const struct whole_lines *second)
{
	for (size_t place = next_place(text, 0, first, false); place < text->count;
		place = next_place(text, place + 1, first, false))
		if (begins_apart(text, place) && stands_at(text, place + first->count, second) &&
			is_edge(text, place + first->count + second->count))
			return true;
	return false;
}

enum whole_pair whole_lines_find_pair(
	const struct whole_lines *text, const struct whole_lines *first, const struct whole_lines *second)
{
	size_t place = next_place(text, 0, first, true), other;

	if (place < text->count && next_place(text, place + first->count, second, true) < text->count)
		return PAIR_APART;
	if (stand_together(text, first, second))
		return PAIR_APART;
	place = next_place(text, 0, first, false);
	if (place == text->count)
		return PAIR_NOT;
	/* Before the first one, or behind it. */
	other = next_place(text, 0, second, false);
	if (other < text->count && other + second->count > place)
		other = next_place(text, place + first->count, second, false);
	return other < text->count ? PAIR_AMONG_OTHERS : PAIR_NOT;
}
