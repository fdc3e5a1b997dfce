// SPDX-License-Identifier: MIT
/*
 * The system calls a box may make: a table that can be read aloud. libseccomp compiles it when
 * assay-box is built; what comes out is part of the program and is loaded raw. A unit test
 * compiles the table again and compares.
 */
#ifndef SANDBOX_POLICY_H
#define SANDBOX_POLICY_H

#include <linux/filter.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "fault.h"

enum { POLICY_MAX_INSTRUCTIONS = 2048, POLICY_CONDITIONS = 3 };

struct policy_filter {
	unsigned short count;
	struct sock_filter instructions[POLICY_MAX_INSTRUCTIONS];
};

/* "Argument ARG, seen through MASK, is VALUE" (or below VALUE, if MASK is 0). */
struct policy_condition {
	int arg; /* counted from 1; 0: none */
	uint64_t mask, value;
};

/* POLICY_DONE answers "done" without doing it. */
enum policy_action { POLICY_ALLOW, POLICY_DONE };

/* The call is allowed if all conditions hold; several rules of one call are or'ed. */
struct policy_rule {
	char call[32];
	enum policy_action action;
	struct policy_condition conditions[POLICY_CONDITIONS];
};

typedef int policy_rule_fn(void *to, const struct policy_rule *rule, struct fault *f);

/* Calls FN with every rule of the table; stops when it fails. */
int policy_each(policy_rule_fn *fn, void *to, struct fault *f);

/* Compiles the table by libseccomp. Not part of assay-box: for its build and its tests. */
int policy_compile(struct policy_filter *filter, struct fault *f);

/* What policy_compile made when assay-box was built. */
extern const struct policy_filter policy_filter;

/* Confines this process and its children for good. Needs no_new_privs. */
int policy_load(const struct policy_filter *filter, struct fault *f);

/* Reads the table aloud: a line per rule, with its condition and reason. */
void policy_print(FILE *out);

#endif
