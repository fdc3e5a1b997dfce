// SPDX-License-Identifier: MIT
/*
 * Scorecards of one position and stage side by side, sorted by name: the order says nothing about the people. Pure.
 */
#ifndef SCORE_COMPARE_H
#define SCORE_COMPARE_H

#include "base/err.h"
#include "base/json.h"
#include "score/scorecard.h"

struct pin_difference {
	size_t column;        /* which scorecard differs from the first */
	char *field;          /* "rubric_digest", "job-queue: task_tree" */
	char *first, *other;  /* the two values */
};

struct comparison_table {
	char *position, *stage;
	const struct scorecard **cards; /* borrowed, in the order of the columns */
	size_t count;
	struct pin_difference *differences;
	size_t difference_count;
	struct strings notes; /* sentences, translated: one interviewer, missing cards, … */
};

/* ERR_INVALID when the scorecards are of different positions or stages; different pins are flagged, not refused. */
int comparison_make(struct comparison_table **out, const struct scorecard *const *cards, size_t count, struct err *e);
struct json *comparison_json(const struct comparison_table *table);
void comparison_free(struct comparison_table *table);

AUTO_DEFINE(comparison, struct comparison_table, comparison_free)
#define AUTO_COMPARISON AUTO(comparison_auto)

#endif
