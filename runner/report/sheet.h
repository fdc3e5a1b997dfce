// SPDX-License-Identifier: MIT
/*
 * The sheet: what an interviewer holds in hand during a session. Questions to ask, what an answer at each level
 * holds, hints, flaws with their model answers, and room to write. Never for a candidate. Pure.
 */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include "report/outline.h"
#include "review/flaw.h"
#include "task/probe.h"
#include "task/question.h"
#include "task/rubric.h"

struct sheet_part {
	enum part_kind kind;
	int minutes;
	const char *task;                  /* its title; NULL: no task */
	const char *hints;                 /* the package's page for interviewers; NULL: none */
	const struct probes *probes;       /* of a design; NULL */
	const struct questions *questions; /* of a conversation; NULL */
	const struct flaws *flaws;         /* of a review; NULL */
};

/* All borrowed. */
struct sheet {
	const char *session, *position, *stage, *candidate;
	const char *name;  /* the candidate's; NULL: not for whoever asks */
	const char *when;  /* NULL: not said */
	const char *place; /* NULL: not said */
	const struct strings *people;
	const struct rubric *rubric;
	const struct sheet_part *parts;
	size_t part_count;
};

void report_sheet(struct outline *out, const struct sheet *sheet, enum language language);

#endif
