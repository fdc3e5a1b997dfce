// SPDX-License-Identifier: MIT
/* Makes a device node of the host's memory; with an argument, has a renaming leave a device behind. */
#include "try.h"

#include <sys/sysmacros.h>

enum { WHITEOUT = 4 }; /* RENAME_WHITEOUT */

static int is_left_behind(void)
{
	struct stat st;
	int fd = open("file", O_CREAT | O_WRONLY, 0600);
	int left = fd >= 0 && syscall(SYS_renameat2, AT_FDCWD, "file", AT_FDCWD, "moved", WHITEOUT) == 0 &&
		lstat("file", &st) == 0 && S_ISCHR(st.st_mode);

	unlink("file");
	unlink("moved");
	return left;
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return verdict(is_left_behind());
	if (mknod("memory", S_IFCHR | 0666, makedev(1, 1)) < 0)
		return STOPPED;
	return verdict(unlink("memory") == 0);
}
