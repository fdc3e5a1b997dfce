// SPDX-License-Identifier: MIT
/* Traces a child, as a debugger does, and reads another process's memory. */
#include "try.h"

#include <sys/ptrace.h>
#include <sys/uio.h>

static int secret = 42;

int main(void)
{
	int seen = 0, through;
	struct iovec mine = { &seen, sizeof(seen) }, theirs = { &secret, sizeof(secret) };
	pid_t child = fork();

	if (child == 0) {
		pause();
		_exit(0);
	}
	through = ptrace(PTRACE_SEIZE, child, 0, 0) == 0;
	through |= process_vm_readv(child, &mine, 1, &theirs, 1, 0) > 0;
	kill(child, SIGKILL);
	return verdict(through);
}
