// SPDX-License-Identifier: MIT
/*
 * What the supervisor and the box's pid 1 say to each other, over a SOCK_SEQPACKET pair that
 * no untrusted process ever has. One message is one struct; some carry fds.
 *
 *   supervisor            pid 1
 *      MAPPED  ─────────▶       ids are mapped, go and build; fd: the lock of the id, if it has one
 *      GROUPED ─────────▶       the limits of the tree are there; fds: VALUE doors of the group, then
 *                               the image if there is one. FLAGS say what kind of limits
 *              ◀───────── READY built; fds: folders, /proc, its lists of locks and sockets; where limits
 *                               are sampled, the lists of System V's objects. VALUE: Landlock's ABI
 *      KEPT    ─────────▶       only if there are doors: those who keep them are there
 *              ◀───────── CONFINED for good; fd: what is told of refused calls (policy.h), if it can be
 *      FILL    ─────────▶       a box that was built ahead: fill /work; fd: the image
 *              ◀───────── FILLED
 *      GO      ─────────▶       to the program's process, which pid 1 has forked: exec. What, where
 *                               that isn't known yet, a packet says that begins with CONTROL_RUN (program.h)
 *              ◀───────── ENDED the program's wait status
 *              ◀───────── FAULT at any time: our failure, in words
 */
#ifndef SANDBOX_CONTROL_H
#define SANDBOX_CONTROL_H

#include <stddef.h>

#include "fault.h"

enum control_kind {
	CONTROL_MAPPED = 1,
	CONTROL_GROUPED,
	CONTROL_READY,
	CONTROL_KEPT,
	CONTROL_CONFINED,
	CONTROL_FILL,
	CONTROL_FILLED,
	CONTROL_GO,
	CONTROL_RUN,
	CONTROL_ENDED,
	CONTROL_FAULT
};

/* Limits are sampled; pid 1 shall live until the supervisor has had a last look at the tree. */
enum control_flag { CONTROL_SAMPLED = 1 << 0, CONTROL_LINGER = 1 << 1 };

enum { CONTROL_MAX_FDS = 24 };

struct control_message {
	enum control_kind kind;
	int value;
	unsigned flags;
	char text[sizeof(((struct fault *)0)->text)];
};

/* Both give 0, or -1 with errno; receiving from a peer that is gone gives ECONNRESET. */
int control_send(int socket, const struct control_message *message, const int *fds, size_t count);

/*
 * What the peer said before it went comes first, whatever it left unread.
 * FDS has room for CONTROL_MAX_FDS; COUNT says how many came. Both may be NULL: none are kept.
 */
int control_receive(int socket, struct control_message *message, int *fds, size_t *count);

#endif
