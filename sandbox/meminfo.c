// SPDX-License-Identifier: MIT
/*
 * A label counts at the beginning of a line only, since one may end as another does.
 */
#include "meminfo.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

bool meminfo_parse(struct meminfo *info, const char *text)
{
	const struct {
		const char *label;
		int64_t *kib;
	} lines[] = {
		{ "MemTotal:", &info->total_kib }, { "MemAvailable:", &info->available_kib },
		{ "AnonPages:", &info->anonymous_kib }, { "Shmem:", &info->shared_kib },
		{ "SwapTotal:", &info->swap_kib }, { "SwapFree:", &info->swap_free_kib },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *at = strstr(text, lines[i].label);

		while (at && at > text && at[-1] != '\n')
			at = strstr(at + 1, lines[i].label);
		if (!at)
			return false;
		*lines[i].kib = strtoll(at + strlen(lines[i].label), NULL, 10);
	}
	return true;
}
