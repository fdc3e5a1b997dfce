// SPDX-License-Identifier: MIT
/* Becomes itself COUNT times, with a vfork in between: nothing of it lives long, and yet it never ends. */
#include "try.h"

int main(int argc, char **argv)
{
	long count = number_of(argc, argv, 1, 10000000);
	char left[32];

	if (count <= 0)
		return THROUGH;
	if (vfork() == 0)
		_exit(0);
	wait(NULL);
	snprintf(left, sizeof(left), "%ld", count - 1);
	execl(argv[0], argv[0], left, NULL);
	return STOPPED;
}
