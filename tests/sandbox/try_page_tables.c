// SPDX-License-Identifier: MIT
/*
 * Takes MIB of page tables: reads one byte in every 2 MiB of a mapping, which shows the one page of zeros that is nobody's
 * memory, but costs a table of 4 KiB each time.
 */
#include "try.h"

enum { REACH = 2 << 20 };

int main(int argc, char **argv)
{
	size_t tables = (size_t)number_of(argc, argv, 1, 256) << 8;
	volatile char *memory = mmap(NULL, tables * REACH, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (memory == MAP_FAILED)
		return STOPPED;
	madvise((void *)memory, tables * REACH, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < tables; i++)
		(void)memory[i * REACH];
	usleep(100000);
	return THROUGH;
}
