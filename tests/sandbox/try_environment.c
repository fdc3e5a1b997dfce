// SPDX-License-Identifier: MIT
/* Looks for the launcher's secret in the environments and command lines that can be read. */
#include "try.h"

static int holds(const char *path)
{
	static char text[65536];
	int fd = open(path, O_RDONLY);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text) - 1) : -1;

	if (fd >= 0)
		close(fd);
	return n > 0 && memmem(text, (size_t)n, "hunter2", 7) != NULL;
}

int main(void)
{
	char path[64];

	for (int pid = 0; pid < 40000; pid++) {
		snprintf(path, sizeof(path), "/proc/%d/environ", pid ? pid : getpid());
		if (holds(path))
			return THROUGH;
	}
	return STOPPED;
}
