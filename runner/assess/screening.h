// SPDX-License-Identifier: MIT
/*
 * Screening as a table: written out for a spreadsheet, taken back with what was changed in it.
 *
 * The sheet has a row for each open application of a stage: candidate, name, source, salary expectation, notice with the
 * earliest start that follows from it, languages, and a column for every requirement, in which stands yes, partly, no or
 * nothing, and behind a colon where that is from ("yes: CV, page 2"); in English or German. A last column has the
 * version of each row. Taking it back compares cell by cell: rows and columns may stand in any order or be missing, what
 * is as it was says nothing, and a row that somebody else changed meanwhile is a mistake, not lost work.
 *
 * Nothing moves by itself: whoever is rejected is rejected by a person who says why.
 */
#ifndef ASSESS_SCREENING_H
#define ASSESS_SCREENING_H

#include "assess/applications.h"

/*
 * The sheet of a position's stage (NULL: the first), in the language that is spoken, separated by `separator`. ERR_DENIED
 * for whoever may not screen; ERR_NOT_FOUND: nobody is there. *position is the one that was meant, a copy.
 */
int screening_sheet(char **csv, char **position, struct workspace *workspace, const char *actor, const char *named,
	const char *stage, char separator, struct err *e);

struct screened {
	char *candidate;
	char *what;           /* "python", "notice" */
	char *before, *after; /* NULL: nothing */
};

struct screening_report {
	char *position;
	struct screened *item;
	size_t count;
	struct sheet_mistakes mistakes; /* when there is one, nothing was taken */
};

/* Takes a sheet back, all of it or nothing. Returns 0 also when it has mistakes: then they are in the report. */
int screening_take(struct screening_report *out, struct workspace *workspace, const char *actor, const char *file,
	const char *position, struct err *e);
void screening_report_done(struct screening_report *report);

#define AUTO_SCREENING_REPORT AUTO(screening_report_done)

#endif
