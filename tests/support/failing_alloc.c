// SPDX-License-Identifier: MIT
/*
 * The linker's --wrap sends our calls of malloc to __wrap_malloc and knows the real one as __real_malloc. These are
 * weak here, because this file is linked into tests without --wrap too, which never call it.
 */
#include "support/failing_alloc.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdint.h>

static struct {
	bool armed, failed, spared; /* spared: within json_loadb */
	enum failing_mode mode;
	size_t left;
	long balance;
} state;

#define REAL __attribute__((weak))

REAL void *__real_malloc(size_t size);
REAL void *__real_calloc(size_t count, size_t size);
REAL void *__real_realloc(void *old, size_t size);
REAL void __real_free(void *pointer);
REAL char *__real_strdup(const char *s);
REAL char *__real_strndup(const char *s, size_t size);
REAL json_t *__real_json_loadb(const char *bytes, size_t size, size_t flags, json_error_t *error);
REAL int __real_vasprintf(char **out, const char *format, va_list list);
REAL int __real___vasprintf_chk(char **out, int flag, const char *format, va_list list);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *pointer);
char *__wrap_strdup(const char *s);
char *__wrap_strndup(const char *s, size_t size);
json_t *__wrap_json_loadb(const char *bytes, size_t size, size_t flags, json_error_t *error);
int __wrap_vasprintf(char **out, const char *format, va_list list) __attribute__((format(printf, 2, 0)));
int __wrap___vasprintf_chk(char **out, int flag, const char *format, va_list list)
	__attribute__((format(printf, 3, 0)));

void failing_alloc_start(size_t n, enum failing_mode mode)
{
	json_set_alloc_funcs(__wrap_malloc, __wrap_free);
	state.armed = true;
	state.failed = false;
	state.mode = mode;
	state.left = n;
	state.balance = 0;
}

bool failing_alloc_stop(void)
{
	state.armed = false;
	return state.failed;
}

long failing_alloc_balance(void)
{
	return state.balance;
}

static bool must_fail(void)
{
	if (!state.armed || state.spared || (state.failed && state.mode == FAIL_ONCE))
		return false;
	if (state.left) {
		state.left--;
		return false;
	}
	return state.failed = true;
}

static void *counted(void *block)
{
	state.balance += state.armed && block;
	return block;
}

void *__wrap_malloc(size_t size)
{
	return must_fail() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return must_fail() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
	if (must_fail())
		return NULL;
	return old ? __real_realloc(old, size) : counted(__real_realloc(NULL, size));
}

/* A block from before the start that is freed behind it makes the balance negative, which is as wrong as a leak. */
void __wrap_free(void *pointer)
{
	state.balance -= state.armed && pointer;
	__real_free(pointer);
}

char *__wrap_strdup(const char *s)
{
	return must_fail() ? NULL : counted(__real_strdup(s));
}

char *__wrap_strndup(const char *s, size_t size)
{
	return must_fail() ? NULL : counted(__real_strndup(s, size));
}

int __wrap_vasprintf(char **out, const char *format, va_list list)
{
	int length = must_fail() ? -1 : __real_vasprintf(out, format, list);

	if (length >= 0)
		counted(*out);
	return length;
}

/* What vasprintf is called in a build with _FORTIFY_SOURCE. */
int __wrap___vasprintf_chk(char **out, int flag, const char *format, va_list list)
{
	int length = must_fail() ? -1 : __real___vasprintf_chk(out, flag, format, list);

	if (length >= 0)
		counted(*out);
	return length;
}

json_t *__wrap_json_loadb(const char *bytes, size_t size, size_t flags, json_error_t *error)
{
	json_t *root;

	if (must_fail()) {
		*error = (json_error_t){ 0 };
		return NULL;
	}
	state.spared = true;
	root = __real_json_loadb(bytes, size, flags, error);
	state.spared = false;
	return root;
}
