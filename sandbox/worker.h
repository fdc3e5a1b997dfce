// SPDX-License-Identifier: MIT
/*
 * The supervisor of one box of a launcher: a process of its own, which lives for one run.
 *
 * Over LINK it says one letter at a time: 'r' the box is ready, 'f' it couldn't be built, 'a' it is about to send the
 * report, 'd' that is sent. It gets one packet, the request, and sends the report to CLIENT itself. When either the
 * launcher or LINK is gone, it ends its box and itself.
 */
#ifndef SANDBOX_WORKER_H
#define SANDBOX_WORKER_H

#include <sys/types.h>

#include "plan.h"
#include "template.h"

/* What a worker is forked with. */
struct worker {
	int client, link;
	pid_t launcher;
	const struct plan *ahead; /* what to build before the request comes, or NULL */
	const char *key;          /* its key */
	struct template template; /* what to build it out of */
	struct host *host;
};

void worker_run(struct worker *worker) __attribute__((noreturn));

#endif
