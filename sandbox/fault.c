// SPDX-License-Identifier: MIT
/* One sentence about our own failure; see fault.h. */
#include "fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int fault_set(struct fault *f, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(f->text, sizeof(f->text), format, args);
	va_end(args);
	return -1;
}

/* The words, and behind them what they are about. A name may be as long as a path: what doesn't fit loses its middle. */
static void __attribute__((format(printf, 2, 0)))
put(struct fault *f, const char *format, va_list args, const char *what)
{
	enum { SIZE = sizeof(f->text), HALF = SIZE / 2 };
	char whole[3 * SIZE];
	size_t length;

	vsnprintf(whole, 2 * SIZE, format, args);
	length = strlen(whole);
	snprintf(whole + length, sizeof(whole) - length, ": %s", what);
	length = strlen(whole);
	if (length < SIZE)
		memcpy(f->text, whole, length + 1);
	else
		snprintf(f->text, SIZE, "%.*s...%s", HALF - 4, whole, whole + length - HALF + 1);
}

int fault_sys(struct fault *f, const char *format, ...)
{
	const char *what = strerror(errno);
	va_list args;

	va_start(args, format);
	put(f, format, args, what);
	va_end(args);
	return -1;
}

int fault_wrap(struct fault *f, const char *format, ...)
{
	struct fault inner = *f;
	va_list args;

	va_start(args, format);
	put(f, format, args, inner.text);
	va_end(args);
	return -1;
}
