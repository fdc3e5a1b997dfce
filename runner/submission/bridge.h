// SPDX-License-Identifier: MIT
/*
 * A bridge for one run of a suite against a module: tests in box B import a stand-in, the candidate's module lives in
 * box A. What crosses, crosses one stream between the two, of which we keep no end.
 *
 * The tests have a stream to a first process from the start, and ask us, over a socket of its own, for a fresh one
 * whenever the last one has died or had to be given up. What the candidate's process sends never reaches us.
 */
#ifndef SUBMISSION_BRIDGE_H
#define SUBMISSION_BRIDGE_H

#include "base/err.h"
#include "submission/box.h"

#include <stdbool.h>

/* Where things lie in the boxes. */
#define BRIDGE_INSIDE   "/bridge"
#define BRIDGE_SETTINGS "/bridge-settings"
#define BRIDGE_RECORD   "/report/bridge.json"

struct bridge {
	const struct box_host *host;
	struct box candidate;      /* A's plan, but for its channel */
	bool has_candidate;
	struct box_life candidate_life;
	int asking[2];             /* ours, the tests' */
	int stream[2];             /* the tests' end, the candidate's, until each has its own */
	int candidates;            /* how many were started */
	int64_t waited_ms;         /* for those that have gone by themselves */
};

#define BRIDGE_NONE { .candidate_life = BOX_LIFE_NONE, .asking = { -1, -1 }, .stream = { -1, -1 } }

/* What becomes of a process that has ended or was ended: `late` when the tests gave it up because it took too long.
 * A negative return ends bridge_serve with the error that it filled. */
typedef int bridge_see_candidate(struct box_life *life, bool late, void *context, struct err *e);

/* Starts nothing yet. Borrows the plan and the host. */
int bridge_open(struct bridge *bridge, const struct box *candidate, const struct box_host *host, struct err *e);

/* Gives the tests' box its channels: the socket for asking, then the stream to the first process. Call
 * bridge_tester_lent when that box was started. */
void bridge_lend(const struct bridge *bridge, struct box *tester);
void bridge_tester_lent(struct bridge *bridge);

/* Call it when the tests' box was started: its interpreter takes longer to get up than what it will ask for. Starts a
 * process at once and others as the tests ask for them, until the tests' box has ended or given up asking. ERR_SYSTEM
 * "interrupted", and whatever a box's start or `see` fails with. */
int bridge_serve(struct bridge *bridge, bridge_see_candidate *see, void *context, struct err *e);

/* Ends the last process. */
int bridge_end(struct bridge *bridge, bridge_see_candidate *see, void *context, struct err *e);

/* Ends whatever runs. */
void bridge_done(struct bridge *bridge);

#endif
