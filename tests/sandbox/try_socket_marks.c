// SPDX-License-Identifier: MIT
/* Sets what marks, routes, or lets the processor wait for, a socket's packets. */
#include "try.h"

#include <net/if.h>

int main(void)
{
	/* SO_MARK, SO_BINDTODEVICE is apart, SO_SNDBUFFORCE, SO_RCVBUFFORCE, SO_BUSY_POLL, SO_ATTACH_BPF, ..., SO_RCVMARK */
	static const int options[] = { 36, 32, 33, 46, 50, 51, 52, 60, 61, 62, 68, 69, 70, 74, 75 };
	int one = 1, through = 0;

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		int fd = socket(AF_INET, SOCK_DGRAM, 0);

		if (setsockopt(fd, SOL_SOCKET, options[i], &one, sizeof(one)) == 0) {
			fprintf(stderr, "option %d\n", options[i]);
			through = 1;
		}
		close(fd);
	}
	return verdict(through);
}
