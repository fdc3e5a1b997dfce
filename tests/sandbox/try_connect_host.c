// SPDX-License-Identifier: MIT
/* Connects to a server that listens on the host's loopback. */
#include "try.h"

#include <arpa/inet.h>
#include <netinet/in.h>

int main(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)strtol(outside("PORT"), NULL, 10)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return verdict(connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
		       write(fd, "hello", 5) == 5);
}
