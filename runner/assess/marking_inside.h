// SPDX-License-Identifier: MIT
/*
 * What the panel and the second entries need of marking.
 */
#ifndef ASSESS_MARKING_INSIDE_H
#define ASSESS_MARKING_INSIDE_H

#include "assess/marking.h"
#include "store/store_card.h"
#include "store/store_session.h"

/* Whose cards are due and not sealed; how many are due, and how many of those are sealed. */
int marking_due(struct strings *missing, int *due, int *sealed, struct workspace *workspace,
	const char *session, struct err *e);

/* All revealed cards of a session with their interviewers' names, whoever asks; `rubric` and `due` stay empty. */
int marking_revealed(
	struct marking_view *out, struct workspace *workspace, const char *session, struct err *e);

/* A card that is being changed, within a change of the database. Born zeroed. */
struct marking {
	struct store_change change;
	struct store_session session;
	struct rubric *rubric;
	struct card *card;
	int64_t saved_ms; /* 0: never */
	char *was;        /* as it was saved; NULL: never */
	int *before;      /* the marks as they were, beside the card's; MARK_NOT_OBSERVED where none was set */
};

/* Begins the change and finds the actor's card, or makes one: ERR_DENIED, ERR_CONFLICT as of marking_mark. */
int marking_begin(struct marking *m, struct workspace *workspace, const char *actor, const char *session, struct err *e);
void marking_done(struct marking *m);

/* A card out of the store, and as it is kept there. */
int marking_parse(struct card **out, const struct store_card *row, struct err *e);
int marking_render(char **out, const struct card *card, struct err *e);

/* Whether the card says something else than what was saved: what is said twice is kept once. */
int marking_has_changed(bool *changed, const struct marking *m, struct err *e);

/* Keeps which marks were changed after their suggestion had been shown. */
int marking_log_changes(const struct marking *m, struct workspace *workspace, const char *actor, struct err *e);

/* What was changed on a card after the reveal, entry by entry. */
int marking_changes(struct card_changes *out, struct workspace *workspace, const char *session, const char *interviewer,
	struct err *e);

#endif
