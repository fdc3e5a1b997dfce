// SPDX-License-Identifier: MIT
/* Burns MS of processor time in daemons of sessions of their own, whose parents are long dead, while it sleeps. */
#include "try.h"

#include <time.h>

int main(int argc, char **argv)
{
	long ms = number_of(argc, argv, 1, 60000);

	for (int i = 0; i < 6; i++)
		if (fork() == 0) {
			setsid();
			if (fork() == 0)
				while (clock() * 1000 / CLOCKS_PER_SEC < ms)
					;
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	usleep((useconds_t)(ms < 1000 ? ms * 1000 : 30000000));
	return THROUGH;
}
