// SPDX-License-Identifier: MIT
/*
 * Bytes up to the limit pass as they come (the head); behind it only the last ones of each
 * stream are kept (the tail) and all are counted, so that what a flood looked like can still be
 * told. The supervisor then ends the box.
 *
 * Pipes and terminals may be shared, so that whoever else has them takes the room that poll has just
 * seen, and a terminal has room for less than it is given. Not to wait is a property of the open file, which we
 * mustn't change for others: we open it once more for ourselves. Where that isn't permitted (a terminal
 * of somebody else's), we write after poll said so and never more than PIPE_BUF.
 *
 * Two boxes may be joined, and each waits for the other's end of file: so a pipe or socket that
 * the plan gives us for one stream alone is closed as soon as that stream is over.
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

/* Nothing comes from /dev/null, and what goes there is counted and dropped: it need not be opened for that. */
static bool leads_nowhere(const struct plan_stream *where)
{
	return where->file && strcmp(where->file, "/dev/null") == 0;
}

static int open_stream(struct stream *s, const struct plan *plan, const struct plan_stream *where, int inherited,
	int flags, struct fault *f)
{
	int fd = where->fd >= 0 ? where->fd : inherited;
	bool is_ours = where->fd >= 0 && plan_gives_away(plan, fd);

	if (leads_nowhere(where))
		return 0;
	if (where->file) {
		fd = openat(AT_FDCWD, where->file, flags | O_CLOEXEC | O_NOCTTY, 0644);
		if (fd < 0)
			return fault_sys(f, "cannot open %s", where->file);
		is_ours = true;
	}
	if (s->is_output) {
		s->to = fd;
		s->owns_to = is_ours;
	} else {
		s->from = fd;
		s->owns_from = is_ours;
	}
	return 0;
}

/* The master of a terminal, if it is opened again, is another terminal's. */
static bool may_be_shared(int fd, const struct stat *st)
{
	int number;

	return S_ISFIFO(st->st_mode) || (S_ISCHR(st->st_mode) && isatty(fd) && ioctl(fd, TIOCGPTN, &number) < 0);
}

static void open_again(int *fd, bool *is_ours, int flags)
{
	char link[32];
	int again;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", *fd);
	again = kernel_open(link, flags | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (again < 0)
		return;
	if (*is_ours)
		close(*fd);
	*fd = again;
	*is_ours = true;
}

/* The end that isn't a pipe of ours. */
static int look_at(struct stream *s, struct fault *f)
{
	int *end = s->is_output ? &s->to : &s->from;
	struct stat st;

	if (*end < 0)
		return 0;
	if (fstat(*end, &st) < 0) {
		if (errno != EBADF)
			return fault_sys(f, "cannot look at a stream");
		*end = -1; /* a closed standard output of ours: count and drop */
		return 0;
	}
	s->to_is_regular = s->is_output && S_ISREG(st.st_mode);
	if (may_be_shared(*end, &st))
		open_again(end, s->is_output ? &s->owns_to : &s->owns_from, s->is_output ? O_WRONLY : O_RDONLY);
	return 0;
}

static void give_buffers(struct output *output)
{
	struct stream *streams[] = { &output->in, &output->out, &output->err };

	for (size_t i = 0; i < 3; i++) {
		streams[i]->buffer = output->memory[i];
		streams[i]->tail = output->memory[i] + STREAM_BUFFER;
	}
}

static void close_from(struct stream *s)
{
	if (s->owns_from && s->from >= 0)
		close(s->from);
	s->from = -1;
}

static void close_to(struct stream *s)
{
	if (s->owns_to && s->to >= 0)
		close(s->to);
	s->to = -1;
	s->begin = s->end = 0;
}

/* A stream is over when nothing more comes and nothing waits, not even a tail: whoever reads it then sees its end. */
static void end_stream(struct stream *s)
{
	if ((!s->is_output || s->owns_to) && !s->omitted && s->from < 0 && s->begin == s->end)
		close_to(s);
}

int output_open(
	struct output *output, const struct plan *plan, int in, int out, int err, struct fault *f)
{
	memset(output, 0, offsetof(struct output, memory));
	output->limit = (uint64_t)plan->limits.output_kib << 10;
	output->in.to = in;
	output->in.from = -1;
	output->in.owns_to = true;
	output->out.from = out;
	output->err.from = err;
	output->out.to = output->err.to = -1;
	output->out.is_output = output->err.is_output = true;
	give_buffers(output);
	if (open_stream(&output->in, plan, &plan->in, 0, O_RDONLY, f) < 0 ||
		open_stream(&output->out, plan, &plan->out, 1, O_WRONLY | O_CREAT | O_TRUNC, f) < 0 ||
		open_stream(&output->err, plan, &plan->err, 2, O_WRONLY | O_CREAT | O_TRUNC, f) < 0)
		return -1;
	if (look_at(&output->in, f) < 0 || look_at(&output->out, f) < 0 || look_at(&output->err, f) < 0)
		return -1;
	/* Where nothing comes from, nothing will wake us up to say so. */
	end_stream(&output->in);
	return 0;
}

size_t output_polls(const struct output *output, struct pollfd *polls)
{
	const struct stream *streams[] = { &output->in, &output->out, &output->err };
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		const struct stream *s = streams[i];

		if (s->begin < s->end && s->to >= 0)
			polls[n++] = (struct pollfd){ s->to, POLLOUT, 0 };
		else if (s->from >= 0 && (s->is_output || s->to >= 0))
			polls[n++] = (struct pollfd){ s->from, POLLIN, 0 };
	}
	return n;
}

