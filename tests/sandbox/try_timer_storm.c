// SPDX-License-Identifier: MIT
/*
 * Makes the kernel work: timers as fast as they go in CHILDREN processes, which come to nothing but their handlers. Only a
 * handler can look at the clock that bounds it, after MS.
 */
#include "try.h"

#include <time.h>

static long ms;
static struct timespec begun;

static void wake(int unused)
{
	struct timespec now;

	(void)unused;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if ((now.tv_sec - begun.tv_sec) * 1000 + (now.tv_nsec - begun.tv_nsec) / 1000000 > ms)
		_exit(THROUGH);
}

int main(int argc, char **argv)
{
	long children = number_of(argc, argv, 2, 8);
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN };
	struct itimerspec often = { { 0, 1 }, { 0, 1 } };
	timer_t timer;

	ms = number_of(argc, argv, 1, 60000);
	while (--children > 0)
		if (fork() == 0)
			break;
	clock_gettime(CLOCK_MONOTONIC, &begun);
	signal(SIGRTMIN, wake);
	for (int i = 0; i < 16; i++)
		if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0)
			timer_settime(timer, 0, &often, NULL);
	for (;;)
		pause();
}
