// SPDX-License-Identifier: MIT
/*
 * Reading and writing packets of --serve. A message is believed as far as a command line is: its
 * words go through the same table and the same look at the whole, and fds are known by their
 * place in the packet only, so that no word can name a file of the launcher's own.
 */
#include "serve_message.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "options.h"

int serve_message_parse(struct serve_message *message, char *bytes, size_t length, struct fault *f)
{
	memset(message, 0, sizeof(*message));
	if (length < sizeof(message->header))
		return fault_set(f, "a message of %zu bytes is too short", length);
	memcpy(&message->header, bytes, sizeof(message->header));
	if (message->header.version != SERVE_VERSION)
		return fault_set(f, "version %u is spoken here, not %u", SERVE_VERSION,
			message->header.version);
	message->text = bytes + sizeof(message->header);
	message->length = length - sizeof(message->header);
	if (message->header.kind != SERVE_RUN && message->header.kind != SERVE_PREPARE)
		return fault_set(f, "nobody asks for kind %u", message->header.kind);
	if (message->header.value < 0 || message->header.zero ||
		(message->header.value && message->header.kind != SERVE_PREPARE))
		return fault_set(f, "a request has no value, but for how many runs to prepare");
	if (message->length && message->text[message->length - 1])
		return fault_set(f, "the last word has no end");
	return 0;
}

/* Turns a number of the packet into the fd that stands there. */
static int place(int *fd, const int *fds, size_t n_fds, struct fault *f)
{
	if (*fd < 0)
		return 0;
	if (*fd < SERVE_FIRST_FD || (size_t)(*fd - SERVE_FIRST_FD) >= n_fds)
		return fault_set(f, "fd:%d didn't come with the message", *fd);
	*fd = fds[*fd - SERVE_FIRST_FD];
	return 0;
}

static int place_fds(struct plan *plan, const int *fds, size_t n_fds, struct fault *f)
{
	if (place(&plan->image_fd, fds, n_fds, f) < 0 || place(&plan->in.fd, fds, n_fds, f) < 0 ||
		place(&plan->out.fd, fds, n_fds, f) < 0 ||
		place(&plan->err.fd, fds, n_fds, f) < 0 ||
		place(&plan->lifeline_fd, fds, n_fds, f) < 0)
		return -1;
	for (size_t i = 0; i < plan->n_collect; i++)
		if (place(&plan->collect[i].to.fd, fds, n_fds, f) < 0)
			return -1;
	for (size_t i = 0; i < plan->n_snapshot; i++)
		if (place(&plan->snapshot[i].fd, fds, n_fds, f) < 0)
			return -1;
	for (size_t i = 0; i < plan->n_doors; i++)
		if (place(&plan->doors[i].fd, fds, n_fds, f) < 0)
			return -1;
	for (size_t i = 0; i < plan->n_channels; i++)
		if (place(&plan->channels[i].fd, fds, n_fds, f) < 0)
			return -1;
	return 0;
}

/* What is a matter of the command line alone, and streams that would be the launcher's own. */
static int settle(struct plan *plan, struct fault *f)
{
	static const char null[] = "/dev/null";

	if (plan->report.file || plan->report.fd >= 0)
		return fault_set(f, "--report: the report is the answer");
	if (plan->serve_fd >= 0 || plan->check || plan->help || plan->print_plan)
		return fault_set(f, "a launcher runs programs and does nothing else");
	if (!plan->in.file && plan->in.fd < 0)
		plan->in.file = null;
	if (!plan->out.file && plan->out.fd < 0)
		plan->out.file = null;
	if (!plan->err.file && plan->err.fd < 0)
		plan->err.file = null;
	return 0;
}

