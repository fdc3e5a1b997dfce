// SPDX-License-Identifier: MIT
/*
 * The ends and the thread. Readiness is tried from here, by the same way that the tests will take: what a service
 * prints proves nothing, and a look into its network would be one more door.
 */
#include "submission/door.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

enum { BOX_UP_MS = 30000, TRY_AGAIN_MS = 15 };

struct door {
	int port;
	int service[2], tester[2]; /* ours, the box's */
	int stop_fd;
	bool running;
	pthread_t thread;
	struct relay relay;
	struct relay_counts counts;
	struct err e;
	int status;
};

int door_open(struct door **out, int port, struct err *e)
{
	struct door *door = mem_new(1, sizeof(*door), e);

	if (!door)
		return -1;
	*door = (struct door){ .port = port, .service = { -1, -1 }, .tester = { -1, -1 } };
	door->stop_fd = eventfd(0, EFD_CLOEXEC);
	/* What is asked before the box is there is answered before its program starts: no test can come too early. */
	if (door->stop_fd < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, door->service) < 0 ||
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, door->tester) < 0 ||
		send(door->tester[0], "l", 1, MSG_NOSIGNAL) != 1) {
		err_errno(e, "cannot make a door");
		door_free(door);
		return -1;
	}
	*out = door;
	return 0;
}

int door_service_fd(const struct door *door)
{
	return door->service[1];
}

int door_tester_fd(const struct door *door)
{
	return door->tester[1];
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void door_service_lent(struct door *door)
{
	close_end(&door->service[1]);
}

void door_tester_lent(struct door *door)
{
	close_end(&door->tester[1]);
}

/* --- readiness -------------------------------------------------------------------------------------------------- */

/* 0 connected, 1 not within left_ms, or the wait was interrupted (which the caller looks for anyway). */
static int try_once(int socket_fd, int port, int64_t left_ms, int stop_fd)
{
	struct pollfd wait[2] = { { .fd = socket_fd, .events = POLLOUT }, { .fd = stop_fd, .events = POLLIN } };
	int error = 0, under_way = relay_connect(socket_fd, port);
	socklen_t size = sizeof(error);

	if (under_way <= 0)
		return under_way == 0 ? 0 : 1;
	if (poll(wait, 2, (int)left_ms) <= 0 || !wait[0].revents)
		return 1;
	return getsockopt(socket_fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0 ? 0 : 1;
}

static int64_t left_until(int64_t end_ms)
{
	int64_t left = end_ms - clock_monotonic_ms();

	return left > 0 ? left : 0;
}

int door_wait_ready(struct door *door, int64_t ready_ms, int stop_fd, struct err *e)
{
	/* The clock starts when the box is up: how long we take to build it is not the service's fault. */
	int64_t end_ms = 0;

	for (;;) {
		AUTO_CLOSE int socket_fd = -1;
		struct pollfd stop = { .fd = stop_fd, .events = POLLIN };
		struct err why = { 0 };
		int asked = relay_ask(
			door->service[0], 'c', end_ms ? left_until(end_ms) : BOX_UP_MS, stop_fd, &socket_fd, &why);

		/* Why a box has ended is in its report. */
		if (asked < 0)
			return why.kind == ERR_NOT_FOUND ? 1 : err_set(e, why.kind, "%s", why.text);
		if (asked == 1)
			return end_ms ? 1 : err_set(e, ERR_SYSTEM, "the box of the service is not up in time");
		if (!end_ms)
			end_ms = clock_monotonic_ms() + ready_ms;
		if (try_once(socket_fd, door->port, left_until(end_ms), stop_fd) == 0)
			return 0;
		if (poll(&stop, 1, TRY_AGAIN_MS) > 0)
			return err_set(e, ERR_SYSTEM, "interrupted");
		if (left_until(end_ms) == 0)
			return 1;
	}
}

/* --- from this machine ------------------------------------------------------------------------------------------ */

static int listen_on(int *out, int port, struct err *e)
{
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct sockaddr_in at = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = { htonl(INADDR_LOOPBACK) },
	};
	int one = 1;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0)
		return err_errno(e, "cannot make a socket");
	if (bind(fd, (const struct sockaddr *)&at, sizeof(at)) < 0 || listen(fd, SOMAXCONN) < 0)
		return errno == EADDRINUSE ? err_set(e, ERR_CONFLICT, _("port %d of this machine is in use"), port)
					   : err_errno(e, "cannot listen on port %d", port);
	*out = take_fd(&fd);
	return 0;
}

/* We answer as the tester's keeper would have. */
int door_listen_here(struct door *door, int port, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	char said = 'l', control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec part = { &said, 1 };
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	if (listen_on(&fd, port, e) < 0)
		return -1;
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &fd, sizeof(int));
	return sendmsg(door->tester[1], &message, MSG_NOSIGNAL) == 1 ? 0 : err_errno(e, "cannot make a door");
}

/* --- the thread ------------------------------------------------------------------------------------------------- */

static void *relay_thread(void *context)
{
	struct door *door = context;

	door->status = relay_run(&door->relay, &door->counts, &door->e);
	return NULL;
}

int door_start(struct door *door, const struct relay_caps *caps, struct err *e)
{
	sigset_t all, before;
	int failed;

	door->relay = (struct relay){
		.tester_fd = door->tester[0],
		.service_fd = door->service[0],
		.port = door->port,
		.stop_fd = door->stop_fd,
		.caps = *caps,
	};
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&door->thread, NULL, relay_thread, door);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed) {
		errno = failed;
		return err_errno(e, "cannot start a relay");
	}
	door->running = true;
	return 0;
}

static void join(struct door *door)
{
	if (!door->running)
		return;
	eventfd_write(door->stop_fd, 1);
	pthread_join(door->thread, NULL);
	door->running = false;
}

int door_close(struct door *door, struct relay_counts *counts, struct err *e)
{
	join(door);
	*counts = door->counts;
	return door->status < 0 ? err_set(e, door->e.kind, "%s", door->e.text) : 0;
}

void door_free(struct door *door)
{
	if (!door)
		return;
	join(door);
	for (int i = 0; i < 2; i++) {
		close_end(&door->service[i]);
		close_end(&door->tester[i]);
	}
	close_end(&door->stop_fd);
	free(door);
}
