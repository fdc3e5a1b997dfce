// SPDX-License-Identifier: MIT
/* Asks about the loopback again and again, and leaves MIB of answers unread: nobody but the kernel made these. */
#include "try.h"

#include <linux/rtnetlink.h>

enum { SO_MEMINFO_ = 55, REQUESTS = 64 };

/* What lies in the socket, by the kernel's own count. */
static long waiting(int fd)
{
	uint32_t counts[9] = { 0 };
	socklen_t length = sizeof(counts);

	return getsockopt(fd, SOL_SOCKET, SO_MEMINFO_, counts, &length) < 0 ? 0 : counts[0];
}

static long fill(int fd)
{
	struct {
		struct nlmsghdr head;
		struct ifinfomsg body;
	} request = { { sizeof(request), RTM_GETLINK, NLM_F_REQUEST, 1, 0 }, { .ifi_index = 1 } };
	int size = 8 << 20;
	long before = -1;

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	while (waiting(fd) > before) {
		before = waiting(fd);
		for (int i = 0; i < REQUESTS; i++)
			send(fd, &request, sizeof(request), MSG_DONTWAIT);
	}
	return before;
}

int main(int argc, char **argv)
{
	long limit = number_of(argc, argv, 1, 64) << 20, got = 0;

	while (got < limit) {
		int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);

		if (fd < 0)
			break;
		got += fill(fd);
	}
	printf("%ld\n", got >> 20);
	fflush(stdout);
	usleep(200000);
	return verdict(got >= limit);
}
