// SPDX-License-Identifier: MIT
/* Climbs out of its folders: by "..", from a folder that was moved away below it, by fds that lead to no place. */
#include "try.h"

static int climbs(int dir)
{
	char path[4096] = "";

	for (int i = 0; i < 64; i++)
		strcat(path, "../");
	strncat(path, outside("CANARY") + 1, sizeof(path) - 256);
	return reads_canary(dir, path);
}

/* Stands in a folder that is moved to, or swapped with one of, another place. */
static int climbs_from_moved(const char *to, unsigned flags)
{
	int through, dir;

	if (mkdir("deep", 0700) < 0 || mkdir("deep/deeper", 0700) < 0)
		return 0;
	dir = open("deep/deeper", O_RDONLY | O_DIRECTORY);
	through = syscall(SYS_renameat2, AT_FDCWD, "deep/deeper", AT_FDCWD, to, flags) == 0 && climbs(dir);
	rmdir(to);
	rmdir("deep/deeper");
	rmdir("deep");
	return through | climbs(dir);
}

int main(void)
{
	int root = open("/", O_PATH | O_DIRECTORY), here = open(".", O_PATH | O_DIRECTORY), through = 0;

	through |= climbs(root) | climbs(here);
	through |= climbs_from_moved("/tmp/assay-moved", 0);
	through |= climbs_from_moved("/dev/shm/assay-moved", 0);
	through |= climbs_from_moved("moved", 0);
	if (mkdir("other", 0700) == 0)
		through |= climbs_from_moved("other", RENAME_EXCHANGE);
	through |= faccessat(here, "../shm", F_OK, 0) == 0 && faccessat(here, "../work", F_OK, 0) == 0;
	rmdir("other");
	return verdict(through);
}
