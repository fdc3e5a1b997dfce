// SPDX-License-Identifier: MIT
/*
 * Only lines count that aren't blank, as in text_add_first_lines.
 */
#include "score/telling.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { LINE_MOST = 300 };

/* Behind "[E0425]", " TS2304" or " [ERR_MODULE_NOT_FOUND]", if it stands there. */
static const char *behind_code(const char *at, const char *end)
{
	bool is_bracketed;

	at += at < end && *at == ' ';
	is_bracketed = at < end && *at == '[';
	at += is_bracketed;
	while (at < end && (isupper((unsigned char)*at) || isdigit((unsigned char)*at) || *at == '_'))
		at++;
	return at + (is_bracketed && at < end && *at == ']');
}

/* "TypeError: …", "x.go:3:1: syntax error: …", "error[E0425]: …", "java.lang.SomeException: …" */
static bool names_error(const char *line, size_t length)
{
	static const char *const words[] = { "rror", "xception" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		for (const char *at = line; (at = memmem(at, (size_t)(line + length - at), words[i], strlen(words[i])));) {
			at = behind_code(at + strlen(words[i]), line + length);
			/* Two of them stand behind the name of a module. */
			if (at < line + length && *at == ':' && (at + 1 == line + length || at[1] != ':'))
				return true;
		}
	return false;
}

/* Behind a colon and the number that follows it; NULL: there is none. */
static const char *behind_number(const char *at)
{
	size_t digits = *at == ':' ? strspn(at + 1, "0123456789") : 0;

	return digits ? at + 1 + digits : NULL;
}

/* Whether what ends there is a file's name, such as "./x.go": a point with a letter behind it, and no blank. */
static bool is_file_before(const char *line, const char *at)
{
	while (at > line && !isspace((unsigned char)at[-1]))
		if (*--at == '.' && isalpha((unsigned char)at[1]))
			return true;
	return false;
}

/* "./x.go:3:5: undefined: retrun", as compilers say it that name the place alone. */
static bool names_place(const char *line, size_t length)
{
	static const char *const milder[] = { "warning:", "note:" };

	for (size_t i = 0; i < sizeof(milder) / sizeof(*milder); i++)
		if (memmem(line, length, milder[i], strlen(milder[i])))
			return false;
	for (const char *at = line; (at = memchr(at, ':', (size_t)(line + length - at))); at++) {
		const char *row = behind_number(at), *column = row ? behind_number(row) : NULL;

		if (column && column[0] == ':' && column[1] == ' ' && is_file_before(line, at))
			return true;
	}
	return false;
}

/* The first line at `at` or behind it that isn't blank, and its length; NULL: there is none. */
static const char *next_line(const char *at, size_t *length)
{
	for (; at && *at; at += *length + (at[*length] == '\n')) {
		*length = strcspn(at, "\n");
		if (strspn(at, " \t\r") < *length)
			return at;
	}
	return NULL;
}

static const char *find_first(const char *log, bool (*is_wanted)(const char *line, size_t length), size_t *length)
{
	const char *line = next_line(log, length);

	while (line && !is_wanted(line, *length))
		line = next_line(line + *length, length);
	return line;
}

static const char *find_last(const char *log, size_t *length)
{
	const char *last = NULL, *line;
	size_t size = 0;

	for (line = next_line(log, &size); line; line = next_line(line + size, &size)) {
		last = line;
		*length = size;
	}
	return last;
}

static const char *find_telling(const char *log, size_t *length)
{
	const char *line = find_first(log, names_error, length);

	if (!line)
		line = find_first(log, names_place, length);
	return line ? line : find_last(log, length);
}

char *telling_line(const char *log, struct err *e)
{
	size_t length = 0;
	const char *line = find_telling(log, &length);
	AUTO_FREE char *copy = mem_format(e, "%.*s", (int)(length < LINE_MOST ? length : LINE_MOST), line ? line : "");

	return copy ? text_visible_line(copy, e) : NULL;
}

void telling_add_lines(struct text *t, const char *log, size_t columns, const char *indent)
{
	size_t length = 0, count = 0, at = 0, from = 0;
	const char *telling = find_telling(log, &length), *line;

	for (line = next_line(log, &length); line; line = next_line(line + length, &length)) {
		if (line == telling)
			at = count;
		count++;
	}
	if (at >= TELLING_LINES) {
		from = at - 1 < count - TELLING_LINES ? at - 1 : count - TELLING_LINES;
		text_addf(t, "%s…\n", indent);
	}
	line = next_line(log, &length);
	for (size_t i = 0; i < from; i++)
		line = next_line(line + length, &length);
	if (line)
		text_add_first_lines(t, line, TELLING_LINES, columns, indent);
}
