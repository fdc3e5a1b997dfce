// SPDX-License-Identifier: MIT
/*
 * The review of a session: the candidate's comments come in, are matched to what was planted, and a named person
 * confirms, changes or rejects each match. Until then matches are proposed and earn nothing; both states are kept.
 */
#ifndef ASSESS_REVIEW_ROUND_H
#define ASSESS_REVIEW_ROUND_H

#include "assess/workspace.h"
#include "review/comment.h"
#include "review/decision.h"
#include "review/flaw.h"
#include "review/match.h"
#include "store/store_session.h"

#include <stdbool.h>
#include <stdint.h>

/* Everything about one review. Never shown to a candidate. */
struct review_view {
	char *task;
	int64_t part;
	int64_t answer; /* which answer this is; 0: none */
	bool answered; /* something was handed in; what was spoken may be there without that */
	struct comments comments; /* what was spoken, as "spoken-1" and so on, before what was written */
	struct flaws flaws;
	struct matching matching;
	bool confirmed;
	struct decisions decisions; /* when confirmed */
	int64_t confirmed_ms;
	struct findings findings;
};

/* The change under review as a text to write comments into (review/annotation.h): the diff and nothing hidden. *out is
 * the caller's. ERR_NOT_FOUND: the plan has no review. */
int review_change(char **out, struct workspace *workspace, const char *session, struct err *e);

/* Takes a comments.json, or a change with comments written into it (any path), as the answer of the session's review. ERR_INVALID with the line; ERR_CONFLICT:
 * the session hasn't started, or its matches are confirmed already; ERR_NOT_FOUND: the plan has no review. */
int review_answer(struct workspace *workspace, const char *actor, const char *session,
	const char *file, struct err *e);

/* What somebody heard the candidate say. All borrowed; what isn't known is NULL, 0, SEVERITY_NONE, CATEGORY_NONE. */
struct review_said {
	const char *text, *flaw; /* at least one of them: the words, the planted flaw that it is */
	const char *file;        /* of the change, as it is behind it */
	int line, end_line;      /* needs the file */
	enum severity severity;
	enum category category;
};

enum { REVIEW_MAX_SPOKEN = 60 };

/*
 * Enters what was spoken in the review, beside what was written: it is matched like that and wants a decision like that.
 * *id ("spoken-1") is the caller's. ERR_DENIED: the actor is no person, or neither interviews in the session nor is lead;
 * ERR_CONFLICT: the review hasn't begun, its matches are confirmed, or a card is sealed; ERR_NOT_FOUND: no such flaw,
 * file or review; ERR_USAGE, ERR_LIMIT with its reason.
 */
int review_tick(char **id, struct workspace *workspace, const char *actor, const char *session,
	const struct review_said *said, struct err *e);

/* Takes one back, whoever of those entered it; that it was there is kept. Errors of review_tick. */
int review_take_back(struct workspace *workspace, const char *actor, const char *session, const char *id, struct err *e);

/*
 * Takes a file of decisions. Its `by` is who confirms: a person of the session or a lead (else ERR_DENIED); an
 * actor who is a person must be the same one. Every comment must be decided, spoken ones too. ERR_CONFLICT: no answer yet
 * and nothing spoken; a card of
 * the session is sealed already (a correction then needs the cards' second entries).
 */
int review_confirm(struct workspace *workspace, const char *actor, const char *session,
	const char *file, struct err *e);

/*
 * Decisions on their way: what a person has decided so far, kept after each one, so that a break or a crash costs none.
 * A draft belongs to the answer of its view: another one's are none of this. *comments_to_decide are indices of the view's
 * comments that want a decision, in the order in which they are asked for; the caller's to free.
 */
int review_draft_load(struct decisions *out, struct workspace *workspace, const struct review_view *view,
	const char *actor, const char *session, struct err *e);
int review_draft_save(struct workspace *workspace, const struct review_view *view, const struct decisions *draft,
	const char *session, struct err *e);
int review_draft_order(size_t **comments_to_decide, size_t *count, const struct review_view *view, struct err *e);

/* Confirms a draft that decides everything, and forgets it. Errors of review_confirm; ERR_CONFLICT: another answer came in
 * since the view was read. */
int review_draft_confirm(struct workspace *workspace, const struct review_view *view, const char *actor,
	const char *session, struct err *e);

/* ERR_NOT_FOUND: the session's plan has no review. ERR_DENIED for who may not see flaws: before the cards are
 * revealed only people of the session and leads may, afterwards the panel as well. */
int review_view(struct review_view *out, struct workspace *workspace, const char *actor,
	const char *session, struct err *e);
void review_view_done(struct review_view *view);

#define AUTO_REVIEW_VIEW AUTO(review_view_done)

/* The same of a session that was read already, whoever asks; *found is whether its plan has a review. */
int review_view_load(struct review_view *out, bool *found, struct workspace *workspace,
	const struct store_session *session, struct err *e);

#endif
