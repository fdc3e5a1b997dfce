// SPDX-License-Identifier: MIT
/* Sorted, what stands side by side is one range for the kernel. */
#include "fds.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "kernel.h"

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

void fds_close(int *fds, size_t count)
{
	size_t i = 0;

	qsort(fds, count, sizeof(*fds), compare);
	while (i < count && fds[i] < 0)
		i++;
	while (i < count) {
		size_t first = i++;

		while (i < count && fds[i] <= fds[i - 1] + 1)
			i++;
		kernel_close_range((unsigned)fds[first], (unsigned)fds[i - 1], 0);
	}
}

int fds_keep(int *fds, size_t count, struct fault *f)
{
	unsigned next = 3; /* the first that isn't known to be kept or closed */

	qsort(fds, count, sizeof(*fds), compare);
	for (size_t i = 0; i <= count; i++) {
		unsigned kept = i < count ? (unsigned)fds[i] : 0;

		if (i < count && (fds[i] < 0 || kept < next))
			continue;
		if ((i == count || kept > next) &&
			kernel_close_range(next, i < count ? kept - 1 : ~0U, 0) < 0)
			return fault_sys(f, "cannot close files");
		next = kept + 1;
	}
	return 0;
}

int fds_open_lists(int procfs, const char *const *paths, int n, int *fds, struct fault *f)
{
	for (int i = 0; i < n; i++) {
		fds[i] = openat(procfs, paths[i], O_RDONLY | O_CLOEXEC);
		if (fds[i] < 0 && errno == ENOENT)
			fds[i] = kernel_open("/dev/null", O_RDONLY | O_CLOEXEC);
		if (fds[i] < 0)
			return fault_sys(f, "cannot open /proc/%s", paths[i]);
	}
	return 0;
}
