// SPDX-License-Identifier: MIT
/* Takes MIB of memory of the KIND given, in CHILDREN processes, and touches all of it; "untold": of shared memory, so that no
 * page table tells of it. */
#include "try.h"

#include <sys/shm.h>

static void *take(const char *kind, size_t bytes)
{
	int fd;

	if (strcmp(kind, "anonymous") == 0)
		return mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (strcmp(kind, "shared") == 0 || strcmp(kind, "untold") == 0)
		return mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (strcmp(kind, "sysv") == 0) {
		int segment = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
		void *memory = shmat(segment, NULL, 0);

		shmctl(segment, IPC_RMID, NULL); /* it goes with us; bare, too */
		return memory;
	}
	fd = memfd_create("hoard", 0);
	if (ftruncate(fd, (off_t)bytes) < 0)
		return MAP_FAILED;
	return mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "anonymous";
	size_t bytes = (argc > 2 ? strtoul(argv[2], NULL, 10) : 1024) << 20;
	long children = argc > 3 ? strtol(argv[3], NULL, 10) : 0;
	char *memory;

	while (children-- > 0)
		if (fork() == 0)
			break;
	memory = take(kind, bytes);
	if (memory == MAP_FAILED)
		return STOPPED;
	for (size_t at = 0; at < bytes; at += 4096) {
		memory[at] = 1;
		if (strcmp(kind, "untold") == 0)
			madvise(memory + at, 4096, MADV_DONTNEED);
	}
	if (argc > 3)
		sleep(5);
	return THROUGH;
}
