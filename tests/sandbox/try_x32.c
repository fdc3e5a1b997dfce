// SPDX-License-Identifier: MIT
/* Calls the kernel by x32's numbers: bit 30 set. Whatever answers, it wasn't killed. */
#include "try.h"

int main(void)
{
#ifdef __x86_64__
	syscall(0x40000000 | SYS_getpid);
	return THROUGH;
#else
	return UNTRIED;
#endif
}
