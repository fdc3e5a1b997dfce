// SPDX-License-Identifier: MIT
/*
 * Two flows, each a socket pair on either side of a buffer. A flow reads only while its buffer has room, so a side that
 * doesn't read slows the other one, as a pipe would; how much there can be in all is bounded by the limits on output of
 * the boxes. Sockets, because writing to one that is closed can be told to send no signal.
 *
 * The program's flow goes first in each turn and is read as far as there is something: when both have ended, it is known
 * who ended before the other's end could have been heard of.
 */
#include "submission/exchange.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

enum { BUFFER = 64 << 10, HEAD = 4 << 10, TAIL = 4 << 10, MOST_TURNS = 16 };

/* From one program to the other. Pairs: ours, theirs. */
struct flow {
	int from[2], to[2];
	char mark; /* of its lines in the transcript */
	bool ended; /* nothing more comes */
	bool is_passed_on; /* its end may be told to the reader */
	size_t start, end;
	char bytes[BUFFER];
};

struct exchange {
	struct flow up, down; /* program to judge, judge to program */
	char speaker; /* the mark of who spoke last; 0: nobody */
	bool in_line; /* in the middle of a line */
	size_t head_length;
	uint64_t more; /* bytes behind the head; the last TAIL of them are in tail, a ring */
	char head[HEAD], tail[TAIL];
};

/* --- ends ------------------------------------------------------------------------------------------------------- */

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void flow_init(struct flow *flow, char mark)
{
	flow->from[0] = flow->from[1] = flow->to[0] = flow->to[1] = -1;
	flow->mark = mark;
}

static int flow_open(struct flow *flow)
{
	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, flow->from) < 0 ||
			socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, flow->to) < 0 ? -1 : 0;
}

static void flow_close(struct flow *flow)
{
	close_end(&flow->from[0]);
	close_end(&flow->to[0]);
	flow->ended = true;
	flow->start = flow->end = 0;
}

int exchange_open(struct exchange **out, struct err *e)
{
	struct exchange *x = mem_new(1, sizeof(*x), e);

	if (!x)
		return -1;
	flow_init(&x->up, '<');
	flow_init(&x->down, '>');
	x->up.is_passed_on = true;
	if (flow_open(&x->up) < 0 || flow_open(&x->down) < 0) {
		err_errno(e, _("cannot join two boxes"));
		exchange_free(x);
		return -1;
	}
	*out = x;
	return 0;
}

struct exchange_ends exchange_ends(const struct exchange *x)
{
	return (struct exchange_ends){
		.judge_in = x->up.to[1],
		.judge_out = x->down.from[1],
		.program_in = x->down.to[1],
		.program_out = x->up.from[1],
	};
}

void exchange_lent(struct exchange *x)
{
	close_end(&x->up.from[1]);
	close_end(&x->up.to[1]);
	close_end(&x->down.from[1]);
	close_end(&x->down.to[1]);
}

void exchange_free(struct exchange *x)
{
	if (!x)
		return;
	exchange_lent(x);
	flow_close(&x->up);
	flow_close(&x->down);
	free(x);
}

void exchange_end_input(struct exchange *x)
{
	x->down.is_passed_on = true;
}

void exchange_leave_program(struct exchange *x)
{
	close_end(&x->up.from[0]);
	x->up.ended = true;
	close_end(&x->down.to[0]);
}

bool exchange_program_ended(const struct exchange *x)
{
	return x->up.ended;
}

bool exchange_judge_ended(const struct exchange *x)
{
	return x->down.ended;
}

/* --- the transcript --------------------------------------------------------------------------------------------- */

static void keep(struct exchange *x, char c)
{
	if (x->head_length < HEAD)
		x->head[x->head_length++] = c;
	else
		x->tail[x->more++ % TAIL] = c;
}

