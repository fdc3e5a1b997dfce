// SPDX-License-Identifier: MIT
/*
 * What went wrong on *our* side, as one sentence. Owned by the caller, no allocation,
 * so that it also works between clone and exec. Whatever the program in the box does
 * wrong is never a fault: it is a value in struct report.
 *
 * Functions that take one return 0, or -1 with the fault filled; their output
 * parameters are untouched then. What is too long for it (names are) loses its middle,
 * never its reason.
 */
#ifndef SANDBOX_FAULT_H
#define SANDBOX_FAULT_H

struct fault {
	char text[480];
};

/* Both return -1, so that one fails in one line; fault_sys adds ": " and errno's words. */
int fault_set(struct fault *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
int fault_sys(struct fault *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "words: " before what is there, going from the general to the place. Returns -1. */
int fault_wrap(struct fault *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
