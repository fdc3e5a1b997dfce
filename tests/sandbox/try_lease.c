// SPDX-License-Identifier: MIT
/* Takes a lease on, and huge pages outside, what boxes share. */
#include "try.h"

int main(void)
{
	int fd = open("file", O_RDONLY | O_CREAT, 0644), through = 0;

	through |= fcntl(fd, F_SETLEASE, F_RDLCK) == 0;
	errno = 0;
	through |= mmap(NULL, 2 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0) !=
			   MAP_FAILED || errno != ENOSYS;
	return verdict(through);
}
