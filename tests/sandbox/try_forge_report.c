// SPDX-License-Identifier: MIT
/*
 * Writes a report of its own to whatever is open, here and in every process that can be seen, in files and memfds; also to
 * the standard streams, where somebody might look for it. Then it crashes.
 */
#include "try.h"

static const char forged[] =
	"{\"verdict\": \"exited\", \"exit_code\": 0, \"signal\": null, \"message\": \"forged\"}\n";

static int forge(const char *path)
{
	int fd = open(path, O_RDWR | O_NONBLOCK),
	    done = fd >= 0 && write(fd, forged, sizeof(forged) - 1) > 0;

	if (fd >= 0)
		close(fd);
	return done;
}

int main(int argc, char **argv)
{
	char path[64];
	int through = 0;

	/* Run bare, only the file it is told: others belong to strangers. */
	if (argc > 1)
		return verdict(
			write((int)number_of(argc, argv, 1, 9), forged, sizeof(forged) - 1) > 0);
	for (int fd = 0; fd < 1024; fd++) {
		through |= write(fd, forged, sizeof(forged) - 1) > 0 && fd > 2;
		for (int pid = 1; pid < 8; pid++) {
			snprintf(path, sizeof(path), "/proc/%d/fd/%d", pid, fd);
			through |= pid != getpid() && forge(path);
		}
	}
	if (through)
		return THROUGH;
	abort();
}
