// SPDX-License-Identifier: MIT
/* Reaches the parts of the processor that old programs needed: ports, segments, virtual 8086; and odd personalities. */
#include "try.h"

int main(void)
{
	char table[16];
	int through = 0;

#ifdef __x86_64__
	through |= reached("iopl", syscall(SYS_iopl, 4));
	through |= reached("ioperm", syscall(SYS_ioperm, 0x10000, 1, 0));
	through |= reached("modify_ldt", syscall(SYS_modify_ldt, 0, table, sizeof(table)));
	through |= reached("ARCH_REQ_XCOMP_PERM", syscall(SYS_arch_prctl, 0x1023, 63));
	through |= reached("ARCH_MAP_VDSO", syscall(SYS_arch_prctl, 0x2001, 0));
	through |= reached("map_shadow_stack", syscall(453, 0, 0, 0));
#endif
	through |= syscall(SYS_personality, 0x0400000) != -1; /* what is readable can be executed */
	through |= syscall(SYS_personality, 0x0008) != -1;    /* 32 bits */
	return verdict(through);
}
