// SPDX-License-Identifier: MIT
/*
 * Allocations that fail with an error instead of ending the program: a server must survive the one request that was
 * too large for it.
 */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void *mem_new(size_t count, size_t size, struct err *e)
{
	void *memory = calloc(count ? count : 1, size);

	if (!memory)
		err_memory(e);
	return memory;
}

char *mem_copy(const char *s, struct err *e)
{
	size_t size = s ? strlen(s) + 1 : 1;
	char *copy = mem_new(size, 1, e);

	if (copy && s)
		memcpy(copy, s, size);
	return copy;
}

char *mem_format(struct err *e, const char *format, ...)
{
	va_list list;
	char *text = NULL;
	int length;

	va_start(list, format);
	length = vasprintf(&text, format, list);
	va_end(list);
	if (length < 0) {
		err_memory(e);
		return NULL;
	}
	return text;
}

void *mem_push(void *items, size_t count, size_t size, struct err *e)
{
	void **array = items;
	char *grown;

	/* A power of two is full exactly when it is reached, so the capacity needs no place of its own. */
	if ((count & (count - 1)) == 0) {
		size_t capacity = count ? count * 2 : 1;

		grown = capacity > SIZE_MAX / size ? NULL : realloc(*array, capacity * size);
		if (!grown) {
			err_memory(e);
			return NULL;
		}
		*array = grown;
	}
	grown = (char *)*array + count * size;
	memset(grown, 0, size);
	return grown;
}

int strings_add(struct strings *list, const char *s, struct err *e)
{
	return strings_take(list, mem_copy(s, e), e);
}

int strings_take(struct strings *list, char *s, struct err *e)
{
	char **place;

	if (!s)
		return err_memory(e);
	place = mem_push(&list->item, list->count, sizeof(*list->item), e);
	if (!place) {
		free(s);
		return -1;
	}
	*place = s;
	list->count++;
	return 0;
}

void strings_done(struct strings *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->item[i]);
	free(list->item);
	*list = (struct strings){ 0 };
}

long strings_find(const struct strings *list, const char *s)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->item[i], s) == 0)
			return (long)i;
	return -1;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void strings_sort(struct strings *list)
{
	if (list->count > 1)
		qsort(list->item, list->count, sizeof(*list->item), by_bytes);
}
