// SPDX-License-Identifier: MIT
/* Burns MS of processor time, in children that die early so that nobody's clock runs out. */
#include "try.h"

#include <time.h>

static void burn(long ms)
{
	while (clock() * 1000 / CLOCKS_PER_SEC < ms)
		;
}

int main(int argc, char **argv)
{
	long ms = argc > 1 ? strtol(argv[1], NULL, 10) : 60000;

	for (; ms > 0; ms -= 20) {
		if (fork() == 0) {
			if (fork() == 0)
				burn(20);
			else
				wait(NULL);
			_exit(0);
		}
		wait(NULL);
	}
	return THROUGH;
}
