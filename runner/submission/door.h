// SPDX-License-Identifier: MIT
/*
 * A one-way door between a tester's box and a candidate's: the tester reaches one port of the service, the service
 * reaches nothing.
 */
#ifndef SUBMISSION_DOOR_H
#define SUBMISSION_DOOR_H

#include "base/err.h"
#include "submission/relay.h"

#include <stdint.h>

struct door;

/* Two pairs of sockets, and nothing running yet. */
int door_open(struct door **out, int port, struct err *e);

/* The ends that the boxes are started with; -1 once it was lent. */
int door_service_fd(const struct door *door);
int door_tester_fd(const struct door *door);

/* Closes our copies of the ends that a started box holds now, so that its end shows. */
void door_service_lent(struct door *door);
void door_tester_lent(struct door *door);

/* Tries to connect to the service until it listens: 0; 1 when it doesn't within ready_ms of its box being up, or its
 * box has ended. ERR_SYSTEM when its box is not up in time or its keeper refuses, and "interrupted" as soon as stop_fd
 * is readable. */
int door_wait_ready(struct door *door, int64_t ready_ms, int stop_fd, struct err *e);

/* Instead of a tester's box: whoever connects to this port of 127.0.0.1 here reaches the service. Before door_start.
 * ERR_CONFLICT: the port is in use. */
int door_listen_here(struct door *door, int port, struct err *e);

/* Relays within these caps, in a thread of its own, until door_close. */
int door_start(struct door *door, const struct relay_caps *caps, struct err *e);

/* Ends the relay and tells how it went: counts, or the error that ended it. */
int door_close(struct door *door, struct relay_counts *counts, struct err *e);

void door_free(struct door *door);

#endif
