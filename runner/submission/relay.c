// SPDX-License-Identifier: MIT
/*
 * One poll loop. A connection is two sockets and two buffers; a side is read only while its buffer has room and
 * written only while the other's has something, so memory is bounded and a slow reader slows its writer, as TCP
 * does. An end of input on one side is passed on as a half-close once everything before it was delivered; a reset by
 * the service is passed on likewise, as a reset, so that half an answer never looks like a whole one, nor is one lost
 * that came before it.
 *
 * Whatever a service does, it costs only the connection on which it does it: one that says nothing, says it too slowly
 * or has no end is reset alone, and the tester goes on. Only the caps on everything together end everything.
 *
 * One socket of the candidate's network is always fetched ahead, so that no accepted connection waits for the
 * keeper. When the service's keeper is gone, or nothing listens, the tester's connection is reset: a client sees
 * what it would see without us.
 */
#include "submission/relay.h"

#include "base/clock.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

enum { BUFFER = 64 << 10, MAX_AT_ONCE = 256, LISTENER_WAIT_MS = 60000, LOOK_MS = 100 };

const struct relay_caps relay_caps_default = {
	.at_once = 128,
	.connections = 20000,
	.bytes = 1LL << 30,
	.answer_bytes = 32LL << 20,
	.answer_ms = 15000,
};

/* Bytes on their way from one socket to the other. */
struct flow {
	int from, to;
	char *bytes; /* BUFFER */
	size_t start, end;
	bool ended;  /* nothing more comes from `from` */
	bool broken; /* because the connection broke: `to` must not take that for an end */
	bool passed; /* and everything before was delivered */
	int64_t *total;
};

struct connection {
	bool connecting;
	struct flow up, down; /* tester to service, service to tester */
	int64_t last_ms;      /* when a byte went either way */
	int64_t asked_ms;     /* when the tester's last byte came */
	int64_t answered;     /* bytes from the service since then */
};

struct loop {
	const struct relay *relay;
	struct relay_counts *counts;
	int listener;
	int spare;           /* a fresh socket of the service's network */
	bool asked, gone;    /* one is on its way; the service's keeper has hung up */
	struct connection *connections[MAX_AT_ONCE];
	int count;
	int64_t now_ms;
};

/* --- keepers ---------------------------------------------------------------------------------------------------- */

/* 0 and the socket, 1 when nothing is there yet, -1 with ERR_NOT_FOUND when the keeper has hung up (its box ends), and
 * with ERR_SYSTEM when it says why it has none ("e…"): that is never the candidate's doing. */
