// SPDX-License-Identifier: MIT
/*
 * What a panel reads: the scorecard of a session, and all of a position side by side.
 *
 * A scorecard carries revealed cards only. Before they are revealed its evidence is for people of the session and
 * leads; afterwards also for the panel, and from then on it carries the candidate's name for all of them. ERR_DENIED
 * says so.
 */
#ifndef ASSESS_PANEL_H
#define ASSESS_PANEL_H

#include "assess/workspace.h"
#include "score/compare.h"
#include "score/scorecard.h"

int panel_scorecard(struct scorecard **out, struct workspace *workspace, const char *actor,
	const char *session, struct err *e);

struct panel_comparison {
	struct scorecard **cards; /* of revealed sessions; owned, and borrowed by the table */
	size_t count;
	struct strings
		waiting; /* sentences, translated: sessions that are not in it yet, and why */
	struct comparison_table *table;
};

/* stage NULL: the position's only stage with a plan, or of several the only one with sessions (else ERR_USAGE).
 * ERR_CONFLICT: no session of it is revealed yet, and what each of them waits for. */
int panel_compare(struct panel_comparison *out, struct workspace *workspace, const char *actor,
	const char *position, const char *stage, struct err *e);
void panel_comparison_done(struct panel_comparison *comparison);

#define AUTO_PANEL_COMPARISON AUTO(panel_comparison_done)

#endif
