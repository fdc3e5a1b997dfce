// SPDX-License-Identifier: MIT
/*
 * Takes COUNT record locks, 200 bytes of the kernel's memory each, on files of its own; CHILDREN do the same. `open`: locks
 * of the open file, which belong to no process. It holds them a little: who looks from outside looks ten times a second.
 */
#include "try.h"

int main(int argc, char **argv)
{
	enum { EACH = 500 }; /* on one file: they are a list, which gets slow */
	int how = argc > 3 ? F_OFD_SETLK : F_SETLK;
	long count = number_of(argc, argv, 1, 100000), children = number_of(argc, argv, 2, 0),
	     got = 0;
	char name[32];

	while (children-- > 0)
		if (fork() == 0)
			break;
	for (long file = 0; got < count; file++) {
		int fd;

		snprintf(name, sizeof(name), "locked-%ld-%d", file, (int)getpid());
		fd = open(name, O_RDWR | O_CREAT, 0600);
		if (fd < 0)
			return STOPPED;
		for (int i = EACH; i-- > 0 && got < count; got++) {
			struct flock lock = { .l_type = F_WRLCK, .l_start = 2L * i, .l_len = 1 };

			if (fcntl(fd, how, &lock) < 0)
				return STOPPED;
		}
	}
	printf("%ld\n", got * 192 >> 20);
	fflush(stdout);
	usleep(800000);
	while (argc > 2 && wait(NULL) > 0)
		;
	return THROUGH;
}
