// SPDX-License-Identifier: MIT
/* Leaves MIB in memfds that lie, with the sockets that they lie in, in one another's queues: nobody holds any of them. */
#include "try.h"

int main(int argc, char **argv)
{
	enum { EACH = 4 };
	static char block[1 << 20];
	long limit = number_of(argc, argv, 1, 64), got = 0;

	memset(block, 'x', sizeof(block));
	while (got < limit) {
		int pair[2], memory = memfd_create("loop", 0);

		if (memory < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
			return STOPPED;
		for (int i = 0; i < EACH; i++, got++)
			if (write(memory, block, sizeof(block)) != sizeof(block))
				return STOPPED;
		if (!send_file(pair[0], memory, 1) || !send_file(pair[0], pair[0], 1) ||
			!send_file(pair[1], pair[1], 1) || !send_file(pair[1], pair[0], 1))
			return STOPPED;
		close(memory);
		close(pair[0]);
		close(pair[1]);
	}
	return THROUGH;
}
