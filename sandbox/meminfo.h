// SPDX-License-Identifier: MIT
/*
 * What the host's kernel says of its memory, in /proc/meminfo (Linux 3.14 and later).
 */
#ifndef SANDBOX_MEMINFO_H
#define SANDBOX_MEMINFO_H

#include <stdbool.h>
#include <stdint.h>

struct meminfo {
	int64_t total_kib, available_kib; /* available: what programs may still take before anybody must go */
	int64_t anonymous_kib;            /* pages that belong to processes and to no file */
	int64_t shared_kib;               /* shared memory and files of tmpfs */
	int64_t swap_kib, swap_free_kib;
};

/* False if the text says nothing of one of them. */
bool meminfo_parse(struct meminfo *info, const char *text);

#endif
