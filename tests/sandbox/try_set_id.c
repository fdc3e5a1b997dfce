// SPDX-License-Identifier: MIT
/* Makes a set-uid file in each of the ways there are. */
#include "try.h"

static int is_set_id(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && (st.st_mode & (S_ISUID | S_ISGID));
}

int main(void)
{
	int fd = open("one", O_WRONLY | O_CREAT, 0755), through = 0;

	umask(0);
	chmod("one", 04755);
	through |= is_set_id("one");
	fchmod(fd, 06755);
	through |= is_set_id("one");
	syscall(452 /* fchmodat2 */, AT_FDCWD, "one", 04755, 0);
	through |= is_set_id("one");
	close(open("two", O_WRONLY | O_CREAT, 04755));
	through |= is_set_id("two");
	mknod("three", S_IFREG | 04755, 0);
	through |= is_set_id("three");
	close(creat("four", 02755));
	through |= is_set_id("four");
	return verdict(through);
}
