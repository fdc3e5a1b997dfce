// SPDX-License-Identifier: MIT
/*
 * What is fixed before anybody's work is looked at: the pins of a task on this machine, and what the machine lacks.
 */
#ifndef ASSESS_GRADE_TERMS_H
#define ASSESS_GRADE_TERMS_H

#include "assess/grade.h"
#include "base/digest.h"
#include "base/err.h"
#include "score/result.h"

struct grade_terms {
	char *box;             /* assay-box */
	char *reporters;       /* the folder of the bundled ones */
	char *bridge;          /* the bridges' files; NULL for a task without a suite against a module */
	struct pins pins;
	char seed[DIGEST_HEX]; /* the part of the pins that is equal on every machine */
	struct strings missing; /* commands and packages that the task needs and the machine hasn't got */
	char *broken;           /* why this machine has no boxes at all; NULL: it has */
	char *cpu_model;
	int cores;
};

/* For an order with a launcher. ERR_INVALID for a task with a suite that can't be run (before anything runs),
 * ERR_SYSTEM. A machine without assay-box has terms all the same, since a result must be able to say so. */
int grade_terms_make(struct grade_terms *out, const struct grade_order *order, struct err *e);
/* What ASSAY_SEED hangs on besides a suite's own files: equal for equal packages. It tells nothing of what is in them. */
int grade_seed(char seed[DIGEST_HEX], const struct task *task, struct err *e);

void grade_terms_done(struct grade_terms *terms);

#define AUTO_GRADE_TERMS AUTO(grade_terms_done)

/* Copies the pins and the machine into a result. */
int grade_terms_fill(struct result *result, const struct grade_terms *terms, struct err *e);

#endif
