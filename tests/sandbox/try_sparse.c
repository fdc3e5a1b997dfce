// SPDX-License-Identifier: MIT
/* Makes files of so many MiB (1 TiB) that hold next to nothing, in each way; the last is ./out. What fallocate reserves of a
 * disk is gone for others as long as the file is there, so that bare it has to be asked for less. */
#include "try.h"

int main(int argc, char **argv)
{
	off_t huge = argc > 1 ? atol(argv[1]) << 20 : 1L << 40;
	int fd = open("out", O_RDWR | O_CREAT, 0644), through = 0,
	    memory = memfd_create("sparse", 0);

	signal(SIGXFSZ, SIG_IGN);
	through |= ftruncate(memory, huge) == 0;
	through |= pwrite(fd, "x", 1, huge) == 1;
	through |= fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, huge) == 0;
	through |= truncate("out", huge) == 0 || ftruncate(fd, huge) == 0;
	through |= lseek(fd, huge, SEEK_SET) == huge && write(fd, "x", 1) == 1;
	return verdict(through);
}
