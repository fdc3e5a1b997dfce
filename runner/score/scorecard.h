// SPDX-License-Identifier: MIT
/*
 * A session summed up: every criterion with all revealed marks side by side, means, spread, evidence and what is
 * missing. Pure; numbers are rounded only where they are shown.
 *
 * The mean of a part is the mean of its criteria's means, weighted by the rubric's weights; the mean of a session is
 * the plain mean of its parts. "Not observed" counts nowhere. Recommendations are shown, never averaged. Of a mark that
 * was changed after the reveal the later one counts, and what stood there before is shown beside it.
 */
#ifndef SCORE_SCORECARD_H
#define SCORE_SCORECARD_H

#include "base/err.h"
#include "base/json.h"
#include "review/decision.h"
#include "score/card.h"
#include "score/card_change.h"
#include "score/result.h"
#include "task/rubric.h"

#include <stdbool.h>

/* A part of the session that produced evidence. Borrowed pointers; NULL where there is none. */
struct part_evidence {
	enum part_kind part;
	const char *task;
	const struct result *result;
	const struct findings *findings;
};

/* What a scorecard is made of. All borrowed. */
struct scorecard_order {
	const char *session, *position, *stage, *candidate; /* ids; the candidate's pseudonym */
	const char *name; /* of the candidate; NULL where the reader may not know it */
	int64_t held_ms;
	const struct rubric *rubric;
	const struct plan *plan;
	const struct card *const *cards; /* revealed ones only */
	size_t card_count;
	int due;         /* how many cards are due */
	int sealed;      /* how many of those are sealed, revealed ones included */
	const char *const *interviewers; /* display names, beside cards */
	const struct card_changes *changes; /* beside cards: what was changed after the reveal; NULL: nothing */
	const struct part_evidence *evidence;
	size_t evidence_count;
	const char *task_repo, *task_commit; /* the session's pins */
};

struct evidence_line {
	char *text;   /* "suite errors: 6 of 8 points", "security: 2 of 3 found (95 %: 21–94 %)" in the reader's language */
	bool forgeable;
	double share; /* 0–1 of points or findings; -1: no number */
};

struct criterion_row {
	char *id;
	struct localised title;
	enum part_kind part;
	int weight;
	int *marks;         /* for each card; MARK_NOT_OBSERVED where not observed */
	char **evidence_texts; /* for each card */
	double mean;        /* -1: nobody observed it */
	int lowest, highest; /* 0: none; the spread is highest - lowest */
	int suggested;      /* 0: none */
	struct evidence_line *evidence;
	size_t evidence_count;
};

struct part_row {
	enum part_kind part;
	double mean; /* -1: nothing observed */
};

struct scorecard {
	char *session, *position, *stage, *candidate, *name;
	int64_t held_ms;
	char *rubric;
	int rubric_version;
	char *rubric_digest, *plan;
	struct strings interviewers; /* one for each card */
	int *recommendations;        /* likewise, 1–4 or 0 */
	struct card_changes *changes; /* likewise; marks and recommendations are those after them */
	size_t card_count;
	int due, sealed;
	struct criterion_row *criteria;
	size_t criterion_count;
	struct part_row *parts;
	size_t part_count;
	double mean; /* -1: nothing observed */
	struct strings strengths, concerns, open_questions; /* "Name: text" */
	struct strings missing; /* sentences, translated: cards that are due, criteria nobody observed, unconfirmed matches */
	struct strings warnings; /* forgeable results, ungradable ones, conflicts of interest */
	struct pins *pins;      /* one for each result */
	size_t pin_count;
	char *task_repo, *task_commit;
};

int scorecard_make(struct scorecard **out, const struct scorecard_order *order, struct err *e);
struct json *scorecard_json(const struct scorecard *scorecard);
void scorecard_free(struct scorecard *scorecard);

AUTO_DEFINE(scorecard, struct scorecard, scorecard_free)
#define AUTO_SCORECARD AUTO(scorecard_auto)

#endif
