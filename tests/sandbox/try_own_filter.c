// SPDX-License-Identifier: MIT
/* Loads a filter of its own that allows everything or asks a process of its own, and then tries a refused call. */
#include "try.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

int main(void)
{
	struct sock_filter allow = { BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW };
	struct sock_fprog program = { 1, &allow };
	int through = 0;

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	through |= prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
	through |= reached("seccomp", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
	through |= reached("seccomp with a listener",
		syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
			&program));
	through |= reached("ptrace", syscall(SYS_ptrace, -1, 0, 0, 0));
	return verdict(through);
}
