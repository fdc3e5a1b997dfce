// SPDX-License-Identifier: MIT
/*
 * Ctrl-C while boxes run: everything is ended and tidied up first, then the signal does its work.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include "base/err.h"

#include <signal.h>

struct interrupt {
	int fd; /* readable once SIGINT, SIGTERM or SIGHUP has come; -1: not begun */
	sigset_t before;
};

/* From here on these signals wait, in this thread and those it starts, and the descriptor tells of them. */
int interrupt_begin(struct interrupt *out, struct err *e);

/* Lets them come again. One that waited then ends the process, as if it had come now. */
void interrupt_end(struct interrupt *interrupt);

#define AUTO_INTERRUPT AUTO(interrupt_end)

#endif
