// SPDX-License-Identifier: MIT
/*
 * What somebody is to the workspace, to a session, to an application, out of the store; rights.h says what may be seen
 * and done with that.
 */
#ifndef ASSESS_SESSION_ACCESS_H
#define ASSESS_SESSION_ACCESS_H

#include "assess/rights.h"
#include "assess/workspace.h"

#include <stdbool.h>

/* The standing in the roles a person has; of an account that is no person, the operator's if it owns the workspace. */
int workspace_rights(struct rights *out, struct workspace *workspace, const char *actor, struct err *e);

/* Whether the actor may, whatever it is about: ERR_DENIED with the reason. */
int workspace_may(struct workspace *workspace, const char *actor, enum thing thing, struct err *e);

/* The same as far as this application has come with its sessions. Who still has a card to seal in one of them gets
 * nothing early out of another role. */
int application_rights(struct rights *out, struct workspace *workspace, const char *actor, const char *candidate,
	const char *position, struct err *e);

/* What an actor is to a session. An actor that is no person ("account:root") is nothing to it. */
struct access {
	bool sits; /* interviews in it */
	bool lead; /* of the position; for now: has the role */
	bool panel, hr;
	bool revealed; /* whether the session's cards are */
	struct rights rights;
};

int session_access(struct access *out, struct workspace *workspace, const char *actor,
	const char *session, struct err *e);

/* Evidence and matches: for people of the session and leads, and for the panel when the cards are revealed.
 * ERR_DENIED says which of it is missing. */
int access_check_evidence(
	const struct access *access, const char *actor, const char *session, struct err *e);

/* Where a session stands, with the points of what was handed in: for whom evidence is, and for hr when the cards are
 * revealed. ERR_DENIED likewise. */
int access_check_standing(
	const struct access *access, const char *actor, const char *session, struct err *e);

/* Names behind pseudonyms: for people of the session, leads and hr, and for everybody else who may read at all once
 * the cards are revealed. */
bool access_shows_name(const struct access *access);

/* Whether the actor may do that in the session: ERR_DENIED with the reason. */
int session_may(struct workspace *workspace, const char *actor, const char *session, enum thing thing, struct err *e);

#endif
