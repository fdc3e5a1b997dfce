// SPDX-License-Identifier: MIT
/*
 * What a launch must know of the machine and what is the same for the next one: read on first use,
 * and by a launcher once for all its boxes. Zeroed, it knows nothing yet.
 */
#ifndef SANDBOX_HOST_H
#define SANDBOX_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cgroup_find.h"
#include "fault.h"

/* All files of names and ids together may be that long. */
enum { HOST_NAMES_MAX = 4 << 20 };

struct host {
	bool knows_places, knows_names, knows_signals;
	bool spares_sweep; /* somebody else looks for groups that killed supervisors have left */
	uint64_t ignored; /* signals that whoever started us had us ignore; bit N - 1 is signal N */
	struct cgroup_places places; /* where hierarchies are mounted, and our own groups in them */
	/* Which ids are mapped here, and whose they are; "" if there is no such file. */
	const char *uid_map, *gid_map, *passwd, *group, *subuid, *subgid;
	char *text; /* HOST_NAMES_MAX bytes for those; pages that nobody needs are never touched */
};

/* All read only what isn't known; after our own limits were shed, since they want memory. */
int host_find_places(struct host *host, struct fault *f);
int host_find_names(struct host *host, struct fault *f);
int host_find_signals(struct host *host, struct fault *f);

#endif