static bool is_ready(int fd, short what)
{
	struct pollfd one = { fd, what, 0 };

	return poll(&one, 1, 0) > 0 && (one.revents & (what | POLLHUP | POLLERR));
}

/* Whether the reader went away; a socket says so in two ways. */
static bool is_gone(int error)
{
	return error == EPIPE || error == ECONNRESET;
}

/* Writes a piece of what waits. False if that isn't possible now. */
static bool push(struct stream *s)
{
	size_t length = s->end - s->begin;
	ssize_t n;

	if (!length || s->to < 0)
		return false;
	if (!s->to_is_regular) {
		if (!is_ready(s->to, POLLOUT))
			return false;
		if (s->is_output && length > PIPE_BUF)
			length = PIPE_BUF;
	}
	n = write(s->to, s->buffer + s->begin, length);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n < 0) {
		s->failed = s->is_output && !is_gone(errno) ? errno : 0;
		close_to(s);
		if (!s->is_output)
			close_from(s);
	} else if ((s->begin += (size_t)n) == s->end)
		s->begin = s->end = 0;
	return n > 0;
}

static void keep_tail(struct stream *s, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		s->tail[(s->omitted + i) % STREAM_TAIL] = bytes[i];
	s->omitted += length;
}

/* Counts what was just read and lets only the head of it through. */
static void count(struct output *output, struct stream *s, size_t n)
{
	uint64_t room = output->seen < output->limit ? output->limit - output->seen : 0;
	size_t head = n < room ? n : (size_t)room;

	output->seen += n;
	if (head < n)
		keep_tail(s, s->buffer + head, n - head);
	if (s->to >= 0)
		s->end = head;
}

/* Reads a piece into the empty buffer. False if nothing came. */
static bool pull(struct output *output, struct stream *s)
{
	ssize_t n;

	if (s->from < 0 || s->begin < s->end || (!s->is_output && s->to < 0))
		return false;
	if (!s->is_output && !is_ready(s->from, POLLIN))
		return false;
	n = read(s->from, s->buffer, STREAM_BUFFER);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {
		if (n < 0 && s->is_output)
			s->failed = errno;
		close_from(s);
		return false;
	}
	if (s->is_output)
		count(output, s, (size_t)n);
	else
		s->end = (size_t)n;
	return true;
}

