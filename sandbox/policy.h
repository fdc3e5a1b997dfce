// SPDX-License-Identifier: MIT
/*
 * The system calls a box may make: a table that can be read aloud. libseccomp compiles it when
 * assay-box is built; what comes out is part of the program and is loaded raw. A unit test
 * compiles the table again and compares.
 */
#ifndef SANDBOX_POLICY_H
#define SANDBOX_POLICY_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "fault.h"

enum { POLICY_MAX_INSTRUCTIONS = 2048, POLICY_MAX_TOLD = 64, POLICY_CONDITIONS = 3 };

/* A call whose refusal is told to the supervisor. */
struct policy_told {
	int number;
	char name[24]; /* "": the list ends here */
};

struct policy_filter {
	unsigned short count;
	struct sock_filter instructions[POLICY_MAX_INSTRUCTIONS];
	struct policy_told told[POLICY_MAX_TOLD];
};

/* "Argument ARG, seen through MASK, is VALUE" (or below VALUE, if MASK is 0). */
struct policy_condition {
	int arg; /* counted from 1; 0: none */
	uint64_t mask, value;
};

/* POLICY_DONE answers "done" without doing it, POLICY_TELL refuses and tells the supervisor. */
enum policy_action { POLICY_ALLOW, POLICY_DONE, POLICY_TELL };

/* The call is allowed if all conditions hold; several rules of one call are or'ed. */
struct policy_rule {
	char call[32];
	enum policy_action action;
	struct policy_condition conditions[POLICY_CONDITIONS];
};

typedef int policy_rule_fn(void *to, const struct policy_rule *rule, struct fault *f);

/* Calls FN with every rule of the table; stops when it fails. */
int policy_each(policy_rule_fn *fn, void *to, struct fault *f);

/*
 * Compiles the table by libseccomp, and takes out of it what decides nothing. Not part of assay-box:
 * for its build and its tests, like the two steps by themselves.
 */
int policy_compile(struct policy_filter *filter, struct fault *f);
int policy_compile_whole(struct policy_filter *filter, struct fault *f);

int policy_shrink(struct policy_filter *filter, struct fault *f);

/* What policy_compile made when assay-box was built. */
extern const struct policy_filter policy_filter;

/*
 * Confines this process and its children for good. Needs no_new_privs. LISTENER is where calls of
 * POLICY_TELL are told, or -1 where a filter further up, a container's, has taken that place: they are
 * refused then without being told.
 */
int policy_load(const struct policy_filter *filter, int *listener, struct fault *f);

/*
 * Hears one call that waits at the listener and refuses it. Gives its place in the filter's told list, -1
 * if there was none, -2 if we can't answer: then the listener must be closed, and the kernel answers
 * ENOSYS by itself from then on.
 */
int policy_hear(const struct policy_filter *filter, int listener);

/* Reads the table aloud: a line per rule, with its condition and reason. */
void policy_print(FILE *out);

#endif
