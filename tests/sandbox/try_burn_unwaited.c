// SPDX-License-Identifier: MIT
/*
 * Burns MS of processor time in children that nobody waits for (SIGCHLD is ignored), so that their time is added to no
 * parent's, each too short-lived to be seen for long.
 */
#include "try.h"

#include <time.h>

int main(int argc, char **argv)
{
	long ms = number_of(argc, argv, 1, 60000);

	signal(SIGCHLD, SIG_IGN);
	for (; ms > 0; ms -= 20) {
		if (fork() == 0) {
			while (clock() * 1000 / CLOCKS_PER_SEC < 20)
				;
			_exit(0);
		}
		wait(NULL); /* until there is none */
	}
	return THROUGH;
}
