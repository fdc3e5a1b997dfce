// SPDX-License-Identifier: MIT
/*
 * When a session is held: moved, cancelled, told to those who come; and what makes it fair for this candidate.
 *
 * Nobody can be at two places: a date at which the candidate or one of the interviewers has another session that is
 * planned or running is refused (ERR_CONFLICT). Every word about a date is kept, with who said it and why.
 */
#ifndef ASSESS_SESSION_DATE_H
#define ASSESS_SESSION_DATE_H

#include "assess/session.h"
#include "store/store_appointment.h"

/* A slot in the calendar. */
struct session_slot {
	int64_t at_ms;     /* 0: not said */
	int64_t minutes;   /* of the whole slot, 1 to 1440 */
	const char *place; /* NULL: not said */
};

/* The slot that holds; strings live as long as *kept. *revision counts how often it was changed since. */
int session_slot(struct session_slot *out, int *revision, struct store_appointments *kept, struct workspace *workspace,
	const struct store_session *session, struct err *e);

/* All of these but accommodations are for who may plan sessions (ERR_DENIED; assess/rights.h). */

/* Another date: members of `slot` that are 0 or NULL stay as they were. reason may be NULL. ERR_CONFLICT: the session
 * isn't planned any more, or somebody has another one then. */
int session_move(struct workspace *workspace, const char *actor, const char *id, const struct session_slot *slot,
	const char *reason, struct err *e);

/* A planned session isn't held; another one may be planned for the same stage. ERR_USAGE without a reason. */
int session_cancel(
	struct workspace *workspace, const char *actor, const char *id, const char *reason, struct err *e);

enum session_guest { GUEST_CANDIDATE, GUEST_INTERVIEWERS };

/*
 * The calendar file (RFC 5545) for the candidate, or for those who interview: the same event after each change, with
 * a higher number. What the candidate's says is nothing that the candidate doesn't know: position, place, parts and
 * minutes, who sits there. ERR_CONFLICT: no date was said yet.
 */
int session_invitation(
	char **out, struct workspace *workspace, const char *actor, const char *id, enum session_guest guest, struct err *e);

/*
 * Notes what this candidate needs, and makes the parts with a task longer by `percent` (0 to 200) of what the plan
 * gives them, rounded up. Only hr may (ERR_DENIED), as long as the session is planned: those who mark see minutes, and
 * no reason.
 */
int session_accommodate(struct workspace *workspace, const char *actor, const char *id, const char *text,
	int percent, struct err *e);
int session_accommodations(struct store_accommodations *out, struct workspace *workspace, const char *actor,
	const char *id, struct err *e);

#endif
