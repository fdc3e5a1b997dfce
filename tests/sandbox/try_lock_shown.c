// SPDX-License-Identifier: MIT
/* Locks a file that is shown, as `flock` does, for which reading it is right enough, and keeps the lock for SECONDS. */
#include "try.h"

#include <sys/file.h>

int main(int argc, char **argv)
{
	char path[4096];
	int fd, through;

	snprintf(path, sizeof(path), "%s/file", outside("SHOWN"));
	fd = open(path, O_RDONLY);
	through = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0;
	puts(through ? "locked" : "free");
	fflush(stdout);
	sleep((unsigned)number_of(argc, argv, 1, 0));
	return verdict(through);
}
