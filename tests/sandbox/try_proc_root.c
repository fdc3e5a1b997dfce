// SPDX-License-Identifier: MIT
/* Goes through /proc/PID/root and /proc/PID/cwd of every process that can be seen. */
#include "try.h"

int main(void)
{
	const char *canary = outside("CANARY");
	char path[4096];

	for (int pid = 0; pid < 40000; pid++) {
		snprintf(path, sizeof(path), "/proc/%d/root%s", pid ? pid : getpid(), canary);
		if (reads_canary(AT_FDCWD, path))
			return THROUGH;
	}
	return STOPPED;
}
