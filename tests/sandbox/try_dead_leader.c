// SPDX-License-Identifier: MIT
/*
 * Takes MIB of memory in a thread whose process looks dead: its first thread has ended, and by that /proc knows of no memory
 * any more. `hidden` forbids instead that anybody of the same user looks at it.
 */
#include "try.h"

#include <pthread.h>
#include <sys/prctl.h>

static size_t bytes;

static void *take(void *unused)
{
	enum { STEP = 4 << 20 };
	char *memory =
		mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		exit(STOPPED);
	usleep(50000);
	for (size_t at = 0; at < bytes; at += 4096) {
		memory[at] = 1;
		if (at % STEP == 0)
			usleep(5000); /* nobody shall say that it was too fast to be seen */
	}
	exit(THROUGH);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	bytes = (size_t)number_of(argc, argv, 1, 256) << 20;
	if (argc > 2)
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (pthread_create(&thread, NULL, take, NULL) != 0)
		return STOPPED;
	if (argc > 2)
		pthread_join(thread, NULL);
	pthread_exit(NULL);
}
