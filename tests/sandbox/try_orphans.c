// SPDX-License-Identifier: MIT
/* Leaves COUNT orphans to pid 1, faster than a slow one would bury them. */
#include "try.h"

int main(int argc, char **argv)
{
	for (long left = number_of(argc, argv, 1, 3000); left > 0;) {
		pid_t child = fork();

		if (child == 0) {
			fork(); /* if there is room, whose parent then ends at once */
			_exit(0);
		}
		left -= child > 0;
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	}
	return THROUGH;
}
