// SPDX-License-Identifier: MIT
/*
 * Does to pid 1 and to all other processes what it can; the box must still end by itself. With an argument it leaves pid 1,
 * which then is its own, the time to go on.
 */
#include "try.h"

#include <sys/ptrace.h>
#include <sys/resource.h>

int main(int argc, char **argv)
{
	struct rlimit low = { 0, 0 };
	char path[64];
	int through = 0;

	(void)argv;
	through |= argc == 1 && prlimit(1, RLIMIT_CPU, &low, NULL) == 0;
	through |= prlimit(1, RLIMIT_NOFILE, &low, NULL) == 0;
	through |= ptrace(PTRACE_ATTACH, 1, 0, 0) == 0;
	through |= open("/proc/1/mem", O_RDWR) >= 0;
	through |= open("/proc/1/environ", O_RDONLY) >= 0;
	through |= open("/proc/1/fd", O_RDONLY) >= 0;
	for (int fd = 0; fd < 64; fd++) {
		snprintf(path, sizeof(path), "/proc/1/fd/%d", fd);
		through |= open(path, O_RDWR) >= 0;
	}
	for (int number = 1; number < 65; number++)
		if (number != SIGCHLD)
			kill(1, number);
	kill(-1, SIGKILL);
	return verdict(through);
}
