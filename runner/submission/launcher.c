// SPDX-License-Identifier: MIT
/*
 * The other side is a program of ours, and is believed nothing all the same: a packet that is no answer to anything we
 * asked makes everything that it might have said doubtful, so the process is killed and all its runs are lost.
 *
 * When the launcher dies, its workers are told to end, and say truthfully that their boxes were ended. So whoever is
 * heard must also be alive: the process is looked at after each packet and before it counts.
 */
#include "submission/launcher.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/spawn.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>

/* --- the protocol: a copy of sandbox/serve_message.h; tests/lint/protocol.sh holds the two equal ------------------ */

enum { SERVE_VERSION = 1 };
enum { SERVE_MAX_BYTES = 65536, SERVE_MAX_ARGS = 2048, SERVE_MAX_FDS = 64, SERVE_FIRST_FD = 3 };

enum serve_kind {
	SERVE_RUN = 1,
	SERVE_PREPARE,
	SERVE_REPORT,
	SERVE_REFUSED,
};

struct serve_header {
	uint16_t version, kind;
	uint32_t id;
	int32_t value;
	uint32_t zero;
};

static_assert((int)LAUNCHER_FIRST_FD == (int)SERVE_FIRST_FD, "descriptors are counted from the same number");
static_assert((int)LAUNCHER_MAX_FDS == (int)SERVE_MAX_FDS, "a request carries as many descriptors");

/* ------------------------------------------------------------------------------------------------------------------ */

/* As many as it has seats; boxes that wait or are taken down have some of them. */
enum { MOST = 64 };

/* A few: they are for what is about to run, one program after the other. */
#define WARM "2"

/* How long the process may take to listen, and to end with all its boxes before it is killed: it gives them up to 10 s
 * itself (END_MS in sandbox/serve.c, twice). */
enum { SEND_MS = 10000, END_MS = 12000 };

enum launched_state { LAUNCHED_NONE, LAUNCHED_RUNNING, LAUNCHED_REPORTED, LAUNCHED_REFUSED, LAUNCHED_LOST };

struct launched {
	enum launched_state state;
	uint32_t id;
	char *text; /* the report, or why it was refused */
	size_t length;
};

struct launcher {
	pid_t pid; /* 0: no process */
	int pid_fd, socket_fd;
	uint32_t last_id;
	struct launched launched[MOST];
	char why[ERR_TEXT_MAX]; /* the last loss */
	char packet[SERVE_MAX_BYTES + 1];
};

int launcher_new(struct launcher **out, struct err *e)
{
	struct launcher *l = mem_new(1, sizeof(*l), e);

	if (!l)
		return -1;
	l->pid_fd = l->socket_fd = -1;
	*out = l;
	return 0;
}

static struct launched *find(struct launcher *l, uint32_t id)
{
	for (size_t i = 0; i < MOST; i++)
		if (l->launched[i].state != LAUNCHED_NONE && l->launched[i].id == id)
			return &l->launched[i];
	return NULL;
}

/* --- the process -------------------------------------------------------------------------------------------------- */

/* Waits until the process has ended, then forgets it; at END_MS it is killed. */
static void bury(struct launcher *l)
{
	int status;

	if (l->pid && spawn_wait(l->pid, END_MS, &status, NULL) != 0) {
		kill(l->pid, SIGKILL);
		spawn_wait(l->pid, -1, &status, NULL);
	}
	if (l->pid_fd >= 0)
		close(l->pid_fd);
	l->pid = 0;
	l->pid_fd = -1;
}

static void close_socket(struct launcher *l)
{
	if (l->socket_fd >= 0)
		close(l->socket_fd);
	l->socket_fd = -1;
}

static void lose(struct launcher *l, const char *why)
{
	snprintf(l->why, sizeof(l->why), "%s", why);
	for (size_t i = 0; i < MOST; i++)
		if (l->launched[i].state == LAUNCHED_RUNNING)
			l->launched[i].state = LAUNCHED_LOST;
	if (l->pid)
		kill(l->pid, SIGKILL);
	close_socket(l);
	bury(l);
}

void launcher_kill(struct launcher *l)
{
	lose(l, _("the launcher of boxes (assay-box --serve) was stuck and had to be killed"));
}

static bool is_dead(const struct launcher *l)
{
	struct pollfd look = { .fd = l->pid_fd, .events = POLLIN };

	return poll(&look, 1, 0) != 0;
}

static void lose_dead(struct launcher *l)
{
	lose(l, _("the launcher of boxes (assay-box --serve) has died"));
}

/* Waits for as long as is sensible if it doesn't listen, which it does all the time. */
static int set_patience(int socket_fd, struct err *e)
{
	const struct timeval patience = { .tv_sec = SEND_MS / 1000 };

	if (setsockopt(socket_fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)) < 0)
		return err_errno(e, _("cannot start the launcher of boxes"));
	return 0;
}

