// SPDX-License-Identifier: MIT
/*
 * Whether a task proves itself: every solution gets what its class says, time limits are far enough from both sides,
 * nothing hidden is in what a candidate receives and nothing that acts in what they read, every sample review gives its
 * findings, and the rubric that marks it is whole.
 */
#ifndef ASSESS_VERIFY_H
#define ASSESS_VERIFY_H

#include "assess/verify_limits.h"
#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of every accepted solution, if nobody says otherwise: a test that passes only sometimes is a mistake. Every second one
 * runs beside a neighbour that burns. */
enum { VERIFY_ROUNDS = 5, VERIFY_MOST_ROUNDS = 100 };

/* One thing that was tried: a solution, or a sample review. */
struct verify_row {
	char *what;     /* "accepted", …, "review" */
	char *name;
	char *expected; /* in words: "accepted, 55 points" */
	char *got;
	char *why;      /* why it isn't as expected; NULL when it is */
	char *log;      /* then: what its build printed, if that failed; NULL */
	int rounds;
	int64_t fastest_ms, slowest_ms; /* of its rounds, but for one with half as much time again */
	struct closest closest; /* to a limit of time, in the round without a burning neighbour that was farthest from it */
};

struct verification {
	struct verify_row *rows;
	size_t count;
	struct strings problems; /* of the task as a whole */
	struct strings warnings; /* it holds all the same */
	bool holds;
};

/* Born zeroed but for stop_fd (-1). */
struct verify_order {
	const struct task *task;
	bool allow_sampled;
	int jobs;    /* submissions graded side by side; 0 means 1 */
	int rounds;  /* of each accepted solution, up to VERIFY_MOST_ROUNDS; 0 means VERIFY_ROUNDS; fewer add a warning */
	int stop_fd; /* as in struct grade_order */
	void (*progress)(const char *sentence, void *context); /* one call at a time; NULL */
	void *context;
};

/* Tries everything that the task says about itself. What doesn't hold is in the value; ERR_SYSTEM and the like when
 * it could not be tried. */
int verify_task(struct verification *out, const struct verify_order *order, struct err *e);
void verification_done(struct verification *verification);

#define AUTO_VERIFICATION AUTO(verification_done)

struct json *verification_json(const struct verification *verification, const struct task *task);

/* The table, for people. */
void verification_text(
	struct text *t, const struct verification *verification, const struct task *task, size_t columns);

/* --- the parts -------------------------------------------------------------------------------------------------- */

int verify_coding(struct verification *out, const struct verify_order *order, struct err *e);
int verify_review(struct verification *out, const struct task *task, struct err *e);
int verify_hidden(struct verification *out, const struct task *task, struct err *e);
int verify_statement(struct verification *out, const struct task *task, struct err *e);
int verify_rubric(struct verification *out, const struct task *task, struct err *e);

/* Adds a zeroed row. */
struct verify_row *verify_add_row(struct verification *out, struct err *e);

#endif
