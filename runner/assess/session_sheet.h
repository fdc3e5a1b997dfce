// SPDX-License-Identifier: MIT
/*
 * The sheet of a session for those who interview in it.
 */
#ifndef ASSESS_SESSION_SHEET_H
#define ASSESS_SESSION_SHEET_H

#include "assess/session.h"
#include "report/outline.h"

/*
 * Everything that an interviewer asks and listens for, out of what the session was pinned to. ERR_DENIED: only those
 * who sit in the session and leads may read it, because it holds every answer.
 */
int session_sheet(struct outline *out, struct workspace *workspace, const char *actor, const char *id, struct err *e);

#endif
