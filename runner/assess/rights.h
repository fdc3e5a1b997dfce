// SPDX-License-Identifier: MIT
/*
 * Who may see and do what: one table, without a file or a database. Every command asks it, and a server will.
 *
 * A role's right may depend on how far the thing it is about has come: an interviewer sees what others wrote once the
 * own card is sealed, the panel once all cards are revealed. So what somebody is to a thing is a standing in each role,
 * and a right is allowed if one of the roles allows it with its standing.
 *
 * The operator is the Unix account that owns the workspace and acts without being a person in it: it sets things up,
 * and sees nothing of anybody's work. On one shared machine all this is recorded and said, not enforced against
 * somebody who opens assay.db by hand.
 */
#ifndef ASSESS_RIGHTS_H
#define ASSESS_RIGHTS_H

#include "base/err.h"

#include <stdbool.h>

enum role { ROLE_OPERATOR, ROLE_INTERVIEWER, ROLE_SITS, ROLE_LEAD, ROLE_PANEL, ROLE_HR, ROLES };

/* How far it has come, for who has that role. `sits` is an interviewer of the session or application in question. */
enum standing { STANDING_NONE, STANDING_OPEN, STANDING_SEALED, STANDING_REVEALED };

struct rights {
	enum standing as[ROLES];
};

enum thing {
	/* to see */
	SEE_EVIDENCE,  /* hidden suites, flaws, interviewer.md, results and matches of a session */
	SEE_STANDING,  /* where a session stands, with its points */
	SEE_NOTES,     /* what others noted in a session; the own notes are one's own */
	SEE_MARKS,     /* others' marks */
	SEE_NAME,      /* the name behind a pseudonym, and how to reach that person */
	SEE_SCREENING, /* the application: its answers, source, notice, languages, steps with their reasons */
	SEE_SALARY,    /* what somebody would like to earn */
	SEE_LISTS,     /* which positions and applications there are, by pseudonym */
	SEE_TASKS,     /* the tasks of the workspace's repositories */
	/* to do */
	DO_PEOPLE,
	DO_GIVE_HR, /* take somebody in with the role hr, once there is one: it sees what nobody else does */
	DO_REPOS,
	DO_POSITIONS,
	DO_TAKE_IN,  /* take candidates in */
	DO_SCREEN,   /* answer requirements, correct an application */
	DO_MOVE,     /* move, reject or withdraw an application */
	DO_PLAN,     /* plan a session */
	DO_LEAD,     /* lead a session from part to part, and grade */
	DO_CONFIRM,  /* confirm the matches of a review */
	DO_REVEAL,
	DO_WRITE, /* write to candidates, and know how long what was kept stays */
	DO_DECIDE, /* say what becomes of an application behind its cards */
	DO_MARK,
	THINGS
};

/* From which standing on a role allows it. */
enum from { FROM_NEVER, FROM_ALWAYS, FROM_SEALED, FROM_REVEALED, FROM_REQUEST };

/* One cell of the table. */
enum from rights_from(enum thing thing, enum role role);

bool rights_allow(const struct rights *rights, enum thing thing);

/*
 * ERR_DENIED with the reason when it isn't allowed: when it will be, or whose it is. `actor` is who asks.
 */
int rights_check(const struct rights *rights, enum thing thing, const char *actor, struct err *e);

/* "see others' marks": translated, fits behind "may". */
const char *thing_words(enum thing thing);

/* "see_marks", for --json; "interviewer" (ROLE_SITS: "sits"). */
const char *thing_name(enum thing thing);
const char *role_name(enum role role);

/* When somebody of these roles may, wherever they sit in a session: the best of the table's cells. */
enum from rights_best(const struct rights *roles, enum thing thing);
const char *from_words(enum from from); /* translated: "after sealing" */
const char *from_name(enum from from);  /* "sealed" */

#endif
