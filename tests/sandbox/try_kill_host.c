// SPDX-License-Identifier: MIT
/* Signals a process of the host. */
#include "try.h"

int main(void)
{
	return verdict(kill((pid_t)strtol(outside("VICTIM"), NULL, 10), SIGUSR1) == 0);
}
