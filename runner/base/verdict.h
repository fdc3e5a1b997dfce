// SPDX-License-Identifier: MIT
/*
 * How a box ended, as assay-box reports it (sandbox/README.md). What a program of the candidate did is a verdict;
 * only VERDICT_BOX_ERROR is ours. sandbox/ has its own copy of the names, and a test holds the two equal.
 */
#ifndef BASE_VERDICT_H
#define BASE_VERDICT_H

#include <stdbool.h>

enum verdict {
	VERDICT_EXITED,        /* ended by itself; exit_code says how */
	VERDICT_SIGNALED,      /* killed by a signal that was none of ours */
	VERDICT_WALL_LIMIT,
	VERDICT_CPU_LIMIT,
	VERDICT_MEMORY_LIMIT,
	VERDICT_OUTPUT_LIMIT,
	VERDICT_PROCESS_LIMIT, /* calls failed at the limit, and then the program did */
	VERDICT_DISK_LIMIT,    /* likewise */
	VERDICT_DENIED_CALL,   /* killed by SIGSYS: over a call that no box allows, or by itself */
	VERDICT_BOX_ERROR,     /* the box could not be built, or broke: nothing is said about the program */
	VERDICTS
};

/* "exited", "wall_limit", … */
const char *verdict_name(enum verdict verdict);

/* The verdict of that name; false when there is none. */
bool verdict_parse(const char *name, enum verdict *out);

/* A sentence for people, translated: "ran out of time". */
const char *verdict_sentence(enum verdict verdict);

#endif
