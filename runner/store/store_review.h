// SPDX-License-Identifier: MIT
/*
 * What a candidate answered in a review, and what a person decided about it. Both only grow: the newest counts, the
 * earlier ones stay.
 */
#ifndef STORE_REVIEW_H
#define STORE_REVIEW_H

#include "store/store.h"

struct store_answer {
	int64_t id; /* given by the store */
	const char *session;
	int64_t part;
	const char *comments; /* JSON: comments.json as it was understood */
	const char *actor;    /* who brought it in */
	int64_t at_ms;
};

int store_answer_add(
	int64_t *id, struct store *store, const struct store_answer *answer, struct err *e);

/* The newest answer to a part. ERR_NOT_FOUND when there is none. */
int store_answer_get(struct store_answer *out, struct store *store, const char *session,
	int64_t part, struct err *e);
void store_answer_done(struct store_answer *answer);

#define AUTO_STORE_ANSWER AUTO(store_answer_done)

/* What a candidate said, as a person entered it. */
struct store_spoken {
	int64_t id; /* given by the store */
	const char *session;
	int64_t part;
	int64_t number;      /* given by the store: from 1 within the part, never given twice */
	const char *comment; /* JSON: a comments.json with this one comment */
	const char *flaw;    /* that it was ticked for; NULL: none */
	const char *person;
	int64_t at_ms;
};

struct store_spokens {
	struct store_spoken *item;
	size_t count;
};

int store_spoken_add(int64_t *id, struct store *store, const struct store_spoken *spoken, struct err *e);

/* Takes it back: it stays, but is in no list any more. ERR_CONFLICT: it was taken back already. */
int store_spoken_take_back(struct store *store, const struct store_spoken *spoken, const char *person, int64_t at_ms,
	struct err *e);

/* What stands, in the order in which it was entered. */
int store_spoken_list(struct store_spokens *out, struct store *store, const char *session, int64_t part, struct err *e);
void store_spokens_done(struct store_spokens *spokens);

#define AUTO_STORE_SPOKENS AUTO(store_spokens_done)

/* The state before a person looked, and the state after. */
struct store_decision {
	int64_t id; /* given by the store */
	int64_t answer;
	const char *person;
	const char *proposed; /* JSON: the matches as they were computed */
	const char *decided;  /* JSON: the decisions */
	int64_t at_ms;
};

int store_decision_add(struct store *store, const struct store_decision *decision, struct err *e);

/* The newest decision about an answer. ERR_NOT_FOUND when there is none. */
int store_decision_get(
	struct store_decision *out, struct store *store, int64_t answer, struct err *e);
void store_decision_done(struct store_decision *decision);

#define AUTO_STORE_DECISION AUTO(store_decision_done)

#endif
