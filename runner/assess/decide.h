// SPDX-License-Identifier: MIT
/*
 * Decisions: what becomes of an application behind a stage in which cards are due. A named person decides, with a
 * reason, and never before the cards are revealed. Means suggest nothing: who is passed over is told to whoever
 * decides, and kept with the reason.
 */
#ifndef ASSESS_DECIDE_H
#define ASSESS_DECIDE_H

#include "assess/workspace.h"

enum { DECIDE_MIN_REASON = 20 }; /* characters */

/* All borrowed. */
struct decide_order {
	const char *candidate, *position; /* position NULL: the only one */
	const char *to;                   /* the id of a later stage, "offer", "reject" or "hired" */
	const char *reason;
};

/* What was decided, to be told. */
struct decided {
	char *position, *stage; /* the stage that was decided about */
	bool goes_on, sits;     /* whether there is a stage to go on to, and whether one sits there */
	struct strings against; /* sentences, translated: whose mean says otherwise */
};

/*
 * ERR_USAGE: the reason is too short; ERR_DENIED: the actor is no person, or may not decide; ERR_NOT_FOUND: no such
 * stage; ERR_CONFLICT: no session of the stage, its cards aren't revealed (names what comes first), or no cards are due
 * there (names `candidate move` and `reject`). "hired" stands behind the last stage only, whether cards are due or not.
 */
int decide(struct decided *out, struct workspace *workspace, const char *actor, const struct decide_order *order,
	struct err *e);
void decided_done(struct decided *decided);

#define AUTO_DECIDED AUTO(decided_done)

#endif
