// SPDX-License-Identifier: MIT
/* Asks to be traced, which needs no right to attach, and opens itself to any tracer. */
#include "try.h"

#include <sys/prctl.h>
#include <sys/ptrace.h>

static volatile long secret = 42;

int main(void)
{
	pid_t child = fork();
	int status, through;

	if (child == 0) {
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
			_exit(0);
		raise(SIGSTOP);
		_exit(0);
	}
	waitpid(child, &status, WUNTRACED);
	through = WIFSTOPPED(status) && ptrace(PTRACE_PEEKDATA, child, &secret, 0) == 42;
	if (!WIFEXITED(status))
		kill(child, SIGKILL);
	through |= prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0) == 0;
	return verdict(through);
}
