// SPDX-License-Identifier: MIT
/* Leaves a daemon behind that heeds no signal; its name is its marker. */
#include "try.h"

#include <sys/prctl.h>

int main(void)
{
	if (fork() == 0) {
		setsid();
		if (fork() != 0)
			_exit(0);
		prctl(PR_SET_NAME, outside("MARKER"));
		for (int number = 1; number < 32; number++)
			signal(number, SIG_IGN);
		sleep(5);
		_exit(0);
	}
	usleep(100000);
	return THROUGH;
}
