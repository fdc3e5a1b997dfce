// SPDX-License-Identifier: MIT
/*
 * Connects to itself and never accepts, until MIB are in connections that wait, empty ones (`idle`) or such with what
 * their other ends sent before they left (`full`): it is charged to whoever accepts them. Says how many MiB it got.
 */
#include "try.h"

#include <arpa/inet.h>

enum { WAIT_FOR_ONE = 4000, IDLE_BYTES = 2560 };

static char block[65536];
static long got, limit;
static int is_full;

/* Makes one listener and as many connections to it as it lets wait. */
static int fill_one(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	socklen_t length = sizeof(address);
	long before = got;

	if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 ||
		listen(listener, WAIT_FOR_ONE) < 0 ||
		getsockname(listener, (struct sockaddr *)&address, &length) < 0)
		return 0;
	for (int i = 0; i < WAIT_FOR_ONE && got < limit; i++) {
		int client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		ssize_t n;

		if (client < 0 || (connect(client, (struct sockaddr *)&address, length) < 0 && errno != EINPROGRESS))
			return got > before;
		got += IDLE_BYTES;
		while (is_full && (n = send(client, block, sizeof(block), MSG_DONTWAIT)) > 0)
			got += n;
		close(client);
	}
	return got > before;
}

int main(int argc, char **argv)
{
	is_full = argc > 1 && strcmp(argv[1], "full") == 0;
	limit = number_of(argc, argv, 2, 64) << 20;
	while (got < limit && fill_one())
		;
	printf("%ld\n", got >> 20);
	fflush(stdout);
	usleep(200000);
	return verdict(got >= limit);
}
