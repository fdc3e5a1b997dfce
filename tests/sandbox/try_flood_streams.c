// SPDX-License-Identifier: MIT
/* Writes MIB to each of both streams, at once, out of grandchildren whose parent has long ended its part. */
#include "try.h"

int main(int argc, char **argv)
{
	long blocks = number_of(argc, argv, 1, 1024) * 16;
	static char block[65536];

	memset(block, '\x1b', sizeof(block));
	for (int stream = 1; stream <= 2; stream++)
		if (fork() == 0) {
			setsid();
			if (fork() == 0)
				for (long i = 0;
					i < blocks && write(stream, block, sizeof(block)) > 0; i++)
					;
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	sleep(argc > 1 ? 1 : 30);
	return THROUGH;
}
