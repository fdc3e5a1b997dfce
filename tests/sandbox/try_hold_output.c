// SPDX-License-Identifier: MIT
/* Ends, but leaves a child that keeps standard output open: nobody must wait for its end. */
#include "try.h"

int main(int argc, char **argv)
{
	if (fork() == 0) {
		sleep(argc > 1 ? 1 : 30);
		_exit(0);
	}
	puts("done");
	return THROUGH;
}
