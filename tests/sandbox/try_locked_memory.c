// SPDX-License-Identifier: MIT
/* Locks MIB into memory, which the host then can't give to anybody. */
#include "try.h"

int main(int argc, char **argv)
{
	size_t bytes = (size_t)number_of(argc, argv, 1, 64) << 20;
	void *memory =
		mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int through = mlock(memory, bytes) == 0;

	through |= mlock2(memory, bytes, MLOCK_ONFAULT) == 0;
	through |= mmap(NULL, bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) !=
		MAP_FAILED;
	return verdict(through);
}
