// SPDX-License-Identifier: MIT
/* Floods the output without writing: sends a file of the system there again and again, and tees what comes of it. */
#include "try.h"

#include <sys/sendfile.h>

int main(int argc, char **argv)
{
	long rounds = number_of(argc, argv, 1, 1000000);
	int file = open(argv[0], O_RDONLY), ends[2];

	pipe(ends);
	for (long i = 0; i < rounds; i++) {
		off_t from = 0;
		loff_t also = 0;

		if (sendfile(1, file, &from, 1 << 20) <= 0)
			return STOPPED;
		splice(file, &also, ends[1], NULL, 65536, SPLICE_F_NONBLOCK);
		tee(ends[0], 2, 65536, SPLICE_F_NONBLOCK);
		splice(ends[0], NULL, 1, NULL, 65536, SPLICE_F_NONBLOCK);
	}
	return THROUGH;
}
