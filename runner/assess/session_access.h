// SPDX-License-Identifier: MIT
/*
 * Who may see what of a session, in one place. On one shared machine this is recorded and said, not enforced against
 * somebody who opens assay.db by hand; a server enforces it with the same functions.
 */
#ifndef ASSESS_SESSION_ACCESS_H
#define ASSESS_SESSION_ACCESS_H

#include "assess/workspace.h"

#include <stdbool.h>

/* What an actor is to a session. An actor that is no person ("account:root") is nothing to it. */
struct access {
	bool sits; /* interviews in it */
	bool lead; /* of the position; for now: has the role */
	bool panel, hr;
	bool revealed; /* whether the session's cards are */
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

#endif
