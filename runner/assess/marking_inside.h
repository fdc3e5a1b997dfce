// SPDX-License-Identifier: MIT
/*
 * What the panel needs of marking.
 */
#ifndef ASSESS_MARKING_INSIDE_H
#define ASSESS_MARKING_INSIDE_H

#include "assess/marking.h"
#include "store/store_card.h"

/* Whose cards are due and not sealed; how many are due, and how many of those are sealed. */
int marking_due(struct strings *missing, int *due, int *sealed, struct workspace *workspace,
	const char *session, struct err *e);

/* All revealed cards of a session with their interviewers' names, whoever asks; `rubric` and `due` stay empty. */
int marking_revealed(
	struct marking_view *out, struct workspace *workspace, const char *session, struct err *e);

#endif
