// SPDX-License-Identifier: MIT
/*
 * The tests' end says 'a' when it wants another process; the answer is 'A' with the descriptor of a stream, or 'n'. It
 * says 'l' when the present one is late, 'g' when it has gone or has to go; that isn't answered. A stream's other end is
 * the process's channel; what is left of it here is closed at once, so that each side sees the other's end.
 */
#include "submission/bridge.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { MOST_CANDIDATES = 64, GRACE_MS = 1000, WAKE_MS = 50 };

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* --- processes -------------------------------------------------------------------------------------------------- */

/* Not every language can give a socket a time-out: so often, at least, the tests' end looks at its clock. */
static void wake_often(int fd)
{
	struct timeval often = { .tv_usec = WAKE_MS * 1000 };

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &often, sizeof(often));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &often, sizeof(often));
}

static int make_stream(int stream[2], struct err *e)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, stream) < 0)
		return err_errno(e, "cannot make a stream between boxes");
	wake_often(stream[0]);
	return 0;
}

/* At the end of the stream that was made for it. */
static int start_candidate(struct bridge *bridge, struct err *e)
{
	int started;

	bridge->candidate.channels[0] = bridge->stream[1];
	started = box_start(&bridge->candidate_life, &bridge->candidate, bridge->host, e);
	bridge->candidate.channels[0] = -1;
	close_end(&bridge->stream[1]);
	if (started < 0)
		return -1;
	bridge->has_candidate = true;
	bridge->candidates++;
	return 0;
}

/*
 * Waits for one that has gone by itself: why it has is worth more than the time. But one after the other may close its
 * stream and stay, so that all who do get so long together.
 */
static int await_end(struct bridge *bridge, int64_t grace_ms, struct err *e)
{
	int64_t began_ms = clock_monotonic_ms(), left_ms = grace_ms - bridge->waited_ms;

	int late = left_ms > 0 ? box_wait(&bridge->candidate_life, left_ms, e) : 0;

	if (late > 0)
		bridge->waited_ms += clock_monotonic_ms() - began_ms;
	return late < 0 ? -1 : 0;
}

static int end_candidate(struct bridge *bridge, int64_t grace_ms, bool late, bridge_see_candidate *see, void *context,
	struct err *e)
{
	int seen = 0;

	if (!bridge->has_candidate)
		return 0;
	bridge->has_candidate = false;
	if (grace_ms > 0 && await_end(bridge, grace_ms, e) < 0)
		return -1;
	box_stop(&bridge->candidate_life);
	seen = see(&bridge->candidate_life, late, context, e);
	box_done(&bridge->candidate_life);
	return seen;
}

int bridge_end(struct bridge *bridge, bridge_see_candidate *see, void *context, struct err *e)
{
	bridge->waited_ms = 0;
	return end_candidate(bridge, GRACE_MS, false, see, context, e);
}

/* --- asking ----------------------------------------------------------------------------------------------------- */

/* Sends a descriptor; that nobody is there to take it shows when we read. */
static void hand_over(int socket_fd, int fd)
{
	char word = fd >= 0 ? 'A' : 'n';
	struct iovec part = { &word, 1 };
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = { 0 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

	if (fd >= 0) {
		struct cmsghdr *header;

		message.msg_control = control.bytes;
		message.msg_controllen = sizeof(control.bytes);
		header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(header), &fd, sizeof(fd));
	}
	sendmsg(socket_fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* The next byte; 0 when there will be none, -1 with an error. */
static int next_word(const struct bridge *bridge, int stop_fd, struct err *e)
{
	struct pollfd wait[2] = { { .fd = bridge->asking[0], .events = POLLIN }, { .fd = stop_fd, .events = POLLIN } };
	char word;
	ssize_t n;

	for (;;) {
		if (poll(wait, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			return err_errno(e, "cannot wait for the tests");
		}
		if (wait[1].revents)
			return err_set(e, ERR_SYSTEM, "interrupted");
		n = recv(bridge->asking[0], &word, 1, MSG_DONTWAIT);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		return n == 1 && strchr("alg", word) && word ? word : 0;
	}
}

static int answer(struct bridge *bridge, bridge_see_candidate *see, void *context, struct err *e)
{
	if (bridge->candidates < MOST_CANDIDATES &&
		(end_candidate(bridge, 0, false, see, context, e) < 0 || make_stream(bridge->stream, e) < 0 ||
			start_candidate(bridge, e) < 0))
		return -1;
	hand_over(bridge->asking[0], bridge->stream[0]);
	close_end(&bridge->stream[0]);
	return 0;
}

int bridge_serve(struct bridge *bridge, bridge_see_candidate *see, void *context, struct err *e)
{
	int word;

	if (start_candidate(bridge, e) < 0)
		return -1;
	while ((word = next_word(bridge, bridge->host->stop_fd, e)) > 0) {
		int done = word == 'a' ? answer(bridge, see, context, e) :
			   word == 'l' ? end_candidate(bridge, 0, true, see, context, e) :
					 end_candidate(bridge, GRACE_MS, false, see, context, e);

		if (done < 0)
			return -1;
	}
	return word;
}

/* --- life ------------------------------------------------------------------------------------------------------- */

int bridge_open(struct bridge *bridge, const struct box *candidate, const struct box_host *host, struct err *e)
{
	AUTO(bridge_done) struct bridge made = BRIDGE_NONE;

	made.host = host;
	made.candidate = *candidate;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, made.asking) < 0)
		return err_errno(e, "cannot make a bridge");
	if (make_stream(made.stream, e) < 0)
		return -1;
	*bridge = made;
	made = (struct bridge)BRIDGE_NONE;
	return 0;
}

void bridge_lend(const struct bridge *bridge, struct box *tester)
{
	tester->channels[0] = bridge->asking[1];
	tester->channels[1] = bridge->stream[0];
}

void bridge_tester_lent(struct bridge *bridge)
{
	close_end(&bridge->asking[1]);
	close_end(&bridge->stream[0]);
}

void bridge_done(struct bridge *bridge)
{
	close_end(&bridge->asking[0]);
	close_end(&bridge->asking[1]);
	close_end(&bridge->stream[0]);
	close_end(&bridge->stream[1]);
	box_done(&bridge->candidate_life);
}
