// SPDX-License-Identifier: MIT
/* Starts a thread that doesn't share its process's files, which no list of what the process has open would show. */
#include "try.h"

static char stack[65536];

static int rest(void *unused)
{
	(void)unused;
	for (;;)
		pause();
}

int main(void)
{
	int flags = CLONE_VM | CLONE_FS | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;

	return verdict(clone(rest, stack + sizeof(stack), flags, NULL) > 0);
}
