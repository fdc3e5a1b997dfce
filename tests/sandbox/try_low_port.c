// SPDX-License-Identifier: MIT
/* Takes a port below 1024. */
#include "try.h"

#include <arpa/inet.h>

int main(void)
{
	for (int port = 1; port < 1024; port++) {
		struct sockaddr_in address = { .sin_family = AF_INET,
			.sin_port = htons((uint16_t)port) };
		int fd = socket(AF_INET, SOCK_STREAM, 0);

		if (bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
			return THROUGH;
		close(fd);
	}
	return STOPPED;
}
