// SPDX-License-Identifier: MIT
/* Writes MIB to standard output and standard error in turn. */
#include "try.h"

int main(int argc, char **argv)
{
	long mib = argc > 1 ? strtol(argv[1], NULL, 10) : 1024;
	static char block[65536];

	memset(block, 'x', sizeof(block));
	for (long i = 0; i < mib * 16; i++)
		if (write(1 + (int)(i & 1), block, sizeof(block)) < 0)
			return STOPPED;
	return THROUGH;
}
