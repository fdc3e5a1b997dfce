// SPDX-License-Identifier: MIT
/*
 * Sends itself datagrams (over `4` or `6`) that nobody takes, until MIB of the kernel's memory are in the queues of
 * sockets. Says how many MiB it got.
 */
#include "try.h"

#include <arpa/inet.h>

enum { SO_MEMINFO_ = 55, AT_ONCE = 32, DATAGRAM = 16000 };

static char block[DATAGRAM];

/* What lies in the socket, by the kernel's own count. */
static long waiting(int fd)
{
	uint32_t counts[9] = { 0 };
	socklen_t length = sizeof(counts);

	return getsockopt(fd, SOL_SOCKET, SO_MEMINFO_, counts, &length) < 0 ? 0 : counts[0];
}

static int receiver(int family)
{
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	struct sockaddr *address = family == AF_INET ? (struct sockaddr *)&four : (struct sockaddr *)&six;
	socklen_t length = family == AF_INET ? sizeof(four) : sizeof(six);
	int fd = socket(family, SOCK_DGRAM, 0), size = 8 << 20;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)) < 0 || bind(fd, address, length) < 0 ||
		getsockname(fd, address, &length) < 0 || connect(fd, address, length) < 0)
		return -1;
	return fd;
}

static long fill(int fd, long most)
{
	long before = -1, now = 0;

	while (now > before && now < most) {
		before = now;
		for (int i = 0; i < AT_ONCE; i++)
			send(fd, block, sizeof(block), MSG_DONTWAIT);
		now = waiting(fd);
	}
	return now;
}

int main(int argc, char **argv)
{
	int family = argc > 1 && strcmp(argv[1], "6") == 0 ? AF_INET6 : AF_INET;
	long limit = number_of(argc, argv, 2, 64) << 20, got = 0, before = -1;

	while (got < limit && got > before) {
		int fd = receiver(family);

		before = got;
		got += fd < 0 ? 0 : fill(fd, limit - got);
	}
	printf("%ld\n", got >> 20);
	fflush(stdout);
	usleep(200000); /* long enough to be seen by who only samples */
	return verdict(got >= limit);
}
