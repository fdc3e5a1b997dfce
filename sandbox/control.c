// SPDX-License-Identifier: MIT
/* Messages between the supervisor and pid 1; see control.h. */
#include "control.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union fd_buffer {
	char bytes[CMSG_SPACE(CONTROL_MAX_FDS * sizeof(int))];
	struct cmsghdr align;
};

int control_send(int socket, const struct control_message *message, const int *fds, size_t count)
{
	union fd_buffer buffer;
	struct iovec part = { (void *)message, sizeof(*message) };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };

	if (count > CONTROL_MAX_FDS) {
		errno = EINVAL;
		return -1;
	}
	if (count) {
		memset(&buffer, 0, sizeof(buffer));
		m.msg_control = buffer.bytes;
		m.msg_controllen = CMSG_SPACE(count * sizeof(int));
		CMSG_FIRSTHDR(&m)->cmsg_level = SOL_SOCKET;
		CMSG_FIRSTHDR(&m)->cmsg_type = SCM_RIGHTS;
		CMSG_FIRSTHDR(&m)->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(CMSG_FIRSTHDR(&m)), fds, count * sizeof(int));
	}
	return sendmsg(socket, &m, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

/* Keeps the fds that came, or closes them if nobody wants them. */
static void take_fds(struct msghdr *m, int *fds, size_t *count)
{
	size_t n = 0;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		size_t here = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i < here; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof(int));
			if (fds && n < CONTROL_MAX_FDS)
				fds[n++] = fd;
			else
				close(fd);
		}
	}
	if (count)
		*count = n;
}

int control_receive(int socket, struct control_message *message, int *fds, size_t *count)
{
	union fd_buffer buffer;
	struct iovec part = { message, sizeof(*message) };
	struct msghdr m = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = buffer.bytes,
		.msg_controllen = sizeof(buffer) };
	bool was_reset = false;
	ssize_t n;

	for (;;) {
		n = recvmsg(socket, &m, MSG_CMSG_CLOEXEC);
		if (n >= 0 || (errno != EINTR && (errno != ECONNRESET || was_reset)))
			break;
		/* It died with something of ours unread, which is told before what it had said itself. */
		was_reset |= errno == ECONNRESET;
	}
	if (n >= 0)
		take_fds(&m, fds, count);
	if (n == sizeof(*message)) {
		message->text[sizeof(message->text) - 1] = '\0';
		return 0;
	}
	if (n >= 0)
		errno = n == 0 ? ECONNRESET : EPROTO;
	return -1;
}
