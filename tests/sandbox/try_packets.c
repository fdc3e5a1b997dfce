// SPDX-License-Identifier: MIT
/*
 * Leaves its output's pipe full of packets of eight bytes (O_DIRECT), each of which is a read of its own for whoever
 * takes them when their writer is dead. By tee they come all at once. Says on standard error how many bytes these are.
 */
#include "try.h"

int main(void)
{
	long done = 0;
	int pair[2];

	if (pipe2(pair, O_DIRECT | O_NONBLOCK) < 0)
		return UNTRIED;
	fcntl(pair[1], F_SETPIPE_SZ, 1 << 20);
	fcntl(1, F_SETPIPE_SZ, 1 << 20);
	while (write(pair[1], "packet\n", 8) == 8)
		done += 8;
	dprintf(2, "%ld\n", done);
	_exit(verdict(tee(pair[0], 1, 1 << 20, SPLICE_F_NONBLOCK) == done));
}
