// SPDX-License-Identifier: MIT
/*
 * Leaves MIB in sockets (`unix` or `tcp`) that nobody reads. Says how many MiB it got.
 */
#include "try.h"

#include <arpa/inet.h>

static char block[65536];

static int connected(int pair[2])
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM, 0), done;

	done = bind(listener, (struct sockaddr *)&address, length) == 0 &&
		listen(listener, 1) == 0 &&
		getsockname(listener, (struct sockaddr *)&address, &length) == 0 &&
		(pair[0] = socket(AF_INET, SOCK_STREAM, 0)) >= 0 &&
		connect(pair[0], (struct sockaddr *)&address, length) == 0 &&
		(pair[1] = accept(listener, NULL, NULL)) >= 0;
	close(listener);
	return done;
}

int main(int argc, char **argv)
{
	int is_tcp = argc > 1 && strcmp(argv[1], "tcp") == 0, size = 8 << 20;
	long limit = number_of(argc, argv, 2, 256) << 20, got = 0;

	while (got < limit) {
		int pair[2];
		ssize_t n;

		if (is_tcp ? !connected(pair) : socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
			break;
		setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
		setsockopt(pair[1], SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
		while (got < limit && (n = send(pair[0], block, sizeof(block), MSG_DONTWAIT)) > 0)
			got += n;
	}
	printf("%ld\n", got >> 20);
	fflush(stdout);
	usleep(200000); /* long enough to be seen by who only samples */
	return verdict(got >= limit);
}
