// SPDX-License-Identifier: MIT
/*
 * What the files about sessions share among themselves.
 */
#ifndef ASSESS_SESSION_INSIDE_H
#define ASSESS_SESSION_INSIDE_H

#include "assess/session.h"

/* --- pins (session_pins.c) -------------------------------------------------------------------------------------- */

int session_pins_render(const struct session_pins *pins, char **out, struct err *e);

/* The digest of a plan's content below a repository's checkout. */
int session_digest_plan(char digest[65], const char *dir, const char *plan, struct err *e);

/* ERR_INVALID: no version of the position is what the session was pinned to. */
int session_check_position(
	struct workspace *workspace, const struct store_session *session, struct err *e);

/* NULL when there is none. */
const struct session_pin_task *session_pins_task(const struct session_pins *pins, const char *task);

/* --- reading (session.c) ---------------------------------------------------------------------------------------- */

/* Nobody else may work on this session until *fd is closed. */
int session_lock(int *fd, struct workspace *workspace, const char *id, struct err *e);

/* ERR_CONFLICT: what the session's state doesn't allow, and where one goes from there. */
int session_refuse(const struct store_session *session, struct err *e);

/* Whether this person sits in the session; *due (may be NULL) whether the card is due. */
int session_seat_of(bool *sits, bool *due, struct workspace *workspace, const char *session,
	const char *person, struct err *e);

/* The newest result of a submission. */
int session_result(
	struct result **out, struct workspace *workspace, int64_t submission, struct err *e);

/* --- steps that were cut off (session_mark.c) ------------------------------------------------------------------- */

enum { SESSION_MARK_END = 0 };

/* Marks that a part is to be entered (or the session to be ended) and this wasn't told yet: until the step is released,
 * or forever if we are killed before. Call it with the session locked. */
int session_mark(struct session_step *step, struct workspace *workspace, const char *id, int64_t part, struct err *e);

/* Whether a step there was cut off before it was told; the step then takes its mark over. */
int session_mark_find(bool *found, struct session_step *step, struct workspace *workspace, const char *id, int64_t part,
	struct err *e);

/* The step is told. */
void session_mark_clear(struct session_step *step);

/* --- the clock (session_clock.c) -------------------------------------------------------------------------------- */

/* ERR_CONFLICT: the session is paused. */
int session_check_not_paused(struct workspace *workspace, const char *id, struct err *e);

/* --- dates (session_date.c) ------------------------------------------------------------------------------------- */

struct session_slot;

/* ERR_USAGE: too short, too long, a place that commands a terminal. */
int session_slot_check(const struct session_slot *slot, struct err *e);

/* ERR_CONFLICT: the candidate or one of `people` has another session then. id NULL: of none that is there yet. */
int session_slot_is_free(struct workspace *workspace, const char *id, const char *candidate,
	const struct strings *people, const struct session_slot *slot, struct err *e);

/* Keeps the word number `number` about a session's date; call it in the change that it belongs to. */
int session_slot_say(struct workspace *workspace, const char *actor, const char *id,
	const struct session_slot *slot, int64_t number, bool cancelled, const char *reason, struct err *e);

/* --- handing in (session_submit.c) and grading (session_grade.c) ------------------------------------------------ */

/* Takes in what lies in a part's kit (an open directory, or -1: it is lost), commits and acknowledges it, and ends the part. Fills the step's `collected`,
 * `commit`, `dropped` and `answer_problem`. */
int session_collect(struct session_step *step, struct workspace *workspace, const char *actor,
	const struct store_session *session, const struct store_part *part, int kit_fd,
	struct err *e);

/* Grades what is due in a session and adds it to the step. One program at a time does that: ERR_CONFLICT, or it waits
 * for the other. What is due is looked up then, so nothing is graded twice. */
int session_grade_due(struct session_step *step, struct workspace *workspace, const char *actor,
	const struct store_session *session, bool again, bool wait, struct err *e);

/* Behind a step: the same, waiting; or only counts what is due, where the workspace says so. */
int session_grade_after(struct session_step *step, struct workspace *workspace, const char *actor,
	const struct store_session *session, struct err *e);

#endif