static void write_down(struct exchange *x, char mark, const char *bytes, size_t length)
{
	if (x->in_line && x->speaker != mark) {
		keep(x, '\n');
		x->in_line = false;
	}
	x->speaker = mark;
	for (size_t i = 0; i < length; i++) {
		if (!x->in_line) {
			keep(x, mark);
			keep(x, ' ');
		}
		keep(x, bytes[i]);
		x->in_line = bytes[i] != '\n';
	}
}

int exchange_transcript(const struct exchange *x, char **out, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	size_t kept = x->more < TAIL ? (size_t)x->more : TAIL, at = x->more < TAIL ? 0 : (size_t)(x->more % TAIL);
	char last[TAIL];

	if (x->head_length == 0) {
		*out = NULL;
		return 0;
	}
	for (size_t i = 0; i < kept; i++)
		last[i] = x->tail[(at + i) % TAIL];
	text_add_clean(&t, x->head, x->head_length);
	if (x->more > kept)
		text_addf(&t, _("\n[%llu bytes are left out here]\n"), (unsigned long long)(x->more - kept));
	text_add_clean(&t, last, kept);
	return text_take(&t, out, e);
}

/* --- carrying --------------------------------------------------------------------------------------------------- */

/* Reads what is there, as far as there is room. A connection that breaks is at its end. True if something came. */
static bool flow_read(struct exchange *x, struct flow *flow)
{
	bool any = false;

	while (!flow->ended && flow->end < BUFFER) {
		ssize_t n = recv(flow->from[0], flow->bytes + flow->end, BUFFER - flow->end, MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return any;
		any = true;
		if (n <= 0) {
			flow->ended = true;
			close_end(&flow->from[0]);
			return any;
		}
		write_down(x, flow->mark, flow->bytes + flow->end, (size_t)n);
		flow->end += (size_t)n;
	}
	return any;
}

/* Writes what can be; drops it when nobody reads. */
static bool flow_write(struct flow *flow)
{
	bool any = false;

	while (flow->start < flow->end) {
		ssize_t n = flow->to[0] < 0 ? -1 : send(flow->to[0], flow->bytes + flow->start, flow->end - flow->start,
							   MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && flow->to[0] >= 0 && errno == EINTR)
			continue;
		if (n < 0 && flow->to[0] >= 0 && errno == EAGAIN)
			break;
		any = true;
		if (n < 0) {
			close_end(&flow->to[0]);
			flow->start = flow->end;
		} else {
			flow->start += (size_t)n;
		}
	}
	if (flow->start == flow->end)
		flow->start = flow->end = 0;
	if (flow->ended && flow->is_passed_on && flow->end == 0)
		close_end(&flow->to[0]);
	return any;
}

static bool flow_carry(struct exchange *x, struct flow *flow)
{
	int turns = 0;

	/* A few, so that one loud side doesn't keep us from the other and from the clock. */
	for (; turns < MOST_TURNS; turns++) {
		bool has_read = flow_read(x, flow), has_written = flow_write(flow);

		if (!has_read && !has_written)
			break;
	}
	return turns > 0;
}

/* What it waits for; poll takes no notice of a descriptor of -1. */
static void flow_poll(const struct flow *flow, struct pollfd polls[2])
{
	bool is_full = flow->start < flow->end;

	polls[0] = (struct pollfd){ .fd = flow->ended || flow->end == BUFFER ? -1 : flow->from[0], .events = POLLIN };
	polls[1] = (struct pollfd){ .fd = is_full ? flow->to[0] : -1, .events = POLLOUT };
}

int exchange_carry(struct exchange *x, int news_fd, int stop_fd, int64_t timeout_ms, struct err *e)
{
	struct pollfd polls[6] = { { .fd = news_fd, .events = POLLIN }, { .fd = stop_fd, .events = POLLIN } };
	bool any = flow_carry(x, &x->up);

	if (flow_carry(x, &x->down) || any)
		return 0;
	flow_poll(&x->up, polls + 2);
	flow_poll(&x->down, polls + 4);
	if (poll(polls, 6, (int)timeout_ms) < 0 && errno != EINTR)
		return err_errno(e, _("cannot join two boxes"));
	return 0;
}
