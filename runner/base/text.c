// SPDX-License-Identifier: MIT
/*
 * The buffer, and UTF-8. Everything that decodes goes through text_decode, so there is one opinion in the program
 * about what a valid character is (RFC 3629).
 */
#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

enum { LINE_SHOWN = 300 };

/* --- growing ---------------------------------------------------------------------------------------------------- */

static bool reserve(struct text *t, size_t more)
{
	size_t capacity = t->capacity ? t->capacity : 64;
	char *grown;

	if (t->failed || more >= SIZE_MAX / 2 - t->length)
		return !(t->failed = true);
	while (capacity < t->length + more + 1)
		capacity *= 2;
	if (capacity == t->capacity)
		return true;
	grown = realloc(t->bytes, capacity);
	if (!grown)
		return !(t->failed = true);
	t->bytes = grown;
	t->capacity = capacity;
	return true;
}

void text_add_bytes(struct text *t, const char *bytes, size_t length)
{
	if (!reserve(t, length))
		return;
	if (length)
		memcpy(t->bytes + t->length, bytes, length);
	t->length += length;
	t->bytes[t->length] = '\0';
}

void text_add(struct text *t, const char *s)
{
	text_add_bytes(t, s, strlen(s));
}

void text_addf(struct text *t, const char *format, ...)
{
	va_list list;
	int length;

	va_start(list, format);
	length = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (length < 0 || !reserve(t, (size_t)length)) {
		t->failed = true;
		return;
	}
	va_start(list, format);
	vsnprintf(t->bytes + t->length, (size_t)length + 1, format, list);
	va_end(list);
	t->length += (size_t)length;
}

void text_add_times(struct text *t, const char *s, size_t times)
{
	while (times--)
		text_add(t, s);
}

int text_take(struct text *t, char **out, struct err *e)
{
	if (!t->failed && !t->bytes)
		text_add_bytes(t, "", 0);
	if (t->failed) {
		text_done(t);
		return err_memory(e);
	}
	*out = t->bytes;
	*t = (struct text){ 0 };
	return 0;
}

const char *text_bytes(const struct text *t)
{
	return t->bytes ? t->bytes : "";
}

void text_done(struct text *t)
{
	free(t->bytes);
	*t = (struct text){ 0 };
}

/* --- UTF-8 ------------------------------------------------------------------------------------------------------ */

