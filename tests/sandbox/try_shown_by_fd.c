// SPDX-License-Identifier: MIT
/* Changes the file $SHOWN/file, open for reading only, by its fd: opened anew, named anew, mapped, and as memory. */
#include "try.h"

static int is_changed(const char *path)
{
	char now = 'k';
	int fd = open(path, O_RDONLY);

	return fd >= 0 && pread(fd, &now, 1, 0) == 1 && now != 'k';
}

/* Writes through what is mapped for reading, as a debugger would, which mustn't reach the file. */
static void write_memory(char *shared)
{
	int memory = open("/proc/self/mem", O_RDWR);

	if (memory >= 0 && pwrite(memory, "x", 1, (off_t)(uintptr_t)shared) < 0)
		close(memory);
}

int main(void)
{
	char link[64], file[4096], name[4200];
	const char *shown = outside("SHOWN");
	int through = 0, fd;
	char *shared;

	snprintf(file, sizeof(file), "%s/file", shown);
	snprintf(name, sizeof(name), "%s/named", shown);
	fd = open(file, O_RDONLY);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	through |= open(link, O_RDWR) >= 0;
	through |= open(link, O_WRONLY | O_APPEND) >= 0;
	through |= chmod(link, 0777) == 0;
	through |= truncate(link, 1) == 0;
	through |= linkat(AT_FDCWD, link, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
	through |= linkat(fd, "", AT_FDCWD, name, AT_EMPTY_PATH) == 0;
	through |= open(shown, O_TMPFILE | O_RDWR, 0600) >= 0;
	shared = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
	if (shared != MAP_FAILED) {
		write_memory(shared);
		through |= mprotect(shared, 1, PROT_READ | PROT_WRITE) == 0;
		munmap(shared, 1);
	}
	return verdict(through | is_changed(file));
}
