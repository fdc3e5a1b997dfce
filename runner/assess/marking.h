// SPDX-License-Identifier: MIT
/*
 * Marking: every interviewer alone, then sealed, then all revealed together.
 *
 * A card belongs to one person of the session. Nobody sees another's marks before all cards that are due are sealed
 * and somebody revealed them; that is an event on the record. (On one shared machine this is recorded rather than
 * enforced: whoever may read assay.db can read it.)
 */
#ifndef ASSESS_MARKING_H
#define ASSESS_MARKING_H

#include "assess/workspace.h"
#include "score/card.h"
#include "score/card_change.h"

#include <stdbool.h>
#include <stdint.h>

/* Sets one mark on the actor's own card (MARK_NOT_OBSERVED for null). ERR_DENIED: the actor doesn't sit in this
 * session; ERR_CONFLICT: it hasn't started, or the card is sealed. */
int marking_mark(struct workspace *workspace, const char *actor, const char *session,
	const char *criterion, int mark, const char *evidence, struct err *e);

/* Lays a card file (rubrics/README.md) over the actor's card. */
int marking_take_file(struct workspace *workspace, const char *actor, const char *session,
	const char *file, struct err *e);

/*
 * The actor's card as a form to fill in (score/card_form.h), with the evidence that there is below each criterion. *out
 * is the caller's.
 */
int marking_form(char **out, struct workspace *workspace, const char *actor, const char *session, struct err *e);

/*
 * Lays a filled-in form over the actor's card, and seals it if it is to be sealed: both or neither. ERR_INVALID names
 * the form's line; ERR_CONFLICT: the card was changed since the form was made.
 */
int marking_take_form(struct workspace *workspace, const char *actor, const char *session, const char *name,
	const char *bytes, size_t size, bool seal, struct err *e);

/*
 * Where a draft of the form lies while it is being filled in: what an editor or its user does, nothing is lost. It is
 * made when it isn't there; marking_draft_take takes it as marking_take_form does and removes it only when it was taken.
 * Where the editor left no whole form (nothing, a link, an empty or a cut one, more than 1 MiB) it is put back as the
 * editor had it, and what was left lies beside it: ERR_INVALID or ERR_LIMIT says so; marking_draft puts it back, too, for
 * an editor that didn't end well. *path is the caller's. With `fresh` one that is there is thrown away first.
 */
int marking_draft(char **path, struct workspace *workspace, const char *actor, const char *session, bool fresh,
	struct err *e);
int marking_draft_take(struct workspace *workspace, const char *actor, const char *session, struct err *e);

/* What points or findings suggest for a criterion that the actor has marked. */
struct marking_suggestion {
	char *criterion;
	int own, suggested; /* 1–4 */
};

struct marking_suggestions {
	struct marking_suggestion *item;
	size_t count;
};

/*
 * The suggestions for the actor's own marks, and for no other criterion: one's own judgement comes first. That they were
 * shown is kept, and so is each mark that is changed afterwards.
 */
int marking_suggest(struct marking_suggestions *out, struct workspace *workspace, const char *actor, const char *session,
	struct err *e);
void marking_suggestions_done(struct marking_suggestions *suggestions);

#define AUTO_MARKING_SUGGESTIONS AUTO(marking_suggestions_done)

/* Seals the actor's card. ERR_CONFLICT: not complete (names everything that is missing), the session hasn't ended,
 * or the review's matches aren't confirmed. */
int marking_seal(
	struct workspace *workspace, const char *actor, const char *session, struct err *e);

/* Reveals all cards. ERR_CONFLICT names whose are still due; ERR_DENIED: the actor neither sits in the session nor is
 * lead or panel. */
int marking_reveal(
	struct workspace *workspace, const char *actor, const char *session, struct err *e);

/*
 * Changes one mark, or the recommendation, of the actor's own card once the cards are revealed: a second entry with its
 * date and its reason, which never replaces the first. evidence NULL keeps what is there. ERR_USAGE: the card is a draft,
 * or the reason is too short; ERR_CONFLICT: it is sealed and not revealed, nothing would change, a 1 or 4 would stand
 * without evidence, or the stage is decided (then the cards stay what the decision rested on); ERR_DENIED as of
 * marking_mark.
 */
enum { MARKING_MIN_REASON = 20 }; /* characters, as for a decision */
int marking_amend(struct workspace *workspace, const char *actor, const char *session, const char *criterion, int mark,
	const char *evidence, const char *reason, struct err *e);
int marking_recommend(struct workspace *workspace, const char *actor, const char *session, int recommendation,
	const char *reason, struct err *e);

/* The cards that the actor may see: the own one, and all when they are revealed. */
struct marking_view {
	struct card **cards; /* by interviewer */
	char **names;        /* beside them */
	struct card_changes *changes; /* beside them: after the reveal */
	size_t count;
	struct strings due; /* persons whose cards are due and not sealed; that is no secret */
	struct rubric *rubric;
};

/* interviewer NULL: all that may be seen (ERR_DENIED when that is none, and why); else that one's. */
int marking_view(struct marking_view *out, struct workspace *workspace, const char *actor,
	const char *session, const char *interviewer, struct err *e);
void marking_view_done(struct marking_view *view);

#define AUTO_MARKING_VIEW AUTO(marking_view_done)

#endif
