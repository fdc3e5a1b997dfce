// SPDX-License-Identifier: MIT
/*
 * What shall run, as one packet from the supervisor to a process that waits in a box which was
 * built before that was known: argv, environment and folder. It goes over the control socket,
 * which no untrusted process ever has.
 */
#ifndef SANDBOX_PROGRAM_H
#define SANDBOX_PROGRAM_H

#include <stddef.h>

#include "fault.h"
#include "plan.h"

enum { PROGRAM_MAX_ARGS = 4096, PROGRAM_MAX_BYTES = 96 * 1024 };

/* The receiver's memory; zeroed, and borrowed from by the plan. */
struct program_text {
	char bytes[PROGRAM_MAX_BYTES];
	char *argv[PROGRAM_MAX_ARGS + 1];
};

/* Writes argv, environment and folder of PLAN into BYTES; their length, or -1 if there's too much. */
long program_render(const struct plan *plan, char *bytes, size_t size);

/* Makes them PLAN's. TEXT holds LENGTH bytes. */
int program_parse(struct plan *plan, struct program_text *text, size_t length, struct fault *f);

#endif
