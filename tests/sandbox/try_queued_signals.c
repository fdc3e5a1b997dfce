// SPDX-License-Identifier: MIT
/* Queues signals to itself and makes timers until it is told no, or COUNT of each: both are memory of the kernel. */
#include "try.h"

#include <time.h>

int main(int argc, char **argv)
{
	long count = number_of(argc, argv, 1, 1000000), queued = 0, timers = 0;
	struct sigevent silent = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN };
	union sigval nothing = { 0 };
	timer_t timer;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	while (queued < count && sigqueue(getpid(), SIGRTMIN, nothing) == 0)
		queued++;
	while (timers < count && timer_create(CLOCK_MONOTONIC, &silent, &timer) == 0)
		timers++;
	printf("%ld %ld\n", queued, timers);
	return verdict(queued >= count);
}
