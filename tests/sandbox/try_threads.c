// SPDX-License-Identifier: MIT
/* Starts threads until it is told no, or COUNT of them (bare). */
#include "try.h"

#include <pthread.h>

static void *rest(void *unused)
{
	pause();
	return unused;
}

int main(int argc, char **argv)
{
	long count = number_of(argc, argv, 1, 100000);
	pthread_attr_t small;

	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 65536);
	while (count-- > 0) {
		pthread_t thread;

		if (pthread_create(&thread, &small, rest, NULL) != 0) {
			usleep(50000); /* long enough to be seen by who only samples */
			return STOPPED;
		}
	}
	return THROUGH;
}
