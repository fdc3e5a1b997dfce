// SPDX-License-Identifier: MIT
/*
 * The streams between a person and a box: each a pipe whose one end the box has, and the file it leads to or comes
 * from; for this room only.
 *
 * The box can't have those files themselves: nobody may read a terminal from outside its foreground group, and what a
 * program writes to one must be made harmless on the way.
 */
#ifndef SUBMISSION_TRIAL_PUMP_H
#define SUBMISSION_TRIAL_PUMP_H

#include "base/err.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* What a program writes, on its way to `to`, or kept (to -1). */
struct pump_out {
	int from, to;      /* from -1: it has ended */
	int again;         /* `to`, opened once more so that we never wait in it; -1: it can't be */
	bool is_terminal;
	char begun[4];     /* the first bytes of a character whose rest is to come */
	size_t begun_size;
	bool after_return; /* the last byte was a CR */
	int broken;        /* errno, when nobody takes it any more; 0 */
	struct text kept;
};

/* What somebody writes, on its way to a program. */
struct pump_in {
	int from, to;      /* to -1: the program takes no more, or nothing more comes */
	bool is_terminal, ended;
	char bytes[4096];
	size_t start, end;
};

/* Makes the pipe; *theirs is the end that the box gets. */
int pump_out_open(struct pump_out *out, int *theirs, int to, struct err *e);
int pump_in_open(struct pump_in *in, int *theirs, int from, struct err *e);

/* Takes what is there and passes it on; stop_fd ends a wait for whoever takes it. */
void pump_out_carry(struct pump_out *out, int stop_fd);

/* The descriptor to wait for, and with which events; -1: none now (another look later). */
int pump_in_wants(const struct pump_in *in, short *events);
void pump_in_carry(struct pump_in *in);

void pump_out_done(struct pump_out *out);
void pump_in_done(struct pump_in *in);

#endif
