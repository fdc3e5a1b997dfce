// SPDX-License-Identifier: MIT
/*
 * Takes PORT although somebody listens there: by SO_REUSEPORT, SO_REUSEADDR, on all addresses, and by IPv6. Bare, the
 * somebody is a listener of our own that shares its port.
 */
#include "try.h"

#include <arpa/inet.h>

static int takes(int family, int with_option, in_addr_t on, uint16_t port)
{
	struct sockaddr_in four = {
		.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(on)
	};
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
	int fd = socket(family, SOCK_STREAM, 0), one = 1;

	setsockopt(fd, SOL_SOCKET, with_option, &one, sizeof(one));
	if (family == AF_INET6 && bind(fd, (struct sockaddr *)&six, sizeof(six)) < 0)
		return 0;
	if (family == AF_INET && bind(fd, (struct sockaddr *)&four, sizeof(four)) < 0)
		return 0;
	return listen(fd, 5) == 0;
}

int main(int argc, char **argv)
{
	uint16_t port = (uint16_t)number_of(argc, argv, 1, 0);
	int through = 0;

	if (argc > 2 && !takes(AF_INET, SO_REUSEPORT, INADDR_LOOPBACK, port))
		return UNTRIED;
	through |= takes(AF_INET, SO_REUSEPORT, INADDR_LOOPBACK, port);
	through |= takes(AF_INET, SO_REUSEADDR, INADDR_LOOPBACK, port);
	through |= takes(AF_INET, SO_REUSEPORT, INADDR_ANY, port);
	through |= takes(AF_INET, SO_REUSEADDR, INADDR_ANY, port);
	through |= takes(AF_INET6, SO_REUSEPORT, 0, port);
	return verdict(through);
}
