// SPDX-License-Identifier: MIT
/*
 * The keeper is outside the box's pid namespace: nothing inside can name it, so nothing can
 * signal, trace or starve it, although it shares the box's network and, for an ordinary
 * user, even the id. It holds the doors and nothing else.
 */
#include "keeper.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auto.h"
#include "fds.h"
#include "kernel.h"

static int make_listener(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int one = 1;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0 ||
		bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(fd, 128) < 0)
		return -1;
	return take_fd(&fd);
}

static void answer_with(int door, char what, int fd)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} buffer = { 0 };
	struct iovec part = { &what, 1 };
	struct msghdr m = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = buffer.bytes,
		.msg_controllen = sizeof(buffer) };

	CMSG_FIRSTHDR(&m)->cmsg_level = SOL_SOCKET;
	CMSG_FIRSTHDR(&m)->cmsg_type = SCM_RIGHTS;
	CMSG_FIRSTHDR(&m)->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(CMSG_FIRSTHDR(&m)), &fd, sizeof(int));
	sendmsg(door, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void answer_error(int door, const char *why)
{
	char text[128];
	int length = snprintf(text, sizeof(text), "e%s", why);

	send(door, text, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void answer(const struct plan_door *door, char request)
{
	AUTO_CLOSE int fd = -1;

	if (request != 'l' && request != 'c') {
		answer_error(door->fd, "an unknown request");
		return;
	}
	fd = request == 'l' ? make_listener(door->port)
			    : socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		answer_error(door->fd, strerror(errno));
	else
		answer_with(door->fd, request, fd);
}

/* Answers what waits at the door. False when nobody holds its other end any more. */
static bool serve(const struct plan_door *door)
{
	char request;

	for (;;) {
		ssize_t n = recv(door->fd, &request, 1, MSG_DONTWAIT);

		if (n == 1)
			answer(door, request);
		else if (n == 0 || (errno != EAGAIN && errno != EINTR))
			return false;
		else if (errno == EAGAIN)
			return true;
	}
}

static void __attribute__((noreturn)) keep(const struct plan *plan, int ready)
{
	struct pollfd doors[PLAN_MAX_DOORS];

	for (size_t i = 0; i < plan->n_doors; i++) {
		doors[i] = (struct pollfd){ plan->doors[i].fd, POLLIN, 0 };
		serve(&plan->doors[i]);
	}
	if (write(ready, "", 1) != 1)
		_exit(1);
	close(ready);
	for (;;) {
		if (poll(doors, plan->n_doors, -1) < 0 && errno != EINTR)
			_exit(1);
		for (size_t i = 0; i < plan->n_doors; i++)
			if (doors[i].revents && !serve(&plan->doors[i]))
				doors[i].fd = -1;
	}
}

/* Keeps the doors' fds and READY, closes everything else that came with the fork. */
static int close_others(const struct plan *plan, int ready)
{
	int kept[1 + PLAN_MAX_DOORS] = { ready };
	size_t n = 1;
	struct fault f;

	for (size_t i = 0; i < plan->n_doors; i++)
		kept[n++] = plan->doors[i].fd;
	/* No file of ours is among the first three (main.c). */
	return kernel_close_range(0, 2, 0) < 0 ? -1 : fds_keep(kept, n, &f);
}

static void __attribute__((noreturn))
become_keeper(const struct plan *plan, int pidfd, int ready, pid_t parent)
{
	int failure = 0;

	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	if (setns(pidfd, CLONE_NEWUSER | CLONE_NEWNET) < 0)
		failure = errno ? errno : EPERM;
	/* After setns, which changes credentials and thereby forgets it. */
	else if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 || getppid() != parent)
		failure = ECHILD;
	else if (close_others(plan, ready) < 0)
		failure = errno;
	if (failure) {
		ssize_t n = write(ready, &failure, sizeof(failure));

		_exit(n > 0 ? 1 : 2);
	}
	keep(plan, ready);
}

int keeper_start(pid_t *pid, const struct plan *plan, int pidfd, struct fault *f)
{
	AUTO_CLOSE int mine = -1;
	int pipes[2], failure = 0;
	pid_t parent, child;
	ssize_t n;

	*pid = 0;
	if (!plan->n_doors)
		return 0;
	if (pipe2(pipes, O_CLOEXEC) < 0)
		return fault_sys(f, "cannot make a pipe");
	mine = pipes[0];
	parent = getpid();
	child = fork();
	if (child == 0)
		become_keeper(plan, pidfd, pipes[1], parent);
	close(pipes[1]);
	if (child < 0)
		return fault_sys(f, "cannot fork the keeper of the doors");
	n = read(mine, &failure, sizeof(failure));
	if (n == 1) {
		*pid = child;
		return 0;
	}
	keeper_stop(child);
	errno = n == sizeof(failure) ? failure : EPIPE;
	return fault_sys(f, "cannot keep the doors");
}

void keeper_stop(pid_t pid)
{
	if (pid <= 0)
		return;
	/* One that can't be killed dies with us. */
	if (kill(pid, SIGKILL) == 0)
		waitpid(pid, NULL, 0);
}
