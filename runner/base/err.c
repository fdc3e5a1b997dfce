// SPDX-License-Identifier: MIT
/*
 * The error object. One table says what each kind means outside; text that outgrows its place is cut, because an
 * error about an error helps nobody.
 */
#include "base/err.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int exit_status;
} kinds[ERR_KINDS] = {
	[ERR_NONE] = { "none", 0 },
	[ERR_USAGE] = { "usage", 2 },
	[ERR_NOT_FOUND] = { "not_found", 3 },
	[ERR_INVALID] = { "invalid", 4 },
	[ERR_CONFLICT] = { "conflict", 5 },
	[ERR_DENIED] = { "denied", 6 },
	[ERR_LIMIT] = { "limit", 7 },
	[ERR_SYSTEM] = { "system", 8 },
	[ERR_INTERNAL] = { "internal", 70 },
};

/* Ends a text that was cut with an ellipsis, without leaving half a character before it. */
static void mark_cut(char *text, size_t size)
{
	static const char ellipsis[] = "…";
	size_t end = size - sizeof(ellipsis);

	for (int i = 0; i < 3 && end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80; i++)
		end--;
	memcpy(text + end, ellipsis, sizeof(ellipsis));
}

/* A precision ("%.40s") counts bytes and may cut a character in two: what is no UTF-8 becomes one "?". */
static void mend_utf8(char *text)
{
	size_t length = strlen(text), to = 0;
	bool broken = false;
	unsigned c;

	for (size_t i = 0, step; i < length; i += step) {
		bool was_broken = broken;

		step = text_decode(text + i, length - i, &c);
		broken = c == 0xFFFD && step == 1;
		if (!broken)
			memmove(text + to, text + i, step);
		else if (!was_broken)
			text[to] = '?';
		to += broken ? !was_broken : step;
	}
	text[to] = '\0';
}

__attribute__((format(printf, 3, 0)))
static void write_text(char *text, size_t size, const char *format, va_list list)
{
	int length = vsnprintf(text, size, format, list);

	if (length >= (int)size)
		mark_cut(text, size);
	mend_utf8(text);
}

int err_set(struct err *e, enum err_kind kind, const char *format, ...)
{
	va_list list;

	if (!e)
		return -1;
	e->kind = kind;
	va_start(list, format);
	write_text(e->text, sizeof(e->text), format, list);
	va_end(list);
	return -1;
}

int err_errno(struct err *e, const char *format, ...)
{
	int number = errno;
	char said[512];
	va_list list;

	if (!e)
		return -1;
	va_start(list, format);
	write_text(said, sizeof(said), format, list);
	va_end(list);
	return err_set(e, number == ENOENT ? ERR_NOT_FOUND : ERR_SYSTEM, "%s: %s", said, strerror(number));
}

int err_memory(struct err *e)
{
	return err_set(e, ERR_SYSTEM, "out of memory");
}

int err_wrap(struct err *e, const char *format, ...)
{
	char inner[ERR_TEXT_MAX];
	size_t used;
	va_list list;

	if (!e)
		return -1;
	memcpy(inner, e->text, sizeof(inner));
	va_start(list, format);
	write_text(e->text, sizeof(e->text), format, list);
	va_end(list);
	used = strlen(e->text);
	if (snprintf(e->text + used, sizeof(e->text) - used, ": %s", inner) >= (int)(sizeof(e->text) - used))
		mark_cut(e->text, sizeof(e->text));
	return -1;
}

int err_exit_status(enum err_kind kind)
{
	return (unsigned)kind < ERR_KINDS ? kinds[kind].exit_status : kinds[ERR_INTERNAL].exit_status;
}

const char *err_kind_name(enum err_kind kind)
{
	return (unsigned)kind < ERR_KINDS ? kinds[kind].name : kinds[ERR_INTERNAL].name;
}
