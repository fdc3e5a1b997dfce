// SPDX-License-Identifier: MIT
/* Advises the kernel to swap our memory out, where a sampler doesn't see it. */
#include "try.h"

enum { BYTES = 1 << 20, PAGEOUT = 21 };

int main(void)
{
	char *memory = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return STOPPED;
	memset(memory, 1, BYTES);
	return verdict(madvise(memory, BYTES, PAGEOUT) == 0);
}
