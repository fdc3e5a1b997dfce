// SPDX-License-Identifier: MIT
/*
 * Slows down a process of the host that has the same user: its niceness, its processors, its limits, its timers. With
 * "all" whatever has this user, by which only the script can tell whether it got through.
 */
#include "try.h"

#include <sys/resource.h>

int main(int argc, char **argv)
{
	pid_t victim = (pid_t)strtol(outside("VICTIM"), NULL, 10);
	struct rlimit files;
	cpu_set_t one;
	int through = 0;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	through |= setpriority(PRIO_PROCESS, victim, 1) == 0;
	through |= setpriority(PRIO_PGRP, victim, 1) == 0;
	through |= sched_setaffinity(victim, sizeof(one), &one) == 0;
	through |= prlimit(victim, RLIMIT_CORE, NULL, &files) == 0;
	through |= syscall(SYS_migrate_pages, victim, 0, NULL, NULL) == 0;
	if (argc > 1) {
		setpriority(PRIO_USER, 0, 19);
		setpriority(PRIO_USER, getuid(), 19);
		setpriority(PRIO_PGRP, 0, 19);
	}
	return verdict(through);
}
