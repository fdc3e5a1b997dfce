// SPDX-License-Identifier: MIT
/*
 * The terminal stays in its own line mode, so that whoever types can correct a line as in any shell. That mode hands over
 * lines of up to 4095 bytes and throws away what is pasted behind them without a word; we say it then.
 *
 * Bytes are read from the descriptor and never through stdio: poll must know what is still waiting.
 */
#include "cli/practice_terminal.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 64 << 10, TERMINAL_LINE = 4095 };

int practice_terminal_open(struct practice_terminal *terminal, FILE *out, int stop_fd, struct err *e)
{
	*terminal = (struct practice_terminal){ .out = out, .in = STDIN_FILENO, .stop_fd = stop_fd, .capacity = BUFFER };
	terminal->is_terminal = isatty(STDIN_FILENO) && isatty(fileno(out));
	terminal->buffer = mem_new(BUFFER, 1, e);
	return terminal->buffer ? 0 : -1;
}

void practice_terminal_done(struct practice_terminal *terminal)
{
	free(terminal->buffer);
	terminal->buffer = NULL;
}

static int say(const char *text, void *context, struct err *e)
{
	struct practice_terminal *terminal = context;

	cli_progress(NULL);
	if (fputs(text, terminal->out) == EOF || fflush(terminal->out) == EOF)
		return err_errno(e, "cannot write what was to be printed");
	return 0;
}

/* Hands out the first `length` bytes of the buffer as a line, and drops `skip` more. */
static int hand_out(struct practice_terminal *terminal, char **line, size_t length, size_t skip, struct err *e)
{
	AUTO_TEXT struct text clean = { 0 };

	text_add_clean(&clean, terminal->buffer, length);
	terminal->length -= length + skip;
	memmove(terminal->buffer, terminal->buffer + length + skip, terminal->length);
	return text_take(&clean, line, e);
}

/* Where a piece of a line that is too long may end: not within a character. */
static size_t piece(const struct practice_terminal *terminal)
{
	size_t end = terminal->length;

	for (int i = 0; i < 4 && end > 1 && ((unsigned char)terminal->buffer[end - 1] & 0x80); i++)
		if (((unsigned char)terminal->buffer[--end] & 0xC0) == 0xC0)
			return end;
	return terminal->length;
}

static int tell_cut(struct practice_terminal *terminal, size_t length, struct err *e)
{
	if (!isatty(terminal->in) || length < TERMINAL_LINE || terminal->was_cut_told)
		return 0;
	terminal->was_cut_told = true;
	return say(_("\n  [A terminal takes lines of up to 4095 bytes; what was longer is lost. Paste with line breaks, or give a\n"
		     "  file: assay practice … < FILE]\n"),
		terminal, e);
}

/* A line out of what was read: 1, or 0 when there is none yet. */
static int from_buffer(struct practice_terminal *terminal, char **line, struct err *e)
{
	const char *end = memchr(terminal->buffer, '\n', terminal->length);
	size_t length = end ? (size_t)(end - terminal->buffer) : 0;

	if (end)
		return tell_cut(terminal, length, e) < 0 || hand_out(terminal, line, length, 1, e) < 0 ? -1 : 1;
	if (terminal->length < terminal->capacity)
		return 0;
	return hand_out(terminal, line, piece(terminal), 0, e) < 0 ? -1 : 1;
}

/* Waits for bytes, the time or a signal: 1 for bytes, 0 for the time. */
static int await(struct practice_terminal *terminal, int64_t until_ms, struct err *e)
{
	for (;;) {
		struct pollfd watched[] = { { .fd = terminal->in, .events = POLLIN },
			{ .fd = terminal->stop_fd, .events = POLLIN } };
		int64_t left_ms = until_ms < 0 ? -1 : until_ms - clock_monotonic_ms();
		int got = poll(watched, 2, until_ms < 0 ? -1 : left_ms < 0 ? 0 : left_ms > 3600000 ? 3600000 : (int)left_ms);

		if (got < 0 && errno != EINTR)
			return err_errno(e, "cannot wait for what is typed");
		if (got > 0 && watched[1].revents)
			return err_set(e, ERR_SYSTEM, "interrupted");
		if (got > 0)
			return 1;
		if (until_ms >= 0 && clock_monotonic_ms() >= until_ms)
			return 0;
	}
}

/* Reads more: 1, or 0 at the end. A terminal that went away has ended as well. */
static int fill(struct practice_terminal *terminal, struct err *e)
{
	ssize_t n;

	do
		n = read(terminal->in, terminal->buffer + terminal->length, terminal->capacity - terminal->length);
	while (n < 0 && errno == EINTR);
	if (n < 0 && errno != EIO)
		return err_errno(e, "cannot read what is typed");
	terminal->length += n > 0 ? (size_t)n : 0;
	if (n <= 0 && !terminal->is_terminal)
		terminal->ended = true;
	return n > 0;
}

/* At the end what stands there without a line feed is a line too, and the end comes after it. */
static int at_end(struct practice_terminal *terminal, enum practice_heard *heard, char **line, struct err *e)
{
	*heard = terminal->length ? HEARD_LINE : HEARD_END;
	return terminal->length ? hand_out(terminal, line, terminal->length, 0, e) : 0;
}

static int hear(enum practice_heard *heard, char **line, const char *prompt, int64_t until_ms, void *context, struct err *e)
{
	struct practice_terminal *terminal = context;

	if (terminal->is_terminal && !terminal->length && say(prompt, terminal, e) < 0)
		return -1;
	for (;;) {
		int got = from_buffer(terminal, line, e);

		*heard = HEARD_LINE;
		if (got)
			return got < 0 ? -1 : 0;
		if (terminal->ended)
			return at_end(terminal, heard, line, e);
		got = await(terminal, until_ms, e);
		if (got < 0)
			return -1;
		*heard = HEARD_LATE;
		if (!got)
			return 0;
		got = fill(terminal, e);
		if (got < 0)
			return -1;
		if (!got)
			return at_end(terminal, heard, line, e);
	}
}

static void progress(const char *sentence, void *context)
{
	(void)context;
	cli_progress(sentence);
}

struct practice_mouth practice_terminal_mouth(struct practice_terminal *terminal)
{
	return (struct practice_mouth){ .say = say, .hear = hear, .progress = progress, .context = terminal,
		.columns = cli_columns(), .stop_fd = terminal->stop_fd };
}
