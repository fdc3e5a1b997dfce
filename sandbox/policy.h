// SPDX-License-Identifier: MIT
/*
 * The system calls a box may make: a table that can be read aloud, compiled by libseccomp
 * into a filter that is loaded raw. The only door to libseccomp.
 *
 * policy_compile allocates and takes a millisecond; it runs in the supervisor, while pid 1
 * builds the mounts, and writes into a page that both share. policy_load is one system call.
 */
#ifndef SANDBOX_POLICY_H
#define SANDBOX_POLICY_H

#include <linux/filter.h>
#include <stddef.h>
#include <stdio.h>

#include "fault.h"

enum { POLICY_MAX_INSTRUCTIONS = 2048 };

struct policy_filter {
	unsigned short count;
	struct sock_filter instructions[POLICY_MAX_INSTRUCTIONS];
};

int policy_compile(struct policy_filter *filter, struct fault *f);

/* Confines this process and its children for good. Needs no_new_privs. */
int policy_load(const struct policy_filter *filter, struct fault *f);

/* Reads the table aloud: a line per rule, with its condition and reason. */
void policy_print(FILE *out);

#endif
