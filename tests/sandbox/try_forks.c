// SPDX-License-Identifier: MIT
/* Forks until it is told no, or COUNT times (bare); then fails. */
#include "try.h"

int main(int argc, char **argv)
{
	long count = argc > 1 ? strtol(argv[1], NULL, 10) : 100000, done = 0;

	while (done < count) {
		pid_t child = fork();

		if (child == 0) {
			sleep(2);
			_exit(0);
		}
		if (child < 0)
			return STOPPED;
		done++;
	}
	return THROUGH;
}