size_t text_decode(const char *s, size_t length, unsigned *code_point)
{
	static const unsigned least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *u = (const unsigned char *)s;
	size_t need = u[0] < 0x80 ? 1 : u[0] >= 0xC2 && u[0] < 0xE0 ? 2 : u[0] >= 0xE0 && u[0] < 0xF0 ? 3 :
		      u[0] >= 0xF0 && u[0] < 0xF5 ? 4 : 0;
	unsigned c;

	*code_point = 0xFFFD;
	if (need == 0 || need > length)
		return 1;
	c = need == 1 ? u[0] : u[0] & (0xFFu >> (need + 1));
	for (size_t i = 1; i < need; i++) {
		if ((u[i] & 0xC0) != 0x80)
			return 1;
		c = c << 6 | (u[i] & 0x3F);
	}
	if (c < least[need] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 1;
	*code_point = c;
	return need;
}

void text_add_char(struct text *t, unsigned c)
{
	char b[4];

	if (c < 0x80) {
		b[0] = (char)c;
		text_add_bytes(t, b, 1);
	} else if (c < 0x800) {
		b[0] = (char)(0xC0 | c >> 6);
		b[1] = (char)(0x80 | (c & 0x3F));
		text_add_bytes(t, b, 2);
	} else if (c < 0x10000) {
		b[0] = (char)(0xE0 | c >> 12);
		b[1] = (char)(0x80 | (c >> 6 & 0x3F));
		b[2] = (char)(0x80 | (c & 0x3F));
		text_add_bytes(t, b, 3);
	} else {
		b[0] = (char)(0xF0 | c >> 18);
		b[1] = (char)(0x80 | (c >> 12 & 0x3F));
		b[2] = (char)(0x80 | (c >> 6 & 0x3F));
		b[3] = (char)(0x80 | (c & 0x3F));
		text_add_bytes(t, b, 4);
	}
}

size_t text_characters(const char *s)
{
	size_t count = 0;

	for (size_t left = strlen(s), step; left; left -= step, s += step, count++) {
		unsigned c;

		step = text_decode(s, left, &c);
	}
	return count;
}

/* A U+FFFD that stands in the text is valid; one that text_decode made up has length 1. */
bool text_is_utf8(const char *bytes, size_t length)
{
	unsigned c;

	for (size_t i = 0, step; i < length; i += step) {
		step = text_decode(bytes + i, length - i, &c);
		if (c == 0xFFFD && step == 1)
			return false;
	}
	return true;
}

void text_add_clean(struct text *t, const char *bytes, size_t length)
{
	unsigned c;

	for (size_t i = 0, step; i < length; i += step) {
		step = text_decode(bytes + i, length - i, &c);
		if (c == 0 || (c == 0xFFFD && step == 1))
			text_add(t, "\xEF\xBF\xBD");
		else
			text_add_bytes(t, bytes + i, step);
	}
}

/* --- showing ---------------------------------------------------------------------------------------------------- */

static const struct {
	unsigned first, last;
} invisible[] = {
	{ 0x00, 0x08 },     { 0x0B, 0x1F },     { 0x7F, 0x9F },     { 0x061C, 0x061C },   { 0x200B, 0x200F },
	{ 0x2028, 0x202E }, { 0x2060, 0x206F }, { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE007F },
};

bool text_is_invisible(unsigned c)
{
	for (size_t i = 0; i < sizeof(invisible) / sizeof(*invisible); i++)
		if (c >= invisible[i].first && c <= invisible[i].last)
			return true;
	return false;
}

void text_add_visible(struct text *t, const char *s, bool one_line)
{
	size_t length = strlen(s);
	unsigned c;

	for (size_t i = 0, step; i < length; i += step) {
		step = text_decode(s + i, length - i, &c);
		if (text_is_invisible(c))
			text_addf(t, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
		else if (one_line && c == '\n')
			text_add(t, "\\n");
		else if (one_line && c == '\t')
			text_add(t, " ");
		else
			text_add_char(t, c);
	}
}

char *text_visible_line(const char *s, struct err *e)
{
	struct text t = { 0 };
	char *line = NULL;

	text_add_visible(&t, s, true);
	return text_take(&t, &line, e) < 0 ? NULL : line;
}

char *text_joined_line(const char *s, struct err *e)
{
	static const char blanks[] = " \t\r\n";
	struct text joined = { 0 }, t = { 0 };
	char *line = NULL;

	while (*s) {
		size_t length = strcspn(s, blanks), gap = strspn(s + length, blanks);
		const char *next = s + length + gap;

		text_add_bytes(&joined, s, length);
		if (joined.length && *next && memchr(s + length, '\n', gap))
			text_add(&joined, " ");
		else if (joined.length && *next)
			text_add_bytes(&joined, s + length, gap);
		s = next;
	}
	text_add_visible(&t, text_bytes(&joined), true);
	t.failed |= joined.failed;
	text_done(&joined);
	return text_take(&t, &line, e) < 0 ? NULL : line;
}

/* --- columns ---------------------------------------------------------------------------------------------------- */

static size_t columns_of(unsigned c)
{
	/* wcwidth needs a UTF-8 locale, which `assay` sets before anything else; without one it says -1. */
	int width = c < 0x80 ? 1 : wcwidth((wchar_t)c);

	return width < 0 ? 1 : (size_t)width;
}

static size_t columns_of_bytes(const char *s, size_t length)
{
	size_t columns = 0;
	unsigned c;

	for (size_t i = 0; i < length;) {
		i += text_decode(s + i, length - i, &c);
		columns += columns_of(c);
	}
	return columns;
}

size_t text_columns(const char *s)
{
	return columns_of_bytes(s, strlen(s));
}

void text_add_padded(struct text *t, const char *s, size_t columns)
{
	size_t length = strlen(s), used = 0;
	bool cut = text_columns(s) > columns;
	size_t room = cut && columns ? columns - 1 : columns;
	unsigned c;

	for (size_t i = 0, step; i < length; i += step) {
		step = text_decode(s + i, length - i, &c);
		if (used + columns_of(c) > room)
			break;
		text_add_char(t, c);
		used += columns_of(c);
	}
	if (cut && columns) {
		text_add(t, "…");
		used++;
	}
	text_add_times(t, " ", columns - used);
}

/* A text that is wrapped: where it goes, and how many columns of its last line are used. */
struct wrapping {
	struct text *t;
	size_t columns, used;
	const char *indent;
};

static void break_line(struct wrapping *w)
{
	text_addf(w->t, "\n%s", w->indent);
	w->used = text_columns(w->indent);
}

/* Adds a word, broken where the line is full; at least one character stands on each line. */
static void add_word(struct wrapping *w, const char *word, size_t length)
{
	bool alone = false;
	unsigned c;

	for (size_t i = 0; i < length; alone = true) {
		i += text_decode(word + i, length - i, &c);
		if (alone && w->used + columns_of(c) > w->columns)
			break_line(w);
		text_add_char(w->t, c);
		w->used += columns_of(c);
	}
}

/* The columns of the line that t ends with. */
static size_t columns_begun(const struct text *t)
{
	const char *bytes = text_bytes(t), *line = strrchr(bytes, '\n');

	return text_columns(line ? line + 1 : bytes);
}

void text_add_wrapped(struct text *t, const char *s, size_t columns, const char *indent)
{
	struct wrapping w = { .t = t, .columns = columns, .used = columns_begun(t), .indent = indent };
	size_t narrowest = text_columns(indent);
	bool first = true;

	while (*s) {
		size_t length = strcspn(s, " \n"), width = columns_of_bytes(s, length);

		if (w.used + !first + width > columns && (!first || w.used > narrowest))
			break_line(&w);
		else if (!first) {
			text_add(t, " ");
			w.used++;
		}
		add_word(&w, s, length);
		first = false;
		s += length;
		if (*s == '\n') {
			break_line(&w);
			first = true;
		}
		s += *s != '\0';
	}
}

static void add_visible_line(struct text *t, const char *line, size_t length, size_t columns, const char *indent)
{
	AUTO_TEXT struct text cut = { 0 }, visible = { 0 };
	size_t most = length < LINE_SHOWN ? length : LINE_SHOWN;

	/* Not in the midst of a character: the others of its up to four bytes are 10xxxxxx. */
	for (int i = 0; i < 3 && most < length && (line[most] & 0xC0) == 0x80; i++)
		most--;
	text_add_bytes(&cut, line, most);
	text_add_visible(&visible, text_bytes(&cut), true);
	if (most < length)
		text_add(&visible, "…");
	text_add(t, indent);
	text_add_wrapped(t, text_bytes(&visible), columns, indent);
	text_add(t, "\n");
	t->failed |= cut.failed || visible.failed;
}

void text_add_first_lines(struct text *t, const char *s, size_t lines, size_t columns, const char *indent)
{
	size_t shown = 0, length;

	for (; *s; s += length + (s[length] == '\n')) {
		length = strcspn(s, "\n");
		if (strspn(s, " \t\r") >= length)
			continue;
		if (shown++ == lines) {
			text_addf(t, "%s…\n", indent);
			return;
		}
		add_visible_line(t, s, s[length - 1] == '\r' ? length - 1 : length, columns, indent);
	}
}

/* The character at s as text_add_clean takes it: its bytes, and how many it has when it is clean. */
static size_t step_clean(const char *s, size_t length, size_t *cleaned)
{
	unsigned c;
	size_t step = text_decode(s, length, &c);

	*cleaned = c == 0 || c == 0xFFFD ? 3 : step;
	return step;
}

void text_add_head_tail(struct text *t, const char *bytes, size_t length, size_t head, size_t tail)
{
	size_t total = 0, kept = 0, first = 0, last, cleaned;

	for (size_t i = 0; i < length; total += cleaned)
		i += step_clean(bytes + i, length - i, &cleaned);
	if (total <= head || total - head <= tail) {
		text_add_clean(t, bytes, length);
		return;
	}
	for (;; kept += cleaned) {
		size_t step = step_clean(bytes + first, length - first, &cleaned);

		if (kept + cleaned > head)
			break;
		first += step;
	}
	for (last = first; total - kept > tail; kept += cleaned)
		last += step_clean(bytes + last, length - last, &cleaned);
	text_add_clean(t, bytes, first);
	text_addf(t, "\n[… %zu bytes left out …]\n", last - first);
	text_add_clean(t, bytes + last, length - last);
}

/* --- small questions -------------------------------------------------------------------------------------------- */

bool text_is_id(const char *s)
{
	size_t length = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return length >= 1 && length <= 64 && s[length] == '\0' && s[0] != '-' && s[length - 1] != '-';
}

bool text_starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool text_ends_with(const char *s, const char *suffix)
{
	size_t length = strlen(s), end = strlen(suffix);

	return length >= end && strcmp(s + length - end, suffix) == 0;
}

bool text_to_integer(const char *s, long long min, long long max, long long *out)
{
	char *end;
	long long number;

	if (*s != '-' && (*s < '0' || *s > '9'))
		return false;
	errno = 0;
	number = strtoll(s, &end, 10);
	if (errno || end == s || *end || number < min || number > max)
		return false;
	*out = number;
	return true;
}
