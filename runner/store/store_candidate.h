// SPDX-License-Identifier: MIT
/*
 * Candidates, and what they apply for.
 */
#ifndef STORE_CANDIDATE_H
#define STORE_CANDIDATE_H

#include "store/store.h"

struct store_candidate {
	const char *pseudonym; /* "C-7Q2K" */
	const char *name;
	const char *email; /* NULL: not known; nobody else's, whatever its case */
	int64_t added_ms;
};

struct store_candidates {
	struct store_candidate *item;
	size_t count;
};

int store_candidate_add(
	struct store *store, const struct store_candidate *candidate, struct err *e);
int store_candidate_get(
	struct store_candidate *out, struct store *store, const char *pseudonym, struct err *e);

/* Whose e-mail that is, whatever its case. ERR_NOT_FOUND. */
int store_candidate_of_email(struct store_candidate *out, struct store *store, const char *email, struct err *e);
int store_candidate_list(
	struct store_candidates *out, struct store *store, struct err *e); /* by name */
void store_candidate_done(struct store_candidate *candidate);
void store_candidates_done(struct store_candidates *candidates);

#define AUTO_STORE_CANDIDATE  AUTO(store_candidate_done)
#define AUTO_STORE_CANDIDATES AUTO(store_candidates_done)

enum application_state {
	APPLICATION_OPEN,
	APPLICATION_HIRED,
	APPLICATION_REJECTED,
	APPLICATION_WITHDRAWN
};

struct store_application {
	const char *candidate, *position;
	const char *stage;
	enum application_state state;
	int64_t since_ms; /* in this stage and state */

	/* What was said with it; NULL: nothing. `further` is a JSON object of columns that we don't know. */
	const char *source, *referrer, *salary_expectation, *notice, *languages, *further;
	int64_t version; /* how often it was corrected or screened */
};

struct store_applications {
	struct store_application *item;
	size_t count;
};

int store_application_add(
	struct store *store, const struct store_application *application, struct err *e);
int store_application_get(struct store_application *out, struct store *store, const char *candidate,
	const char *position, struct err *e);

/* Moves it to the stage and state given. */
int store_application_move(
	struct store *store, const struct store_application *application, struct err *e);

/* Sets source, referrer, salary_expectation, notice and languages, and counts its version up. */
int store_application_correct(struct store *store, const struct store_application *application, struct err *e);

/* Those of one candidate, of one position, or all (NULL): by position, then candidate. */
int store_application_list(struct store_applications *out, struct store *store,
	const char *candidate, const char *position, struct err *e);
void store_application_done(struct store_application *application);
void store_applications_done(struct store_applications *applications);

#define AUTO_STORE_APPLICATION  AUTO(store_application_done)
#define AUTO_STORE_APPLICATIONS AUTO(store_applications_done)

/* A step of an application: where it went, when, by whom and why. */
struct store_step {
	int64_t id; /* given by the store */
	const char *candidate, *position, *stage;
	enum application_state state;
	const char *reason;       /* NULL: none was asked for */
	const char *requirements; /* ids of those that are not met, separated by spaces; NULL: none */
	const char *actor;
	int64_t at_ms;
};

struct store_steps {
	struct store_step *item;
	size_t count;
};

int store_step_add(struct store *store, const struct store_step *step, struct err *e);
int store_step_list(struct store_steps *out, struct store *store, const char *candidate, const char *position,
	struct err *e); /* oldest first */
void store_steps_done(struct store_steps *steps);

#define AUTO_STORE_STEPS AUTO(store_steps_done)

/* Whether somebody meets a requirement, as far as the application shows. Each answer is kept; the newest counts. */
enum screening_answer { SCREENING_NONE, SCREENING_NO, SCREENING_PARTLY, SCREENING_YES };

struct store_screening {
	int64_t id; /* given by the store */
	const char *candidate, *position, *requirement;
	enum screening_answer answer; /* SCREENING_NONE: taken back */
	const char *source;           /* where that stands ("CV, page 2"); NULL: not said */
	const char *actor;
	int64_t at_ms;
};

struct store_screenings {
	struct store_screening *item;
	size_t count;
};

int store_screening_add(struct store *store, const struct store_screening *screening, struct err *e);

/* The newest answers of one candidate, or of all (NULL): by candidate, then requirement. */
int store_screening_list(struct store_screenings *out, struct store *store, const char *position, const char *candidate,
	struct err *e);
void store_screenings_done(struct store_screenings *screenings);

#define AUTO_STORE_SCREENINGS AUTO(store_screenings_done)

const char *screening_answer_name(enum screening_answer answer); /* "partly" */
const char *application_state_name(enum application_state state); /* "open" */

#endif
