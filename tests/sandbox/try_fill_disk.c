// SPDX-License-Identifier: MIT
/* Writes MIB in files of one MiB, or COUNT empty files, until it is told no. */
#include "try.h"

int main(int argc, char **argv)
{
	int wants_files = argc > 1 && strcmp(argv[1], "files") == 0;
	long count = argc > 2 ? strtol(argv[2], NULL, 10) : 1000000;
	static char block[1 << 20];
	char name[64];

	for (long i = 0; i < count; i++) {
		int fd;

		snprintf(name, sizeof(name), "fill-%ld", i);
		fd = open(name, O_WRONLY | O_CREAT, 0644);
		if (fd < 0 || (!wants_files && write(fd, block, sizeof(block)) != sizeof(block)))
			return STOPPED;
		close(fd);
	}
	return THROUGH;
}
