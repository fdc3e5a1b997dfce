// SPDX-License-Identifier: MIT
/*
 * The keeper of the doors: a process outside the box's pid namespace that has joined its user
 * and network namespaces and hands sockets out.
 *
 * Over each door's SOCK_SEQPACKET pair somebody outside asks with one byte:
 *   'l'  a TCP socket that listens on 127.0.0.1:PORT inside
 *   'c'  a fresh TCP socket, to be connected to 127.0.0.1:PORT from outside
 * The answer is the same byte with the socket in SCM_RIGHTS, or 'e' and the reason as text. A
 * socket belongs to the network in which it was made, so whoever holds it reaches this box and
 * nothing else of it, and the box reaches nobody.
 */
#ifndef SANDBOX_KEEPER_H
#define SANDBOX_KEEPER_H

#include <sys/types.h>

#include "fault.h"
#include "plan.h"

/*
 * Starts the keeper of the plan's doors for the box whose pid 1 is PIDFD. Returns when all
 * requests that were waiting are answered. PID is 0 if the plan has no doors. The keeper dies
 * with its parent.
 */
int keeper_start(pid_t *pid, const struct plan *plan, int pidfd, struct fault *f);

/* Ends it. */
void keeper_stop(pid_t pid);

#endif
