// SPDX-License-Identifier: MIT
/*
 * The program's three streams. It never gets a file of the host: it has pipes, and the
 * supervisor carries bytes between them and where they come from or go to, counting as it
 * goes. Whatever the other side does (a reader that is slow or gone, a writer that never
 * ends), nothing here blocks while the box lives. When it is dead, a slow reader is waited for, as
 * any program would, but only as long as nobody tells us to end.
 *
 * A pipe or socket that the plan names by its number, for one stream and nothing else, is closed when the program
 * has closed its side and everything was carried: as if it had the pipe itself. All others stay open.
 */
#ifndef SANDBOX_OUTPUT_H
#define SANDBOX_OUTPUT_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "plan.h"

enum { STREAM_BUFFER = 65536, STREAM_TAIL = 4096, OUTPUT_ENDS = 2 };

/* One direction: what was read from `from` and not yet written to `to`. */
struct stream {
	int from, to; /* -1 when that side is done */
	bool owns_from, owns_to, to_is_regular, is_output;
	size_t begin, end; /* what waits in buffer */
	uint64_t omitted;  /* bytes behind the limit */
	int failed;        /* errno, if our side of it couldn't be read or written */
	char *buffer; /* STREAM_BUFFER bytes */
	char *tail;   /* STREAM_TAIL bytes, the last of the omitted ones, a ring */
};

struct output {
	struct stream in, out, err;
	uint64_t limit, seen; /* of out and err together */
	/* See output_finish: what tells us to end, whether a reader is waited for, and whether one wasn't. */
	struct pollfd ends[OUTPUT_ENDS];
	bool may_wait, is_cut;
	char memory[3][STREAM_BUFFER + STREAM_TAIL]; /* pages that nothing passes through are never touched */
};

/*
 * Opens what the plan names; IN, OUT and ERR are the supervisor's ends of the program's pipes, which
 * don't block; borrowed but for IN, which is closed when all input is written.
 */
int output_open(
	struct output *output, const struct plan *plan, int in, int out, int err, struct fault *f);

/* Fills at most three entries; gives how many. */
size_t output_polls(const struct output *output, struct pollfd *polls);

/* Moves what can be moved after a poll. True if the limit is exceeded. */
bool output_pump(struct output *output);

/*
 * When the tree is dead: takes what still lies in the pipes, without waiting for an end of
 * file, and writes everything out, then the tails of what was left out. Fails only if a file
 * of ours can't be written; a reader that went away is not our failure. A reader that takes nothing
 * is waited for if MAY_WAIT, until one of ENDS has something to say; then what is left is dropped,
 * and is_cut says so.
 */
int output_finish(struct output *output, const struct pollfd ends[OUTPUT_ENDS], bool may_wait, struct fault *f);

void output_close(struct output *output);

#endif
