// SPDX-License-Identifier: MIT
/*
 * Small pieces: a terminal that was stopped (Ctrl-S) and a pager that waits must not keep Ctrl-C from being heard, so
 * nothing is written before poll says that there is room. A terminal says so when it has any, and then keeps whoever
 * gives it more; and others may take the room meanwhile. Not to wait is a property of the open file, which we mustn't
 * change for others: we open it once more for ourselves. Where that isn't permitted we write no more than a pipe takes
 * in one piece.
 */
#include "submission/trial_pump.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- out -------------------------------------------------------------------------------------------------------- */

static int make_pipe(int pipe_fds[2], struct err *e)
{
	return pipe2(pipe_fds, O_CLOEXEC) < 0 ? err_errno(e, "cannot make a pipe") : 0;
}

static void do_not_wait(int fd)
{
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* What can keep its writers. */
static int open_again(int to)
{
	char path[32];
	struct stat st;

	if (to < 0 || fstat(to, &st) < 0 || !(S_ISCHR(st.st_mode) || S_ISFIFO(st.st_mode)))
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", to);
	return open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

int pump_out_open(struct pump_out *out, int *theirs, int to, struct err *e)
{
	int fds[2];

	if (make_pipe(fds, e) < 0)
		return -1;
	do_not_wait(fds[0]);
	*out = (struct pump_out){ .from = fds[0], .to = to, .again = open_again(to), .is_terminal = to >= 0 && isatty(to) };
	*theirs = fds[1];
	return 0;
}

static void pass_on(struct pump_out *out, const char *bytes, size_t size, int stop_fd)
{
	int to = out->again >= 0 ? out->again : out->to;

	while (size > 0 && !out->broken) {
		struct pollfd wait[2] = { { .fd = to, .events = POLLOUT }, { .fd = stop_fd, .events = POLLIN } };
		ssize_t n;

		if (poll(wait, 2, -1) < 0 && errno != EINTR)
			out->broken = errno;
		if (wait[1].revents && !wait[0].revents)
			return;
		if (!wait[0].revents)
			continue;
		n = write(to, bytes, size < PIPE_BUF ? size : PIPE_BUF);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			out->broken = errno;
		if (n > 0) {
			bytes += n;
			size -= (size_t)n;
		}
	}
}

/* How many bytes at the end are the beginning of a character: at most three. */
static size_t count_begun(const char *bytes, size_t size)
{
	for (size_t back = 1; back <= 3 && back <= size; back++) {
		unsigned char byte = (unsigned char)bytes[size - back];
		size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;

		if (byte < 0x80)
			return 0;
		if (length > 1)
			return length > back ? back : 0;
	}
	return 0;
}

/* A carriage return would let a line be written over: it ends one. */
static void end_lines(struct pump_out *out, char *bytes, size_t *size)
{
	size_t kept = 0;

	for (size_t i = 0; i < *size; i++) {
		bool was = out->after_return;

		out->after_return = bytes[i] == '\r';
		if (was && bytes[i] == '\n')
			continue;
		bytes[kept++] = bytes[i] == '\r' ? '\n' : bytes[i];
	}
	*size = kept;
}

static void show(struct pump_out *out, char *bytes, size_t size, bool last, int stop_fd)
{
	AUTO_TEXT struct text clean = { 0 }, shown = { 0 };
	size_t begun = last ? 0 : count_begun(bytes, size);

	memcpy(out->begun, bytes + size - begun, begun);
	out->begun_size = begun;
	size -= begun;
	end_lines(out, bytes, &size);
	text_add_clean(&clean, bytes, size);
	text_add_visible(&shown, text_bytes(&clean), false);
	pass_on(out, text_bytes(&shown), shown.length, stop_fd);
}

void pump_out_carry(struct pump_out *out, int stop_fd)
{
	char bytes[sizeof(out->begun) + 16384];
	ssize_t n;

	if (out->from < 0)
		return;
	memcpy(bytes, out->begun, out->begun_size);
	n = read(out->from, bytes + out->begun_size, sizeof(bytes) - sizeof(out->begun));
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		if (out->begun_size)
			show(out, bytes, out->begun_size, true, stop_fd);
		close(out->from);
		out->from = -1;
	} else if (out->to < 0) {
		text_add_bytes(&out->kept, bytes, (size_t)n);
	} else if (out->is_terminal) {
		show(out, bytes, out->begun_size + (size_t)n, false, stop_fd);
	} else {
		pass_on(out, bytes, (size_t)n, stop_fd);
	}
}

void pump_out_done(struct pump_out *out)
{
	if (out->from >= 0)
		close(out->from);
	if (out->again >= 0)
		close(out->again);
	text_done(&out->kept);
	*out = (struct pump_out){ .from = -1, .to = -1, .again = -1 };
}

/* --- in --------------------------------------------------------------------------------------------------------- */

int pump_in_open(struct pump_in *in, int *theirs, int from, struct err *e)
{
	int fds[2];

	if (make_pipe(fds, e) < 0)
		return -1;
	do_not_wait(fds[1]);
	*in = (struct pump_in){ .from = from, .to = fds[1], .is_terminal = isatty(from) };
	*theirs = fds[0];
	return 0;
}

static void end_input(struct pump_in *in)
{
	if (in->to >= 0)
		close(in->to);
	in->to = -1;
}

/* Who reads a terminal in the background is stopped for it. */
static bool may_read(const struct pump_in *in)
{
	return !in->is_terminal || tcgetpgrp(in->from) == getpgrp();
}

int pump_in_wants(const struct pump_in *in, short *events)
{
	if (in->to < 0)
		return -1;
	if (in->start < in->end) {
		*events = POLLOUT;
		return in->to;
	}
	*events = POLLIN;
	return may_read(in) ? in->from : -1;
}

void pump_in_carry(struct pump_in *in)
{
	ssize_t n;

	if (in->to < 0)
		return;
	if (in->start == in->end && !in->ended && may_read(in)) {
		n = read(in->from, in->bytes, sizeof(in->bytes));
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		in->ended = n <= 0;
		in->start = 0;
		in->end = n > 0 ? (size_t)n : 0;
	}
	if (in->start < in->end) {
		n = write(in->to, in->bytes + in->start, in->end - in->start);
		if (n > 0)
			in->start += (size_t)n;
		else if (errno != EAGAIN && errno != EINTR)
			end_input(in);
	}
	if (in->ended && in->start == in->end)
		end_input(in);
}

void pump_in_done(struct pump_in *in)
{
	end_input(in);
}