int serve_message_plan(struct plan *plan, const struct serve_message *message, char **argv,
	const int *fds, size_t n_fds, struct fault *f)
{
	static char name[] = "assay-box";
	int argc = 0;

	argv[argc++] = name;
	for (size_t at = 0; at < message->length; at += strlen(message->text + at) + 1) {
		if (argc > SERVE_MAX_ARGS)
			return fault_set(f, "more than %d words", SERVE_MAX_ARGS);
		argv[argc++] = message->text + at;
	}
	argv[argc] = NULL;
	plan_init(plan);
	if (options_parse(plan, argc, argv, f) < 0 || settle(plan, f) < 0 ||
		place_fds(plan, fds, n_fds, f) < 0)
		return -1;
	return plan_check(plan, f);
}

union fd_buffer {
	char bytes[CMSG_SPACE(SERVE_MAX_FDS * sizeof(int))];
	struct cmsghdr align;
};

static int send_packet(int socket, const struct serve_header *header, const char *text, size_t length,
	const int *fds, size_t n_fds, int flags)
{
	struct iovec parts[] = { { (void *)header, sizeof(*header) }, { (void *)text, length } };
	struct msghdr m = { .msg_iov = parts, .msg_iovlen = 2 };
	union fd_buffer buffer;

	if (n_fds > SERVE_MAX_FDS || length > SERVE_MAX_BYTES - sizeof(*header)) {
		errno = EMSGSIZE;
		return -1;
	}
	if (n_fds) {
		memset(&buffer, 0, sizeof(buffer));
		m.msg_control = buffer.bytes;
		m.msg_controllen = CMSG_SPACE(n_fds * sizeof(int));
		CMSG_FIRSTHDR(&m)->cmsg_level = SOL_SOCKET;
		CMSG_FIRSTHDR(&m)->cmsg_type = SCM_RIGHTS;
		CMSG_FIRSTHDR(&m)->cmsg_len = CMSG_LEN(n_fds * sizeof(int));
		memcpy(CMSG_DATA(CMSG_FIRSTHDR(&m)), fds, n_fds * sizeof(int));
	}
	return sendmsg(socket, &m, MSG_NOSIGNAL | flags) < 0 ? -1 : 0;
}

int serve_send(int socket, const struct serve_header *header, const char *text, size_t length,
	const int *fds, size_t n_fds)
{
	return send_packet(socket, header, text, length, fds, n_fds, 0);
}

int serve_answer(int client, const struct serve_header *header, const char *text, size_t length,
	const int ends[2])
{
	struct pollfd polls[] = { { client, POLLOUT, 0 }, { ends[0], POLLIN, 0 }, { ends[1], POLLIN, 0 } };

	while (send_packet(client, header, text, length, NULL, 0, MSG_DONTWAIT) < 0) {
		if (errno != EAGAIN || (poll(polls, 3, -1) < 0 && errno != EINTR))
			return -1;
		if (polls[1].revents || polls[2].revents)
			return -1;
	}
	return 0;
}

static void take_fds(struct msghdr *m, struct serve_packet *packet)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		size_t here = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i < here && packet->n_fds < SERVE_MAX_FDS; i++)
			memcpy(&packet->fds[packet->n_fds++], CMSG_DATA(c) + i * sizeof(int),
				sizeof(int));
	}
}

int serve_receive(int socket, struct serve_packet *packet)
{
	struct iovec part = { packet->bytes, sizeof(packet->bytes) };
	union fd_buffer buffer;
	struct msghdr m = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = buffer.bytes,
		.msg_controllen = sizeof(buffer) };
	ssize_t n;

	packet->n_fds = packet->length = 0;
	do
		n = recvmsg(socket, &m, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -1;
	take_fds(&m, packet);
	packet->length = (size_t)n;
	packet->is_cut = (m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0;
	if (n == 0 && packet->n_fds == 0) {
		errno = ECONNRESET;
		return -1;
	}
	return 0;
}

void serve_packet_wipe(struct serve_packet *packet)
{
	for (size_t i = 0; i < packet->n_fds; i++)
		close(packet->fds[i]);
	explicit_bzero(packet->bytes, packet->length);
	packet->n_fds = packet->length = 0;
}
