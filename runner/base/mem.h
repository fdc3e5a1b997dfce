// SPDX-License-Identifier: MIT
/*
 * Memory and descriptors that clean up behind themselves, and the few allocations that say in an error that they
 * failed. Locals declared with AUTO_… stand at the head of their block, initialised; hand one out with take_ptr.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include "base/err.h"

#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

/* Declares that the local is released by release(&local) at the end of its block. */
#define AUTO(release) __attribute__((cleanup(release)))

static inline void mem_auto_free(void *pointer)
{
	free(*(void **)pointer);
}

static inline void mem_auto_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

#define AUTO_FREE  AUTO(mem_auto_free)  /* for any pointer from malloc */
#define AUTO_CLOSE AUTO(mem_auto_close) /* for a file descriptor, -1 when none */

/* Defines the cleanup function `name_auto` for `struct name *` locals that are released by `release`. */
#define AUTO_DEFINE(name, type, release) \
	static inline void name##_auto(type **pointer) \
	{ \
		release(*pointer); \
	}

/* The pointer, whose variable becomes NULL: ownership moves to whoever called. */
#define take_ptr(variable) \
	__extension__({ \
		__typeof__(*(variable)) taken_ = *(variable); \
		*(variable) = NULL; \
		taken_; \
	})

/* The same for a descriptor: the variable becomes -1. */
static inline int take_fd(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

/* count zeroed items of size bytes, or NULL with ERR_SYSTEM; never NULL for count 0. */
void *mem_new(size_t count, size_t size, struct err *e);

/* A copy of the string, or NULL with ERR_SYSTEM. s NULL gives an empty string. */
char *mem_copy(const char *s, struct err *e);

/* A formatted string, or NULL with ERR_SYSTEM. */
char *mem_format(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Makes room for one more item behind count items in *items, an array whose capacity is always the power of two at
 * or above its count, and zeroes the new place. Returns the new item, or NULL with ERR_SYSTEM (the array stays as it
 * was). Count is the caller's, and is not changed here.
 */
void *mem_push(void *items, size_t count, size_t size, struct err *e);

/* A growing list of strings that it owns. Born zeroed. */
struct strings {
	char **item;
	size_t count;
};

int strings_add(struct strings *list, const char *s, struct err *e);

/* Keeps s (from malloc), or frees it and fails. A NULL s fails with ERR_SYSTEM. */
int strings_take(struct strings *list, char *s, struct err *e);

void strings_done(struct strings *list);

/* The index of s in the list, or -1. */
long strings_find(const struct strings *list, const char *s);

/* Sorts by bytes, as strcmp does. */
void strings_sort(struct strings *list);

#define AUTO_STRINGS AUTO(strings_done)

#endif
