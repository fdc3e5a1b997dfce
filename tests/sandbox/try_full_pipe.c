// SPDX-License-Identifier: MIT
/* Makes its output's pipe as large as it may be, so that it holds a MiB when its writer is long dead, and never blocks. */
#include "try.h"

int main(int argc, char **argv)
{
	long bytes = number_of(argc, argv, 1, 1 << 20), done = 0;
	static char block[4096];

	memset(block, 'x', sizeof(block));
	fcntl(1, F_SETPIPE_SZ, 1 << 20);
	fcntl(1, F_SETFL, O_NONBLOCK);
	while (done < bytes) {
		ssize_t n = write(1, block, sizeof(block));

		if (n > 0)
			done += n;
		else if (errno != EAGAIN)
			return STOPPED;
	}
	return THROUGH;
}
