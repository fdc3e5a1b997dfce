// SPDX-License-Identifier: MIT
/* Reaches the controls of a process that no program needs for itself: its layout, its time stamp counter, core sharing. */
#include "try.h"

#include <sys/prctl.h>

int main(void)
{
	/* Numbers, for older headers lack some names. Arguments of -1 change nothing. */
	static const struct {
		const char *name;
		int option;
	} controls[] = { { "PR_SET_UNALIGN", 6 }, { "PR_SET_FPEMU", 10 }, { "PR_SET_TIMING", 14 },
		{ "PR_SET_ENDIAN", 20 }, { "PR_SET_SECCOMP", 22 }, { "PR_SET_TSC", 26 },
		{ "PR_SET_SECUREBITS", 28 }, { "PR_MCE_KILL", 33 }, { "PR_SET_MM", 35 },
		{ "PR_SET_FP_MODE", 45 }, { "PR_CAP_AMBIENT", 47 }, { "PR_SVE_SET_VL", 50 },
		{ "PR_GET_SPECULATION_CTRL", 52 }, { "PR_SET_TAGGED_ADDR_CTRL", 55 },
		{ "PR_SET_IO_FLUSHER", 57 }, { "PR_SET_SYSCALL_USER_DISPATCH", 59 },
		{ "PR_SCHED_CORE", 62 }, { "PR_SET_MDWE", 65 }, { "PR_SET_MEMORY_MERGE", 67 },
		{ "PR_RISCV", 71 }, { "PR_SET_PTRACER", 0x59616d61 } };
	int through = 0;

	for (size_t i = 0; i < sizeof(controls) / sizeof(controls[0]); i++)
		through |= reached(controls[i].name, prctl(controls[i].option, -1L, -1L, -1L, -1L));
	/* The kernel looks at 32 bits of the option. */
	through |= reached("high bits", syscall(SYS_prctl, 35 | 1UL << 32, -1L, -1L, -1L, -1L));
	return verdict(through);
}
