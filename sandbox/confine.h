// SPDX-License-Identifier: MIT
/*
 * What a process gives up before strangers' code runs in it: capabilities, new privileges,
 * the keyring, most resources. Each is final.
 */
#ifndef SANDBOX_CONFINE_H
#define SANDBOX_CONFINE_H

#include "fault.h"
#include "plan.h"

/* A session keyring of one's own: the launcher's may hold somebody's keys. */
int confine_keyring(struct fault *f);

/* No capability is to be had by exec. Those that we have we keep, so this can be done before anything is built. */
int confine_bounds(struct fault *f);

/* No capabilities in any set, and no_new_privs. Behind confine_bounds. */
int confine_privileges(struct fault *f);

/*
 * Frees us of the limits that whoever started us lives under (`ulimit -t`, `-v`, `-d`, …): they would end the program
 * in the box and look like its own failure. Where the hard limit can't be raised, that is a fault which names it.
 * Then sets those that every program has alike. Before anything is built; everything forked later inherits them.
 */
int confine_shed_limits(struct fault *f);

/* Limits of the single process that the plan names; those of the tree are the group's. */
int confine_resources(const struct plan *plan, bool is_sampled, struct fault *f);

#endif
