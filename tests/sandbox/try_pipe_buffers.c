// SPDX-License-Identifier: MIT
/* Leaves MIB in pipes that nobody reads, each made as large as it may be, in CHILDREN processes. Says what one got. */
#include "try.h"

static char block[65536];

int main(int argc, char **argv)
{
	long limit = number_of(argc, argv, 1, 256) << 20, children = number_of(argc, argv, 2, 0),
	     got = 0;
	int is_child = 0;

	while (children-- > 0 && !is_child)
		is_child = fork() == 0;
	while (got < limit) {
		int ends[2];
		ssize_t n;

		if (pipe2(ends, O_NONBLOCK) < 0)
			break;
		fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
		while (got < limit && (n = write(ends[1], block, sizeof(block))) > 0)
			got += n;
	}
	if (!is_child)
		printf("%ld\n", got >> 20);
	fflush(stdout);
	if (argc > 2)
		sleep(3);
	return verdict(got >= limit);
}
