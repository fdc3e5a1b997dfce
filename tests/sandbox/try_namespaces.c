// SPDX-License-Identifier: MIT
/* Makes namespaces of its own, in which it would have capabilities, in three ways. */
#include "try.h"

#include <linux/sched.h>

int main(void)
{
	struct clone_args args = { .flags = CLONE_NEWUSER, .exit_signal = SIGCHLD };
	int through = 0;
	long pid;

	pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
	if (pid == 0)
		_exit(0);
	through |= pid > 0;
	pid = syscall(SYS_clone3, &args, sizeof(args));
	if (pid == 0)
		_exit(0);
	through |= pid > 0;
	through |= unshare(CLONE_NEWUSER) == 0;
	through |= setns(open("/proc/self/ns/user", O_RDONLY), 0) == 0;
	return verdict(through);
}
