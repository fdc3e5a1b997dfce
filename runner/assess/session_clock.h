// SPDX-License-Identifier: MIT
/*
 * The clock of a session: what a candidate is told before it runs, how much time is left, pauses and more time.
 *
 * A part has the minutes of its plan (longer where hr said so), plus what it was extended by; time in a pause doesn't
 * count. When it is over nothing happens by itself: people go on when they have finished their sentence.
 */
#ifndef ASSESS_SESSION_CLOCK_H
#define ASSESS_SESSION_CLOCK_H

#include "assess/session.h"
#include "report/outline.h"

/* The notice of a session, to be shown before it starts. ERR_CONFLICT: it isn't planned any more. */
int session_notice(struct outline *out, struct workspace *workspace, const char *id, struct err *e);

/* Keeps what was shown as acknowledged by the candidate, in the change in which the session starts. ERR_CONFLICT: it
 * was acknowledged before. */
int session_acknowledge(
	struct workspace *workspace, const char *actor, const char *id, const char *shown, struct err *e);

/* The clock of the part that runs. */
struct session_clock {
	int64_t part;     /* its number; 0: none runs */
	int64_t minutes;  /* all that it has */
	int64_t left_ms;  /* negative: over time */
	bool paused;
};

int session_clock(struct session_clock *out, struct workspace *workspace, const char *id, struct err *e);

/* ERR_CONFLICT: not running; paused already, or not. reason may be NULL. */
int session_pause(struct workspace *workspace, const char *actor, const char *id, const char *reason, struct err *e);
int session_resume(struct workspace *workspace, const char *actor, const char *id, struct err *e);

/* More time for the part that runs: 1 to 240 minutes, with a reason (ERR_USAGE without). */
int session_extend(struct workspace *workspace, const char *actor, const char *id, int minutes, const char *reason,
	struct err *e);

#endif
