// SPDX-License-Identifier: MIT
/*
 * Notes: lines that interviewers type while a session runs, each with its time and part.
 *
 * Each line is kept before the next is read, so nothing that was acknowledged is lost. Notes are never changed: a
 * slip is mended by another line. They may be read by the candidate, on request; whoever types them is told so.
 */
#ifndef ASSESS_NOTES_H
#define ASSESS_NOTES_H

#include "assess/workspace.h"
#include "store/store_note.h"

enum { NOTE_MAX_BYTES = 2000 };

/* Who may type in this session: its interviewers, from its start on. ERR_DENIED, ERR_CONFLICT. */
int notes_check(struct workspace *workspace, const char *actor, const char *session, struct err *e);

/* Keeps one line. What is no UTF-8 in it is marked as such; blanks at its ends go. ERR_USAGE: nothing is left;
 * ERR_LIMIT: it is longer than NOTE_MAX_BYTES. *part (may be NULL) is the running part's kind or NULL; the caller's. */
int notes_add(int64_t *id, char **part, struct workspace *workspace, const char *actor, const char *session,
	const char *line, struct err *e);

/*
 * The notes that the actor may read: an interviewer's own at once, others' as assess/rights.h has it. *hidden counts those
 * of others that stay closed. ERR_DENIED: none may be read, and why.
 */
int notes_list(struct store_notes *out, size_t *hidden, struct workspace *workspace, const char *actor,
	const char *session, struct err *e);

#endif
