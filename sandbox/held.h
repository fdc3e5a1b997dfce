// SPDX-License-Identifier: MIT
/*
 * What the box's processes hold by file descriptors alone: memfds, which are memory though no process maps them. For
 * where limits are sampled; a group of the kernel's has them counted.
 */
#ifndef SANDBOX_HELD_H
#define SANDBOX_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "fault.h"
#include "spare.h"

struct held {
	dev_t memfds;     /* the file system that memfds lie in, with shared memory and System V's segments */
	uint64_t *inodes; /* owned: memfds of the last look, a hash table */
	size_t count, room;
	int64_t bytes;    /* what they hold together */
	bool is_known;    /* the last look got to the end, so that this is true */
	long after;       /* else it got no further than this process */
	int64_t next_ms, took_ms; /* when to look again, and how long it took */
};

/* Finds out where memfds lie. */
int held_open(struct held *held, struct fault *f);

/*
 * KiB in memfds that processes of the box whose /proc is PROCFS have open, each counted once, or a part that is more
 * than LIMIT_KIB. 0 where it isn't known: a look takes some microseconds for each file that is open, so that it gets a
 * sixth of our time, and where that is long it is done in parts. It isn't done at all where it would be long and even all
 * shared memory of the host, with OTHER_KIB that the box has besides, would be within the limit, nor any further when the host
 * has too little to SPARE.
 */
int64_t held_look(
	struct held *held, int procfs, struct spare *spare, int64_t limit_kib, int64_t other_kib, int64_t now_ms);

/*
 * KiB of shared memory in the page tables of a process, by the list SMAPS of its mappings, that count nowhere else: that is
 * neither files nor segments of System V nor memfds that the last look has counted. A page that several have is shared out.
 */
int64_t held_shared(const struct held *held, int smaps);

void held_close(struct held *held);

#endif
