// SPDX-License-Identifier: MIT
/*
 * What was handed in, and the results of grading it.
 */
#ifndef STORE_SUBMISSION_H
#define STORE_SUBMISSION_H

#include "store/store.h"

#include <stdbool.h>

/* A submission that is to be graded is `due` until its first result stands in the same change as GRADE_DONE: a grade
 * that was cut off is found by that, and repeated. */
enum grade_state { GRADE_NONE, GRADE_DUE, GRADE_DONE };

struct store_submission {
	int64_t id; /* given by the store */
	const char *session;
	int64_t part;
	const char *task;
	const char *commit;  /* in the candidate's own repository */
	const char *dropped; /* JSON: names of files that were not taken, and why */
	int64_t at_ms;
	enum grade_state grade;
	int64_t attempts; /* grades that were begun and never came to an end */
};

struct store_submissions {
	struct store_submission *item;
	size_t count;
};

/* Acknowledges a submission. The same commit for the same part again is the same submission: *id is then the first
 * one's, and nothing changes. */
int store_submission_add(
	int64_t *id, struct store *store, const struct store_submission *submission, struct err *e);

/* Says how often a grade was begun; call it before one begins. */
int store_submission_attempts(struct store *store, int64_t id, int64_t attempts, struct err *e);

/* Of one session (NULL: of all), oldest first. */
int store_submission_list(
	struct store_submissions *out, struct store *store, const char *session, struct err *e);
void store_submissions_done(struct store_submissions *submissions);

#define AUTO_STORE_SUBMISSIONS AUTO(store_submissions_done)

/* A result is written once and stored whole; a regrade adds another that names the one before. */
struct store_result {
	int64_t id; /* given by the store */
	int64_t submission;
	const char *json;
	bool gradable;
	int64_t at_ms;
	int64_t previous; /* the result that this one replaces; 0: the first */
};

/* Adds it and sets the submission's GRADE_DONE, in one change (the caller's, or its own). A second first result of a
 * submission is ERR_CONFLICT. */
int store_result_add(struct store *store, const struct store_result *result, struct err *e);

/* The newest result of a submission. ERR_NOT_FOUND when it has none. */
int store_result_get(
	struct store_result *out, struct store *store, int64_t submission, struct err *e);
void store_result_done(struct store_result *result);

#define AUTO_STORE_RESULT AUTO(store_result_done)

#endif