static int receive_socket(int keeper_fd, int *socket_fd, struct err *e)
{
	char said[128], control[CMSG_SPACE(sizeof(int))];
	struct iovec part = { said, sizeof(said) };
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *head;
	ssize_t n = recvmsg(keeper_fd, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 1;
	if (n == 0 || (n < 0 && errno == ECONNRESET))
		return err_set(e, ERR_NOT_FOUND, "the box is gone");
	if (n < 0)
		return err_errno(e, "cannot ask a box for a socket");
	head = CMSG_FIRSTHDR(&message);
	if (!head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(sizeof(int)))
		return err_set(e, ERR_SYSTEM, "a box gives no socket: %.*s", (int)n - 1, said + 1);
	memcpy(socket_fd, CMSG_DATA(head), sizeof(int));
	fcntl(*socket_fd, F_SETFL, fcntl(*socket_fd, F_GETFL) | O_NONBLOCK);
	return 0;
}

int relay_ask(int keeper_fd, char what, int64_t timeout_ms, int stop_fd, int *socket_fd, struct err *e)
{
	struct pollfd wait[2] = { { .fd = keeper_fd, .events = POLLIN }, { .fd = stop_fd, .events = POLLIN } };
	int64_t end_ms = clock_monotonic_ms() + timeout_ms;
	int got;

	if (send(keeper_fd, &what, 1, MSG_NOSIGNAL) != 1)
		return errno == EPIPE || errno == ECONNRESET ? err_set(e, ERR_NOT_FOUND, "the box is gone") :
							       err_errno(e, "cannot ask a box for a socket");
	while ((got = receive_socket(keeper_fd, socket_fd, e)) == 1) {
		int64_t left = end_ms - clock_monotonic_ms();

		if (left <= 0)
			return 1;
		if (poll(wait, 2, (int)left) > 0 && wait[1].revents)
			return err_set(e, ERR_SYSTEM, "interrupted");
	}
	return got;
}

int relay_connect(int socket_fd, int port)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = { htonl(INADDR_LOOPBACK) },
	};
	int one = 1;

	/* Two hops on loopback must not wait for each other's delayed acknowledgements. */
	setsockopt(socket_fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(socket_fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return 0;
	return errno == EINPROGRESS ? 1 : -1;
}

static void ask_ahead(struct loop *loop)
{
	if (loop->spare >= 0 || loop->asked || loop->gone)
		return;
	if (send(loop->relay->service_fd, "c", 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1)
		loop->asked = true;
	else
		loop->gone = true;
}

static int take_spare(struct loop *loop, struct err *e)
{
	struct err why = { 0 };
	int got = receive_socket(loop->relay->service_fd, &loop->spare, &why);

	if (got == 1)
		return 0;
	loop->asked = false;
	loop->gone = got < 0;
	return got == 0 || why.kind == ERR_NOT_FOUND ? 0 : err_set(e, why.kind, "%s", why.text);
}

/* --- connections ------------------------------------------------------------------------------------------------ */

static void close_with_reset(int fd)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	if (fd < 0)
		return;
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(fd);
}

static void connection_free(struct connection *c, bool reset)
{
	if (!c)
		return;
	if (reset) {
		close_with_reset(c->up.from);
		close_with_reset(c->up.to);
	} else {
		close(c->up.from);
		close(c->up.to);
	}
	free(c->up.bytes);
	free(c->down.bytes);
	free(c);
}

static struct connection *connection_new(struct loop *loop, int tester, int service)
{
	struct connection *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->up = (struct flow){ .from = tester, .to = service, .bytes = malloc(BUFFER),
		.total = &loop->counts->bytes_to_service };
	c->down = (struct flow){ .from = service, .to = tester, .bytes = malloc(BUFFER),
		.total = &loop->counts->bytes_to_tester };
	c->last_ms = c->asked_ms = loop->now_ms;
	if (c->up.bytes && c->down.bytes)
		return c;
	free(c->up.bytes);
	free(c->down.bytes);
	free(c);
	return NULL;
}

static void drop(struct loop *loop, int index, bool reset)
{
	connection_free(loop->connections[index], reset);
	loop->connections[index] = loop->connections[--loop->count];
}

static void refuse(struct loop *loop, int tester)
{
	close_with_reset(tester);
	loop->counts->refused++;
}

static bool over_bytes(const struct loop *loop)
{
	return loop->counts->bytes_to_service > loop->relay->caps.bytes ||
		loop->counts->bytes_to_tester > loop->relay->caps.bytes;
}

/* What we have run out of ourselves must not cost a candidate a test. */
static int accept_one(struct loop *loop, struct err *e)
{
	int tester = accept4(loop->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct connection *c;
	int one = 1, under_way;

	if (tester < 0)
		return errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS ?
			err_errno(e, "cannot relay a connection of the tests") : 0;
	setsockopt(tester, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (++loop->counts->connections > loop->relay->caps.connections || over_bytes(loop)) {
		loop->counts->capped = true;
		refuse(loop, tester);
		return 0;
	}
	under_way = loop->spare < 0 ? -1 : relay_connect(loop->spare, loop->relay->port);
	if (under_way < 0) {
		close_with_reset(loop->spare);
		loop->spare = -1;
		refuse(loop, tester);
		return 0;
	}
	c = connection_new(loop, tester, loop->spare);
	if (!c) {
		close(tester);
		return err_memory(e);
	}
	c->connecting = under_way == 1;
	loop->spare = -1;
	loop->connections[loop->count++] = c;
	return 0;
}

/* --- bytes ------------------------------------------------------------------------------------------------------ */

/* How many bytes came; the flow has ended when none will any more. */
static size_t flow_read(struct flow *flow)
{
	ssize_t n;

	if (flow->start == flow->end)
		flow->start = flow->end = 0;
	n = recv(flow->from, flow->bytes + flow->end, BUFFER - flow->end, MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	flow->ended = n <= 0;
	flow->broken = flow->broken || n < 0;
	if (n <= 0)
		return 0;
	flow->end += (size_t)n;
	*flow->total += n;
	return (size_t)n;
}

/* False when the other side takes nothing any more. */
static bool flow_write(struct flow *flow, bool *moved)
{
	ssize_t n;

	if (flow->start < flow->end) {
		n = send(flow->to, flow->bytes + flow->start, flow->end - flow->start, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		flow->start += (size_t)n;
		*moved = *moved || n > 0;
	}
	if (flow->ended && flow->start == flow->end && !flow->passed) {
		if (!flow->broken)
			shutdown(flow->to, SHUT_WR);
		flow->passed = true;
	}
	return true;
}

/* The service takes no more: what it has answered already is still worth something, what follows is a reset. */
static void stop_asking(struct connection *c)
{
	c->up.ended = c->up.passed = true;
	c->up.start = c->up.end = 0;
	c->down.broken = true;
}

static short wants(const struct flow *in, const struct flow *out)
{
	short events = 0;

	if (!in->ended && in->end < BUFFER)
		events |= POLLIN;
	if (out->start < out->end)
		events |= POLLOUT;
	return events;
}

/* A buffer that is read to its end but not yet empty has no room behind; make it. */
static void flow_pack(struct flow *flow)
{
	if (flow->start == 0)
		return;
	memmove(flow->bytes, flow->bytes + flow->start, flow->end - flow->start);
	flow->end -= flow->start;
	flow->start = 0;
}

static bool finish_connect(struct loop *loop, struct connection *c)
{
	int error = 0;
	socklen_t size = sizeof(error);

	if (getsockopt(c->up.to, SOL_SOCKET, SO_ERROR, &error, &size) < 0 || error) {
		loop->counts->refused++;
		return false;
	}
	c->connecting = false;
	return true;
}

static void note_bytes(struct loop *loop, struct connection *c, size_t asked, size_t answered, bool moved)
{
	if (asked) {
		c->asked_ms = loop->now_ms;
		c->answered = 0;
	}
	c->answered += (int64_t)answered;
	if (asked || answered || moved)
		c->last_ms = loop->now_ms;
}

/* False when there is nobody left to carry for. */
static bool carry(struct loop *loop, struct connection *c, short tester, short service)
{
	static const short readable = POLLIN | POLLHUP | POLLERR;
	size_t asked = 0, answered = 0;
	bool moved = false;

	if (c->connecting)
		return !service || finish_connect(loop, c);
	if ((tester & readable) && !c->up.ended && c->up.end < BUFFER)
		asked = flow_read(&c->up);
	if ((service & readable) && !c->down.ended && c->down.end < BUFFER)
		answered = flow_read(&c->down);
	if (c->up.broken || !flow_write(&c->down, &moved))
		return false;
	if (!flow_write(&c->up, &moved))
		stop_asking(c);
	flow_pack(&c->up);
	flow_pack(&c->down);
	note_bytes(loop, c, asked, answered, moved);
	return !(c->down.broken && c->down.passed);
}

/* Whether an answer is over its caps. */
static bool is_over(struct loop *loop, const struct connection *c)
{
	const struct relay_caps *caps = &loop->relay->caps;
	bool is_late = c->last_ms - c->asked_ms > caps->answer_ms || loop->now_ms - c->last_ms > caps->answer_ms;
	bool is_large = c->answered > caps->answer_bytes;

	loop->counts->too_large += is_large;
	loop->counts->too_slow += is_late && !is_large;
	return is_late || is_large;
}

/* --- the loop --------------------------------------------------------------------------------------------------- */

enum { POLL_STOP, POLL_KEEPER, POLL_LISTENER, POLL_FIRST };

static int fill_polls(struct loop *loop, struct pollfd *polls)
{
	bool room = loop->count < loop->relay->caps.at_once && loop->count < MAX_AT_ONCE;
	int n = POLL_FIRST;

	polls[POLL_STOP] = (struct pollfd){ .fd = loop->relay->stop_fd, .events = POLLIN };
	polls[POLL_KEEPER] = (struct pollfd){ .fd = loop->asked ? loop->relay->service_fd : -1, .events = POLLIN };
	polls[POLL_LISTENER] = (struct pollfd){
		.fd = room && (loop->spare >= 0 || loop->gone) ? loop->listener : -1, .events = POLLIN,
	};
	for (int i = 0; i < loop->count; i++) {
		struct connection *c = loop->connections[i];
		short tester = c->connecting ? 0 : wants(&c->up, &c->down);
		short service = c->connecting ? POLLOUT : wants(&c->down, &c->up);

		/* With nothing to wait for, a half-closed side would report its hang-up over and over. */
		polls[n++] = (struct pollfd){ .fd = tester ? c->up.from : -1, .events = tester };
		polls[n++] = (struct pollfd){ .fd = service ? c->up.to : -1, .events = service };
	}
	return n;
}

static void carry_all(struct loop *loop, const struct pollfd *polls)
{
	/* From the last to the first: drop() fills a gap with the last one, which was carried already. */
	for (int i = loop->count - 1; i >= 0; i--) {
		struct connection *c = loop->connections[i];
		const struct pollfd *p = &polls[POLL_FIRST + 2 * i];

		if (!carry(loop, c, p[0].revents, p[1].revents))
			drop(loop, i, true);
		else if (c->up.passed && c->down.passed)
			drop(loop, i, false);
		else if (is_over(loop, c))
			drop(loop, i, true);
	}
	if (over_bytes(loop)) {
		loop->counts->capped = true;
		while (loop->count > 0)
			drop(loop, loop->count - 1, true);
	}
}

static int loop_run(struct loop *loop, struct err *e)
{
	for (;;) {
		struct pollfd polls[POLL_FIRST + 2 * MAX_AT_ONCE];
		int n;

		ask_ahead(loop);
		n = fill_polls(loop, polls);
		if (poll(polls, (nfds_t)n, loop->count > 0 ? LOOK_MS : 1000) < 0) {
			if (errno != EINTR)
				return err_errno(e, "cannot relay");
			continue;
		}
		if (polls[POLL_STOP].revents)
			return 0;
		loop->now_ms = clock_monotonic_ms();
		carry_all(loop, polls);
		if (polls[POLL_KEEPER].revents && take_spare(loop, e) < 0)
			return -1;
		if (polls[POLL_LISTENER].revents && accept_one(loop, e) < 0)
			return -1;
	}
}

/* The tester's listener, once its box is up; 1 when we must stop before, or there will be none. */
static int get_listener(struct loop *loop, struct err *e)
{
	struct pollfd wait[2] = {
		{ .fd = loop->relay->tester_fd, .events = POLLIN },
		{ .fd = loop->relay->stop_fd, .events = POLLIN },
	};

	for (;;) {
		struct err why = { 0 };
		int got = receive_socket(loop->relay->tester_fd, &loop->listener, &why);

		if (got == 0)
			return 0;
		if (got < 0)
			return why.kind == ERR_NOT_FOUND ? 1 : err_set(e, why.kind, "%s", why.text);
		if (poll(wait, 2, LISTENER_WAIT_MS) == 0)
			return err_set(e, ERR_SYSTEM, "the tester's box gives no listener in time");
		if (wait[1].revents)
			return 1;
	}
}

int relay_run(const struct relay *relay, struct relay_counts *counts, struct err *e)
{
	struct loop loop = { .relay = relay, .counts = counts, .listener = -1, .spare = -1 };
	int status = get_listener(&loop, e);

	if (status == 0)
		status = loop_run(&loop, e);
	while (loop.count > 0)
		drop(&loop, loop.count - 1, true);
	if (loop.listener >= 0)
		close(loop.listener);
	if (loop.spare >= 0)
		close(loop.spare);
	return status < 0 ? -1 : 0;
}
