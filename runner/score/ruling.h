// SPDX-License-Identifier: MIT
/*
 * What a task's own checker or judge says of a case, by the rules of Kattis: exit status 42 accepts, 43 rejects, and
 * three files may lie in its feedback directory. Everything else is the mistake of the task, never the candidate's merit
 * and never a failure of ours.
 */
#ifndef SCORE_RULING_H
#define SCORE_RULING_H

#include "base/err.h"
#include "base/verdict.h"
#include "score/result.h"

#include <stdbool.h>
#include <stddef.h>

enum { RULING_ACCEPTS = 42, RULING_REJECTS = 43 };

/* How a checker has ended and what it left. Borrows everything. */
struct ruled {
	bool is_judge;    /* it talked with the program; else it looked at its output */
	bool ended_early; /* and the program had ended before the judge did */
	enum verdict verdict;
	int exit_code;
	const char *score; /* score.txt; NULL */
	size_t score_size;
	const char *message; /* teammessage.txt, for candidates; NULL */
	size_t message_size;
};

/* OUTCOME_PASSED, OUTCOME_FAILED, or OUTCOME_ERROR when the checker itself failed: then the reason begins with
 * "tester_limit: ". */
struct ruling {
	enum outcome outcome;
	int withheld; /* millionths of the points of what passed */
	char *reason; /* one clean line; NULL when it passed and there is nothing to say */
};

/*
 * Rules. A program that ended early and whose judge then ended by itself without accepting has failed. Of what is
 * accepted score.txt may say the share that it is worth: a decimal number from 0 to 1, which may have an exponent, and
 * white space around it; 0 is a failure, anything else than such a number a mistake of the task. ERR_SYSTEM when out
 * of memory.
 */
int ruling_make(struct ruling *out, const struct ruled *ruled, struct err *e);
void ruling_done(struct ruling *ruling);

#endif
