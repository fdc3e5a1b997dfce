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

int fault_sys(struct fault *f, const char *format, ...)
{
	int number = errno;
	size_t used;
	va_list args;

	va_start(args, format);
	vsnprintf(f->text, sizeof(f->text), format, args);
	va_end(args);
	used = strlen(f->text);
	snprintf(f->text + used, sizeof(f->text) - used, ": %s", strerror(number));
	return -1;
}

int fault_wrap(struct fault *f, const char *format, ...)
{
	struct fault inner = *f;
	size_t used;
	va_list args;

	va_start(args, format);
	vsnprintf(f->text, sizeof(f->text), format, args);
	va_end(args);
	used = strlen(f->text);
	snprintf(f->text + used, sizeof(f->text) - used, ": %s", inner.text);
	return -1;
}
