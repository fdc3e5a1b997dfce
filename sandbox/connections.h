// SPDX-License-Identifier: MIT
/*
 * TCP connections that no process has as a file. The kernel makes them for a listener, and charges them to a group
 * when they are accepted, so until then they are nobody's memory: thousands for each listener, each with what its
 * other end, long closed, has sent. Nobody's are those that wait for late packets, too; and where limits are sampled,
 * what a closed end still has to send, which no limit on open files bounds.
 *
 * Where limits are sampled, those that processes have as files are nobody's as well, and so is what lies in the queues
 * of UDP.
 */
#ifndef SANDBOX_CONNECTIONS_H
#define SANDBOX_CONNECTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "fault.h"

/* How many sockets there are, and the list of each kind. */
enum {
	CONNECTIONS_COUNTS,
	CONNECTIONS_TCP,
	CONNECTIONS_TCP6,
	CONNECTIONS_UDP,
	CONNECTIONS_UDP6,
	CONNECTIONS_LISTS
};

struct connections {
	int64_t next_ms; /* when to look again */
	bool count_all;  /* no group has those counted that processes have */
};

/* In pid 1: opens the lists of the network it is in, in its own /proc. */
int connections_open(int procfs, int lists[CONNECTIONS_LISTS], struct fault *f);

/* True if they are more than ROOM_KIB. The list is only looked at if so many may be on it. */
bool connections_are_too_many(
	struct connections *connections, const int lists[CONNECTIONS_LISTS], int64_t room_kib, int64_t now_ms);

#endif
