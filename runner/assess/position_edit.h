// SPDX-License-Identifier: MIT
/*
 * Changing a position, with its history: who changed what, when and why.
 *
 * An edit is a file in work/drafts/ that belongs to one person and position. Whatever happens to the editor, the file
 * stays until its content was taken; the next edit goes on with it. What applicants were promised or are measured by is
 * locked once there are applications, what is marked once a session is planned (task/position_changes.h).
 */
#ifndef ASSESS_POSITION_EDIT_H
#define ASSESS_POSITION_EDIT_H

#include "assess/workspace.h"
#include "task/position_changes.h"

/* A position to begin with, as pretty JSON, from a plan of the repositories (repo NULL: the only one that has it).
 * title NULL: made of the id. ERR_CONFLICT: there is a position of that id. */
int position_new_text(char **json, struct workspace *workspace, const char *actor, const char *id, const char *title,
	const char *plan, const char *repo, struct err *e);

/* Whether a file would be taken by `position add`: ERR_INVALID with the line, ERR_NOT_FOUND for what it names. */
int position_check_file(struct position **out, struct workspace *workspace, const char *file, struct err *e);

struct position_draft {
	char *path; /* absolute: the file to edit */
	char *base; /* the digest of the version that it began from */
	bool resumed; /* whether it was there already */
	enum position_lock locked; /* LOCK_NEVER: nothing is; LOCK_SESSIONS: also what a session is marked by */
};

/* Lays the draft of the actor, or finds the one that was left. ERR_CONFLICT: that one began from a version which is
 * not the present one; the sentence names its file. */
int position_draft_begin(
	struct position_draft *out, struct workspace *workspace, const char *actor, const char *id, struct err *e);

/* Removes it: its content was taken, or is the position's own. */
int position_draft_end(const struct position_draft *draft, struct err *e);
void position_draft_done(struct position_draft *draft);

#define AUTO_POSITION_DRAFT AUTO(position_draft_done)

/*
 * Makes what the file says the position, and hands out what changed; nothing is written when nothing did. base NULL:
 * whatever the present version is. ERR_CONFLICT: a locked place was changed (all are named), or the position isn't the
 * one at base any more; ERR_INVALID with the line of a mistake. The position stays as it was then.
 */
int position_edit_take(struct position_changes *changes, struct workspace *workspace, const char *actor,
	const char *id, const char *file, const char *base, const char *reason, struct err *e);

/* One step of a position's history. */
struct position_step {
	int64_t number, at_ms;
	char *actor, *reason; /* reason NULL: the first */
	struct position_changes changes; /* none for the first */
};

struct position_history {
	struct position_step *item;
	size_t count;
};

int position_history(struct position_history *out, struct workspace *workspace, const char *actor, const char *id,
	struct err *e);
void position_history_done(struct position_history *history);

#define AUTO_POSITION_HISTORY AUTO(position_history_done)

/* A sentence, translated, for each must-have that nothing checks. */
int position_warnings(struct strings *out, const struct position *position, struct err *e);

#endif
