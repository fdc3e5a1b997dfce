// SPDX-License-Identifier: MIT
/*
 * What writing and taking a screening sheet have in common: its columns and the words in its cells.
 */
#ifndef ASSESS_SCREENING_INSIDE_H
#define ASSESS_SCREENING_INSIDE_H

#include "assess/notice.h"
#include "assess/screening.h"

enum screening_column {
	COLUMN_CANDIDATE,
	COLUMN_NAME,
	COLUMN_SOURCE,
	COLUMN_SALARY,
	COLUMN_NOTICE,
	COLUMN_EARLIEST, /* its heading ends with the day it is reckoned from: "earliest_start (2026-11-29)" */
	COLUMN_LANGUAGES,
	COLUMN_VERSION,
	SCREENING_COLUMNS
};

/* For sheet_columns; the heading in each language is names' first and second. */
extern const struct sheet_column screening_columns[SCREENING_COLUMNS];
const char *screening_heading(enum screening_column column, enum language language);

/* "must: python – Python in production" */
int screening_requirement_heading(struct text *t, const struct requirement *requirement, enum language language);

/* The requirement that a heading names, or NULL: by its id, behind "must:" or "nice:" and before anything else. */
const struct requirement *screening_requirement_of(const struct position *position, const char *heading);

/* Whether the heading is the earliest start's, and from which day that is reckoned. */
bool screening_earliest_of(struct day *from, const char *heading);

/* "yes: CV" of an answer and its source; NULL for none. */
int screening_cell(char **out, enum screening_answer answer, const char *source, enum language language, struct err *e);

/* The answer a cell (NULL: empty) begins with, and where its source begins, NULL when it has none; false when it is
 * no answer. */
bool screening_cell_parse(const char *cell, enum screening_answer *answer, const char **source);

/* The newest answer of a candidate to a requirement, or NULL. */
const struct store_screening *screening_find(
	const struct store_screenings *answers, const char *candidate, const char *requirement);

#endif
