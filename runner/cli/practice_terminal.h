// SPDX-License-Identifier: MIT
/*
 * Reading what somebody types while practising: a terminal or a pipe, line by line, with a clock.
 */
#ifndef CLI_PRACTICE_TERMINAL_H
#define CLI_PRACTICE_TERMINAL_H

#include "assess/practice.h"

#include <stdio.h>

struct practice_terminal {
	FILE *out;       /* where it is spoken */
	bool is_terminal; /* whether somebody types; prompts are for them */
	int in;
	int stop_fd;     /* readable when a signal has come */
	bool ended;      /* a pipe's end stays its end */
	char *buffer;    /* what was read and not yet handed out */
	size_t length, capacity;
	bool was_cut_told; /* that the terminal cut a line */
};

/* Reads descriptor 0 and speaks to `out`. */
int practice_terminal_open(struct practice_terminal *terminal, FILE *out, int stop_fd, struct err *e);
void practice_terminal_done(struct practice_terminal *terminal);

/* The mouth of assess/practice.h; it borrows the terminal. */
struct practice_mouth practice_terminal_mouth(struct practice_terminal *terminal);

#endif
