// SPDX-License-Identifier: MIT
/*
 * Leaves children to its own parent (CLONE_PARENT), who end as another program would, makes that parent as idle as it
 * can be, and ends by SIGSEGV amid them: whose end is it, and who hears of it?
 */
#include "try.h"

#include <sys/resource.h>

int main(void)
{
	enum { BUSY = 20, ENDED = 100, SIBLING = CLONE_PARENT | SIGCHLD };
	struct sched_param none = { 0 };

	for (int i = 0; i < ENDED; i++)
		if (syscall(SYS_clone, SIBLING, 0, 0, 0, 0) == 0)
			_exit(0);
	if (getppid() == 1) {
		sched_setscheduler(1, SCHED_IDLE, &none);
		setpriority(PRIO_PROCESS, 1, 19);
	}
	for (int i = 0; i < BUSY && getppid() == 1; i++)
		if (syscall(SYS_clone, SIBLING, 0, 0, 0, 0) == 0)
			for (;;)
				;
	usleep(50000);
	raise(SIGSEGV);
	return STOPPED;
}
