// SPDX-License-Identifier: MIT
/*
 * A position: an opening with its requirements and stages.
 */
#ifndef TASK_POSITION_H
#define TASK_POSITION_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "task/rubric.h"

#include <stdbool.h>
#include <stddef.h>

struct stage {
	char *id;
	struct localised title;
	char *plan; /* NULL: a stage without a sitting */
	int due;    /* how many interviewers' cards are due; 0 without a plan */
	struct strings people;           /* who is due when nobody else is named; persons of the workspace */
	char *agreed_with_works_council; /* NULL: not */
	int retention_months;            /* how long what was written is kept after a rejection; 3 to 6 */
};

enum { RETENTION_MONTHS = 6 };

struct requirement {
	char *id;
	bool must;
	struct localised title;
	char *stage;             /* where it is checked; NULL: nowhere */
	struct strings criteria; /* by which criteria of that stage's plan; may be empty */
};

struct position {
	char *id;
	struct localised title;
	struct stage *stages;
	size_t stage_count;
	struct requirement *requirements;
	size_t requirement_count;
};

/* Every stage a requirement names exists; ids are unique. What nothing checks is no mistake: position_gap tells. */
int position_parse(struct position **out, const struct json_doc *doc, struct err *e);
int position_load(struct position **out, int dir_fd, const char *path, struct err *e);
void position_free(struct position *position);

AUTO_DEFINE(position, struct position, position_free)
#define AUTO_POSITION AUTO(position_auto)

const struct stage *position_stage(const struct position *position, const char *id);
const struct requirement *position_requirement(const struct position *position, const char *id);

/* The stage in which applications are screened: the first, if it has no plan. NULL: none. */
const struct stage *position_screening(const struct position *position);

/*
 * Why nothing checks a must-have: it names no stage; its stage has no plan, so that nothing is marked there (screening
 * has a column for every requirement); its stage has one, of which it names no criterion. GAP_NONE for a nice-to-have.
 */
enum gap { GAP_NONE, GAP_NOWHERE, GAP_NO_PLAN, GAP_NO_CRITERION };
enum gap position_gap(const struct position *position, const struct requirement *requirement);

/*
 * A position to begin with, as a document: the usual four stages, the plan in the technical one, and each of the
 * rubric's criteria as a requirement that it checks. With a plan for the team stage (else NULL, and its rubric) that has
 * its cards, too, and its criteria are nice-to-haves. title NULL: made of the id. NULL when out of memory.
 */
struct json *position_new(const char *id, const char *title, const struct plan *plan, const struct rubric *rubric,
	const struct plan *team, const struct rubric *team_rubric);

#endif
