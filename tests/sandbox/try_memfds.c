// SPDX-License-Identifier: MIT
/*
 * Fills memfds that nobody maps, up to MIB, and keeps them open (`held`) or only on their way through sockets that nobody
 * reads (`flying`). Says how many MiB it got; being told no, by limits of files or of sizes, is being stopped.
 */
#include "try.h"

static char block[1 << 20];

int main(int argc, char **argv)
{
	int is_flying = argc > 1 && strcmp(argv[1], "flying") == 0, pair[2] = { -1, -1 };
	long limit = number_of(argc, argv, 2, 1024), got = 0;

	signal(SIGXFSZ, SIG_IGN);
	while (got < limit) {
		int fd = memfd_create("hoard", 0);

		for (int i = 0;
			fd >= 0 && i < 4 && write(fd, block, sizeof(block)) == sizeof(block); i++)
			got++;
		if (fd < 0)
			break;
		if (!is_flying)
			continue;
		if (!send_file(pair[0], fd, 1) &&
			(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 || !send_file(pair[0], fd, 1)))
			break;
		close(fd);
	}
	printf("%ld\n", got);
	return verdict(got >= limit);
}
