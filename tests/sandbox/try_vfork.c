// SPDX-License-Identifier: MIT
/* Waits in vfork, where no signal but SIGKILL arrives, for a child that stops itself. */
#include "try.h"

int main(int argc, char **argv)
{
	if (argc > 1)
		return THROUGH;
	if (vfork() == 0) {
		raise(SIGSTOP);
		_exit(0);
	}
	return THROUGH;
}
