// SPDX-License-Identifier: MIT
/*
 * The relay between two networks that don't know each other: it accepts in the tester's, connects in the
 * candidate's, and carries bytes both ways. Connections are only ever opened towards the candidate.
 *
 * The sockets come from the two boxes' keepers (sandbox/README.md, --door): each hands out, over one end of a
 * SOCK_SEQPACKET pair, a listening socket ('l') or a fresh one ('c') of its network.
 */
#ifndef SUBMISSION_RELAY_H
#define SUBMISSION_RELAY_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What an answer is, the relay can't know, since it knows no protocol: here it is all that comes from the service after
 * the tester's last byte on a connection. So a connection that serves many requests is as good as many connections.
 */
struct relay_caps {
	int at_once;          /* connections at a time; further ones wait in the listener's queue */
	int64_t connections;  /* in all; further ones are reset */
	int64_t bytes;        /* each way, all connections together; then everything is reset */
	int64_t answer_bytes; /* of one answer; then its connection is reset, and only that */
	int64_t answer_ms;    /* an answer that still goes on so long after it was asked for, or a connection over which
			       * nothing went for so long: it is reset, and only that */
};

extern const struct relay_caps relay_caps_default;

struct relay_counts {
	int64_t connections;
	int64_t refused;      /* accepted from the tester, but the candidate's side took no connection */
	int64_t bytes_to_service, bytes_to_tester;
	int64_t too_slow, too_large; /* connections that were reset for their answers */
	bool capped;          /* a cap on all connections or all bytes has struck */
};

struct relay {
	int tester_fd, service_fd; /* our ends of the keepers' pairs; borrowed */
	int port;                  /* of the service */
	int stop_fd;               /* readable when the relay must end; borrowed */
	struct relay_caps caps;
};

/*
 * The tester's keeper must have been asked for its listener already. Carries until stop_fd is readable, or the tester's
 * box is gone before it had a listener. Memory is bounded by caps.at_once (at most 256), whatever either side does.
 * ERR_SYSTEM when the tester's keeper gives no listener in time, one of the keepers refuses, or we have no memory or
 * descriptors left; a service that is gone is none of our failures: its connections are reset.
 */
int relay_run(const struct relay *relay, struct relay_counts *counts, struct err *e);

/* Asks a keeper for a socket: what is 'l' or 'c'. Waits at most timeout_ms: 0, 1 at the timeout, or -1 with
 * ERR_NOT_FOUND when the keeper is gone, ERR_SYSTEM when it refuses, or "interrupted" when stop_fd (-1: none) is
 * readable. The socket doesn't block. */
int relay_ask(int keeper_fd, char what, int64_t timeout_ms, int stop_fd, int *socket_fd, struct err *e);

/* Begins to connect a socket of a keeper to 127.0.0.1:port in its network: 0 when connected, 1 when under way,
 * -1 when refused (errno). */
int relay_connect(int socket_fd, int port);

#endif
