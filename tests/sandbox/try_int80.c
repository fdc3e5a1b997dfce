// SPDX-License-Identifier: MIT
/* Calls the kernel by the 32-bit door, whose numbers the filter doesn't know. */
#include "try.h"

int main(void)
{
#ifdef __x86_64__
	long pid;

	__asm__ volatile("int $0x80" : "=a"(pid) : "a"(20L) : "memory");
	return verdict(pid == getpid());
#else
	return UNTRIED;
#endif
}