static int start(struct launcher *l, const char *program, struct err *e)
{
	AUTO_CLOSE int ours = -1;
	AUTO_CLOSE int theirs = -1;
	char number[32];
	const char *const argv[] = { program, "--serve", number, "--warm", WARM, NULL };
	const struct spawn what = { .argv = argv, .in = -1, .out = -1, .err = -1, .keep = &theirs, .keep_count = 1 };
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return err_errno(e, _("cannot start the launcher of boxes"));
	ours = pair[0];
	theirs = pair[1];
	snprintf(number, sizeof(number), "fd:%d", theirs);
	if (set_patience(ours, e) < 0 || spawn_start(&what, &l->pid, e) < 0)
		return -1;
	l->pid_fd = (int)syscall(SYS_pidfd_open, l->pid, 0);
	if (l->pid_fd < 0) {
		err_errno(e, _("cannot watch the launcher of boxes"));
		close_socket(l);
		kill(l->pid, SIGKILL);
		bury(l);
		return -1;
	}
	l->socket_fd = take_fd(&ours);
	return 0;
}

void launcher_free(struct launcher *l)
{
	if (!l)
		return;
	close_socket(l);
	bury(l);
	for (size_t i = 0; i < MOST; i++)
		free(l->launched[i].text);
	free(l);
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static size_t length_of(const struct strings *words)
{
	size_t length = 0;

	for (size_t i = 0; i < words->count; i++)
		length += strlen(words->item[i]) + 1;
	return length;
}

bool launcher_fits(const struct strings *words)
{
	return words->count <= SERVE_MAX_ARGS &&
		length_of(words) <= SERVE_MAX_BYTES - sizeof(struct serve_header);
}

static char *join(const struct strings *words, size_t length, struct err *e)
{
	char *text = mem_new(length + 1, 1, e), *at = text;

	for (size_t i = 0; text && i < words->count; i++)
		at = stpcpy(at, words->item[i]) + 1;
	return text;
}

static int send_packet(const struct launcher *l, const struct serve_header *header, char *text, size_t length,
	const struct launch *launch)
{
	union {
		char bytes[CMSG_SPACE(SERVE_MAX_FDS * sizeof(int))];
		struct cmsghdr align;
	} buffer = { 0 };
	struct serve_header first = *header;
	struct iovec parts[] = { { &first, sizeof(first) }, { text, length } };
	struct msghdr m = { .msg_iov = parts, .msg_iovlen = 2 };
	ssize_t n;

	if (launch->fd_count > 0) {
		m.msg_control = buffer.bytes;
		m.msg_controllen = CMSG_SPACE(launch->fd_count * sizeof(int));
		CMSG_FIRSTHDR(&m)->cmsg_level = SOL_SOCKET;
		CMSG_FIRSTHDR(&m)->cmsg_type = SCM_RIGHTS;
		CMSG_FIRSTHDR(&m)->cmsg_len = CMSG_LEN(launch->fd_count * sizeof(int));
		memcpy(CMSG_DATA(CMSG_FIRSTHDR(&m)), launch->fds, launch->fd_count * sizeof(int));
	}
	do
		n = sendmsg(l->socket_fd, &m, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -1 : 0;
}

/* Sends a message of this kind to a process that is alive. */
static int ask(struct launcher *l, const struct serve_header *header, const struct launch *launch, struct err *e)
{
	size_t length = length_of(launch->words);
	AUTO_FREE char *text = join(launch->words, length, e);

	assert(launcher_fits(launch->words) && launch->fd_count <= SERVE_MAX_FDS);
	if (!text)
		return -1;
	if (l->pid && is_dead(l))
		lose_dead(l);
	if (!l->pid && start(l, launch->program, e) < 0)
		return -1;
	if (send_packet(l, header, text, length, launch) == 0)
		return 0;
	err_errno(e, _("cannot ask the launcher of boxes"));
	lose_dead(l);
	return -1;
}

static struct launched *free_seat(struct launcher *l)
{
	for (size_t i = 0; i < MOST; i++)
		if (l->launched[i].state == LAUNCHED_NONE)
			return &l->launched[i];
	return NULL;
}

int launcher_run(struct launcher *l, uint32_t *id, const struct launch *launch, struct err *e)
{
	struct launched *seat = free_seat(l);
	uint32_t number = l->last_id + 1;
	const struct serve_header header = { .version = SERVE_VERSION, .kind = SERVE_RUN, .id = number };

	if (!seat)
		return err_set(e, ERR_LIMIT, _("more than %d programs at a time"), MOST);
	l->last_id = number;
	if (ask(l, &header, launch, e) < 0)
		return -1;
	*seat = (struct launched){ .state = LAUNCHED_RUNNING, .id = number };
	*id = number;
	return 0;
}

void launcher_prepare(struct launcher *l, const struct launch *launch, size_t runs)
{
	/* A number without a seat: if it is refused, nobody listens. */
	const struct serve_header header = { .version = SERVE_VERSION, .kind = SERVE_PREPARE, .id = ++l->last_id,
		.value = runs < INT32_MAX ? (int32_t)runs : 0 };

	ask(l, &header, launch, NULL);
}

/* --- listening ---------------------------------------------------------------------------------------------------- */

/* Whether it answers something that we asked. A second answer may come when a worker died after the first. */
static bool is_answer(const struct launcher *l, const struct serve_header *header)
{
	return header->version == SERVE_VERSION && header->zero == 0 &&
		(header->kind == SERVE_REPORT || header->kind == SERVE_REFUSED) && header->id > 0 &&
		header->id <= l->last_id;
}

static void take_answer(struct launcher *l, const struct serve_header *header, const char *text, size_t length)
{
	struct launched *seat = find(l, header->id);

	if (!seat || seat->state != LAUNCHED_RUNNING)
		return;
	seat->text = mem_new(length + 1, 1, NULL);
	if (!seat->text) {
		snprintf(l->why, sizeof(l->why), "%s", _("there was no memory for the report of a box"));
		seat->state = LAUNCHED_LOST;
		return;
	}
	memcpy(seat->text, text, length);
	seat->length = length;
	seat->state = header->kind == SERVE_REPORT ? LAUNCHED_REPORTED : LAUNCHED_REFUSED;
}

/* Takes one packet that has come, or sees that none will. */
static void hear(struct launcher *l)
{
	struct serve_header header = { 0 };
	ssize_t n = recv(l->socket_fd, l->packet, sizeof(l->packet), MSG_DONTWAIT);

	if (is_dead(l) || n == 0) {
		lose_dead(l);
		return;
	}
	if (n < 0) {
		if (errno != EAGAIN && errno != EINTR)
			lose_dead(l);
		return;
	}
	if ((size_t)n >= sizeof(header))
		memcpy(&header, l->packet, sizeof(header));
	if (n > SERVE_MAX_BYTES || !is_answer(l, &header)) {
		lose(l, _("the launcher of boxes (assay-box --serve) sent something that is no answer"));
		return;
	}
	take_answer(l, &header, l->packet + sizeof(header), (size_t)n - sizeof(header));
	explicit_bzero(l->packet, (size_t)n);
}

int launcher_news_fd(const struct launcher *l)
{
	return l->socket_fd;
}

int launcher_wait(struct launcher *l, uint32_t id, int64_t timeout_ms, int stop_fd, struct err *e)
{
	int64_t end_ms = clock_monotonic_ms() + timeout_ms;
	const struct launched *seat = find(l, id);

	assert(seat);
	while (seat->state == LAUNCHED_RUNNING) {
		struct pollfd wait[3] = { { .fd = l->socket_fd, .events = POLLIN },
			{ .fd = l->pid_fd, .events = POLLIN }, { .fd = stop_fd, .events = POLLIN } };
		int64_t left = timeout_ms < 0 ? -1 : end_ms - clock_monotonic_ms();
		int ready = poll(wait, 3, timeout_ms < 0 ? -1 : left > INT_MAX ? INT_MAX : left > 0 ? (int)left : 0);

		if (ready < 0 && errno != EINTR)
			return err_errno(e, _("cannot wait for a box"));
		if (ready > 0 && (wait[0].revents || wait[1].revents))
			hear(l);
		else if (ready > 0)
			return err_set(e, ERR_SYSTEM, "interrupted");
		else if (ready == 0)
			return 1;
	}
	return 0;
}

int launcher_report(const struct launcher *l, uint32_t id, const char **report, size_t *size, struct err *e)
{
	const struct launched *seat = find((struct launcher *)l, id);

	assert(seat && seat->state != LAUNCHED_RUNNING);
	if (seat->state == LAUNCHED_LOST)
		return err_set(e, ERR_SYSTEM, "%s", l->why);
	if (seat->state == LAUNCHED_REFUSED)
		return err_set(e, ERR_SYSTEM, _("assay-box has nothing to report of a program: %s"), seat->text);
	*report = seat->text;
	*size = seat->length;
	return 0;
}

void launcher_forget(struct launcher *l, uint32_t id)
{
	struct launched *seat = find(l, id);

	if (!seat)
		return;
	assert(seat->state != LAUNCHED_RUNNING);
	free(seat->text);
	*seat = (struct launched){ 0 };
}
