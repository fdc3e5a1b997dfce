// SPDX-License-Identifier: MIT
/*
 * The descriptor is polled and never read, so the signal stays pending for as long as it is blocked: whoever polls
 * sees it, nobody takes it from anybody, and unblocking it ends the process with the right status.
 */
#include "cli/interrupt.h"

#include <sys/signalfd.h>
#include <unistd.h>

int interrupt_begin(struct interrupt *out, struct err *e)
{
	sigset_t signals;
	int fd;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	fd = signalfd(-1, &signals, SFD_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "cannot watch for signals");
	pthread_sigmask(SIG_BLOCK, &signals, &out->before);
	out->fd = fd;
	return 0;
}

void interrupt_end(struct interrupt *interrupt)
{
	if (interrupt->fd < 0)
		return;
	close(interrupt->fd);
	interrupt->fd = -1;
	pthread_sigmask(SIG_SETMASK, &interrupt->before, NULL);
}
