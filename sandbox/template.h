// SPDX-License-Identifier: MIT
/*
 * A template: a mount namespace in which all is laid that is the same for every box of a plan (the
 * host's system, /etc, devices, --ro). A box that is forked out of one copies its few mounts
 * instead of the host's many and adds what is its own; it can take none of them off, since they
 * belong to a user namespace further up.
 */
#ifndef SANDBOX_TEMPLATE_H
#define SANDBOX_TEMPLATE_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"
#include "plan.h"

/* Where a process came from and returns to. */
struct template_home {
	int mounts, folder; /* fds of the namespace and of the working directory */
};

struct template {
	int mounts; /* fd of the namespace; -1: there is no template */
	struct template_home home;
};

/*
 * Makes this process one that may make templates: an ordinary user's enters a user namespace of
 * its own, in which it is still the same user. Once, before anything is forked. 0, or 1 if there can be
 * none here; after -1 this process must end.
 */
int template_prepare(struct template_home *home, struct fault *f);

/* A process that lays a template. */
struct template_maker {
	int from;         /* readable when it is done, one way or the other; -1: there is none */
	int pidfd;
	int64_t until_ms; /* by clock_now_ms: longer than that nobody waits for it */
};

/*
 * Begins to lay PLAN's template in a process of its own, which takes as long as --ro has files. Its end is for the
 * caller to reap, whenever.
 */
int template_begin(struct template_maker *maker, const struct plan *plan, struct fault *f);

/* Whether it is done, or overdue. */
bool template_is_over(const struct template_maker *maker);

/* Ends it: when FROM is readable, or the time is over, or nobody wants it any more. Gives the template's fd, or -1. */
int template_end(struct template_maker *maker, struct fault *f);

/* Stands in the template, to fork there, and back home. If the latter fails, nothing else may be done. */
int template_enter(const struct template *template, struct fault *f);
int template_leave(const struct template *template, struct fault *f);

#endif
