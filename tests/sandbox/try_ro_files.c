// SPDX-License-Identifier: MIT
/* Changes what is shown read-only, in each way there is: contents, names, times, rights. */
#include "try.h"

static int file_changes(const char *file)
{
	struct timespec times[2] = { { 1, 0 }, { 1, 0 } };
	char link[64];
	int fd = open(file, O_RDONLY), through = 0;

	through |= open(file, O_WRONLY) >= 0;
	through |= open(file, O_RDONLY | O_TRUNC) >= 0;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	through |= open(link, O_RDWR) >= 0;
	through |= mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) != MAP_FAILED;
	through |= truncate(file, 0) == 0 || ftruncate(fd, 0) == 0;
	through |= fallocate(fd, 0, 0, 4096) == 0;
	through |= utimensat(AT_FDCWD, file, times, 0) == 0 || futimens(fd, times) == 0;
	through |= chmod(file, 0777) == 0 || fchmod(fd, 0777) == 0 || chmod(link, 0777) == 0;
	through |= chown(file, getuid(), getgid()) == 0;
	return through;
}

static int names_change(int dir)
{
	int through = 0;

	through |= openat(dir, "new", O_WRONLY | O_CREAT, 0666) >= 0;
	through |= openat(dir, ".", O_WRONLY | O_TMPFILE, 0666) >= 0;
	through |= mkdirat(dir, "folder", 0777) == 0 || mkfifoat(dir, "fifo", 0666) == 0;
	through |= symlinkat("file", dir, "link") == 0;
	through |= linkat(dir, "file", dir, "second", 0) == 0 ||
		linkat(dir, "file", AT_FDCWD, "mine", 0) == 0;
	through |= renameat(dir, "file", dir, "moved") == 0 || unlinkat(dir, "file", 0) == 0;
	return through;
}

int main(void)
{
	const char *shown = outside("SHOWN");
	char file[4096];
	int through;

	snprintf(file, sizeof(file), "%s/file", shown);
	through = file_changes(file);
	through |= names_change(open(shown, O_RDONLY | O_DIRECTORY));
	return verdict(through);
}
