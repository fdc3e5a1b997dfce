// SPDX-License-Identifier: MIT
/* repeat N PROGRAM [ARG...]: runs it N times, one after the other, and stops at the first failure. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long times = argc > 2 ? strtol(argv[1], NULL, 10) : -1;

	if (times < 0) {
		fprintf(stderr, "usage: repeat N PROGRAM [ARG...]\n");
		return 2;
	}
	for (long i = 0; i < times; i++) {
		int status;
		pid_t pid;

		errno = posix_spawnp(&pid, argv[2], NULL, NULL, argv + 2, environ);
		if (errno || waitpid(pid, &status, 0) < 0) {
			fprintf(stderr, "repeat: %s: %s\n", argv[2], strerror(errno));
			return 1;
		}
		if (status) {
			fprintf(stderr, "repeat: launch %ld ended with status %d\n", i + 1, status);
			return 1;
		}
	}
	return 0;
}
