// SPDX-License-Identifier: MIT
/*
 * That the other end is gone is asked of poll and not of recv: a packet may be empty, and what was
 * said before the end can still be read after it. Who is gone wants no program any more.
 */
#include "lifeline.h"

#include <errno.h>
#include <sys/socket.h>

void lifeline_tell_ready(int fd)
{
	/* If it can't be told, it is cut (then we hear that next) or so full that nobody reads it. */
	if (send(fd, "r", 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return;
}

enum lifeline_news lifeline_hear(int fd)
{
	struct pollfd look = { fd, LIFELINE_EVENTS, 0 };
	char bytes[64];
	ssize_t n;

	if (poll(&look, 1, 0) <= 0)
		return LIFELINE_QUIET;
	if (look.revents & ~POLLIN)
		return LIFELINE_CUT;
	n = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT);
	if (n > 0)
		return LIFELINE_WORD;
	return n == 0 || errno == EAGAIN || errno == EINTR ? LIFELINE_QUIET : LIFELINE_CUT;
}
