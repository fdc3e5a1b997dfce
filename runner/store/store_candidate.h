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

/* Those of one candidate, of one position, or all (NULL): by position, then candidate. */
int store_application_list(struct store_applications *out, struct store *store,
	const char *candidate, const char *position, struct err *e);
void store_application_done(struct store_application *application);
void store_applications_done(struct store_applications *applications);

#define AUTO_STORE_APPLICATION  AUTO(store_application_done)
#define AUTO_STORE_APPLICATIONS AUTO(store_applications_done)

const char *application_state_name(enum application_state state); /* "open" */

#endif
