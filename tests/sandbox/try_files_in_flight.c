// SPDX-License-Identifier: MIT
/*
 * Keeps as many files on their way through sockets as the kernel lets its user have (COUNT at most), for SECONDS. The
 * kernel counts per user, so whoever else of that user hands a file over is refused.
 */
#include "try.h"

enum { MANY = 100 };

int main(int argc, char **argv)
{
	long count = number_of(argc, argv, 1, 100000), got = 0, before = -1;

	while (got < count && got > before) {
		int pair[2];

		before = got;
		if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0 && send_file(pair[0], 0, MANY))
			got += MANY;
	}
	printf("%ld\n", got);
	fflush(stdout);
	sleep((unsigned)number_of(argc, argv, 2, 0));
	return verdict(got >= count);
}
