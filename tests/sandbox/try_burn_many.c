// SPDX-License-Identifier: MIT
/* Burns MS in each of CHILDREN processes and as many threads at once. */
#include "try.h"

#include <pthread.h>
#include <time.h>

static long ms;

static void *burn(void *unused)
{
	struct timespec used;

	do
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
	while (used.tv_sec * 1000 + used.tv_nsec / 1000000 < ms);
	return unused;
}

int main(int argc, char **argv)
{
	long children = number_of(argc, argv, 2, 16);
	pthread_t thread;

	ms = number_of(argc, argv, 1, 60000);
	while (children-- > 0)
		if (fork() == 0) {
			pthread_create(&thread, NULL, burn, NULL);
			burn(NULL);
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	return THROUGH;
}
