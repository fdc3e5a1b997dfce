// SPDX-License-Identifier: MIT
/* Writes a byte now and then, for ever (or COUNT of them): whoever waits for silence waits long. */
#include "try.h"

int main(int argc, char **argv)
{
	for (long count = number_of(argc, argv, 1, 1000000); count > 0; count--) {
		if (write(1 + (int)(count & 1), ".", 1) < 0)
			return STOPPED;
		usleep(10000);
	}
	return THROUGH;
}
