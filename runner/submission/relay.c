// SPDX-License-Identifier: MIT
/*
 * One poll loop. A connection is two sockets and two buffers; a side is read only while its buffer has room and
 * written only while the other's has something, so memory is bounded and a slow reader slows its writer, as TCP
 * does. An end of input on one side is passed on as a half-close once everything before it was delivered.
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

enum { BUFFER = 64 << 10, MAX_AT_ONCE = 256, LISTENER_WAIT_MS = 60000 };

const struct relay_caps relay_caps_default = {
	.at_once = 64,
	.connections = 20000,
	.bytes = 256LL << 20,
	.idle_ms = 60000,
};

/* Bytes on their way from one socket to the other. */
struct flow {
	int from, to;
	char *bytes; /* BUFFER */
	size_t start, end;
	bool ended;  /* nothing more comes from `from` */
	bool passed; /* and `to` has been told */
	int64_t *total;
};

struct connection {
	bool connecting;
	struct flow up, down; /* tester to service, service to tester */
	int64_t last_ms;
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
	c->last_ms = loop->now_ms;
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

static void accept_one(struct loop *loop)
{
	int tester = accept4(loop->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct connection *c;
	int one = 1, under_way;

	if (tester < 0)
		return;
	setsockopt(tester, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (++loop->counts->connections > loop->relay->caps.connections) {
		loop->counts->capped = true;
		refuse(loop, tester);
		return;
	}
	under_way = loop->spare < 0 ? -1 : relay_connect(loop->spare, loop->relay->port);
	c = under_way < 0 ? NULL : connection_new(loop, tester, loop->spare);
	if (!c) {
		close_with_reset(loop->spare);
		loop->spare = -1;
		refuse(loop, tester);
		return;
	}
	c->connecting = under_way == 1;
	loop->spare = -1;
	loop->connections[loop->count++] = c;
}

/* --- bytes ------------------------------------------------------------------------------------------------------ */

/* All of these: false when the connection is broken. */
static bool flow_read(struct flow *flow)
{
	ssize_t n;

	if (flow->start == flow->end)
		flow->start = flow->end = 0;
	n = recv(flow->from, flow->bytes + flow->end, BUFFER - flow->end, MSG_DONTWAIT);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (n == 0)
		flow->ended = true;
	flow->end += (size_t)n;
	*flow->total += n;
	return true;
}

static bool flow_write(struct flow *flow)
{
	ssize_t n;

	if (flow->start < flow->end) {
		n = send(flow->to, flow->bytes + flow->start, flow->end - flow->start, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		flow->start += (size_t)n;
	}
	if (flow->ended && flow->start == flow->end && !flow->passed) {
		shutdown(flow->to, SHUT_WR);
		flow->passed = true;
	}
	return true;
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

static bool carry(struct loop *loop, struct connection *c, short tester, short service)
{
	if (c->connecting)
		return !service || finish_connect(loop, c);
	if (tester || service)
		c->last_ms = loop->now_ms;
	if ((tester & (POLLIN | POLLHUP | POLLERR)) && !c->up.ended && c->up.end < BUFFER && !flow_read(&c->up))
		return false;
	if ((service & (POLLIN | POLLHUP | POLLERR)) && !c->down.ended && c->down.end < BUFFER && !flow_read(&c->down))
		return false;
	if (!flow_write(&c->up) || !flow_write(&c->down))
		return false;
	flow_pack(&c->up);
	flow_pack(&c->down);
	return true;
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

static bool over_bytes(const struct loop *loop)
{
	return loop->counts->bytes_to_service > loop->relay->caps.bytes ||
		loop->counts->bytes_to_tester > loop->relay->caps.bytes;
}

static void carry_all(struct loop *loop, const struct pollfd *polls)
{
	/* From the last to the first: drop() fills a gap with the last one, which was carried already. */
	for (int i = loop->count - 1; i >= 0; i--) {
		struct connection *c = loop->connections[i];
		const struct pollfd *p = &polls[POLL_FIRST + 2 * i];
		bool whole = carry(loop, c, p[0].revents, p[1].revents);

		if (!whole || loop->now_ms - c->last_ms > loop->relay->caps.idle_ms)
			drop(loop, i, true);
		else if (c->up.passed && c->down.passed)
			drop(loop, i, false);
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
		if (poll(polls, (nfds_t)n, 1000) < 0 && errno != EINTR)
			return err_errno(e, "cannot relay");
		if (polls[POLL_STOP].revents)
			return 0;
		loop->now_ms = clock_monotonic_ms();
		carry_all(loop, polls);
		if (polls[POLL_KEEPER].revents && take_spare(loop, e) < 0)
			return -1;
		if (polls[POLL_LISTENER].revents && over_bytes(loop))
			refuse(loop, accept4(loop->listener, NULL, NULL, SOCK_CLOEXEC));
		else if (polls[POLL_LISTENER].revents)
			accept_one(loop);
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
