// SPDX-License-Identifier: MIT
/*
 * A label is searched for with the end of the line before it, since one may end as another does.
 */
#include "meminfo.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

bool meminfo_read(struct meminfo *info)
{
	AUTO_CLOSE int fd = kernel_open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
	const struct {
		const char *label;
		int64_t *kib;
	} lines[] = {
		{ "\nMemTotal:", &info->total_kib }, { "\nMemAvailable:", &info->available_kib },
		{ "\nShmem:", &info->shared_kib }, { "\nSwapTotal:", &info->swap_kib }, { "\nSwapFree:", &info->swap_free_kib },
	};
	char text[4096] = "\n"; /* so that the first line begins as the others do */
	ssize_t n = fd >= 0 ? read(fd, text + 1, sizeof(text) - 2) : -1;

	text[n > 0 ? n + 1 : 0] = '\0';
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *line = strstr(text, lines[i].label);

		if (!line)
			return false;
		*lines[i].kib = strtoll(line + strlen(lines[i].label), NULL, 10);
	}
	return true;
}