/* A few pieces a time, so that one loud stream doesn't starve the clock. */
static void move(struct output *output, struct stream *s)
{
	for (int pieces = 0; pieces < 32; pieces++)
		if (!push(s) && !pull(output, s))
			break;
	end_stream(s);
}

bool output_pump(struct output *output)
{
	move(output, &output->in);
	move(output, &output->out);
	move(output, &output->err);
	return output->seen > output->limit;
}

/* Waits until the reader takes something. 0 if it isn't to be waited for any more. */
static int await_reader(const struct output *output, const struct stream *s, struct fault *f)
{
	struct pollfd polls[1 + OUTPUT_ENDS] = { { s->to, POLLOUT, 0 } };

	memcpy(polls + 1, output->ends, sizeof(output->ends));
	while (poll(polls, 1 + OUTPUT_ENDS, output->may_wait ? -1 : 0) < 0)
		if (errno != EINTR)
			return fault_sys(f, "cannot wait for whoever reads the output");
	return polls[0].revents != 0;
}

/* Writes all of it, by pieces that don't block once the reader takes something. */
static int write_out(struct output *output, struct stream *s, const char *bytes, size_t length, struct fault *f)
{
	while (length && s->to >= 0) {
		int is_read = s->to_is_regular ? 1 : await_reader(output, s, f);
		ssize_t n;

		if (is_read < 0)
			return -1;
		if (!is_read) {
			output->is_cut = true;
			close_to(s);
			return 0;
		}
		n = write(s->to, bytes, s->to_is_regular || length < PIPE_BUF ? length : PIPE_BUF);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0) {
			int failed = is_gone(errno) ? 0 : fault_sys(f, "cannot write the output");

			close_to(s);
			return failed;
		}
		bytes += n;
		length -= (size_t)n;
	}
	return 0;
}

static int write_tail(struct output *output, struct stream *s, struct fault *f)
{
	uint64_t kept = s->omitted < STREAM_TAIL ? s->omitted : STREAM_TAIL;
	char line[96], last[STREAM_TAIL];

	if (!s->omitted)
		return 0;
	for (uint64_t i = 0; i < kept; i++)
		last[i] = s->tail[(s->omitted - kept + i) % STREAM_TAIL];
	snprintf(line, sizeof(line), "\n[assay-box: %llu bytes left out]\n",
		(unsigned long long)(s->omitted - kept));
	if (s->omitted > kept && write_out(output, s, line, strlen(line), f) < 0)
		return -1;
	return write_out(output, s, last, kept, f);
}

/*
 * How many pieces a dead tree's pipe may still hold: one for each of its pages, because what was written with O_DIRECT
 * comes by packets, however small. Whoever has been given the other end outside may go on writing: so there is a bound.
 */
static long pieces_left(const struct stream *s)
{
	int bytes = fcntl(s->from, F_GETPIPE_SZ);

	return bytes > 0 ? bytes / sysconf(_SC_PAGESIZE) : 64;
}

static int finish(struct output *output, struct stream *s, struct fault *f)
{
	for (long left = pieces_left(s);; left--) {
		if (write_out(output, s, s->buffer + s->begin, s->end - s->begin, f) < 0)
			return -1;
		s->begin = s->end = 0;
		if (left <= 0 || !pull(output, s))
			break;
	}
	if (s->failed) {
		errno = s->failed;
		return fault_sys(f, "cannot carry the output");
	}
	return write_tail(output, s, f);
}

int output_finish(struct output *output, const struct pollfd ends[OUTPUT_ENDS], bool may_wait, struct fault *f)
{
	memcpy(output->ends, ends, sizeof(output->ends));
	output->may_wait = may_wait;
	close_from(&output->in);
	close_to(&output->in);
	if (finish(output, &output->out, f) < 0)
		return -1;
	return finish(output, &output->err, f);
}

void output_close(struct output *output)
{
	struct stream *streams[] = { &output->in, &output->out, &output->err };

	for (size_t i = 0; i < 3; i++) {
		close_from(streams[i]);
		close_to(streams[i]);
	}
}
