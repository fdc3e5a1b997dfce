// SPDX-License-Identifier: MIT
/*
 * Answers and decisions: added, never changed.
 */
#include "store/store_review.h"

#include "base/i18n.h"
#include "store/record.h"

#include <stdio.h>

static const struct record_field answer_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_answer, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_answer, session), NULL },
	{ RECORD_INTEGER, offsetof(struct store_answer, part), NULL },
	{ RECORD_TEXT, offsetof(struct store_answer, comments), NULL },
	{ RECORD_TEXT, offsetof(struct store_answer, actor), NULL },
	{ RECORD_INTEGER, offsetof(struct store_answer, at_ms), NULL },
};

static const struct record_shape answer_shape =
	RECORD_SHAPE(N_("review answer in"), struct store_answer, answer_fields);

int store_answer_add(
	int64_t *id, struct store *store, const struct store_answer *answer, struct err *e)
{
	return record_insert(id, store, ANSWER_ADD,
		DB_VALUES(DB_TEXT(answer->session), DB_INTEGER(answer->part),
			DB_TEXT(answer->comments), DB_TEXT(answer->actor),
			DB_INTEGER(answer->at_ms)),
		e);
}

int store_answer_get(struct store_answer *out, struct store *store, const char *session,
	int64_t part, struct err *e)
{
	return record_get(out, &answer_shape, store, ANSWER_GET,
		DB_VALUES(DB_TEXT(session), DB_INTEGER(part)), session, e);
}

void store_answer_done(struct store_answer *answer)
{
	record_done(answer, &answer_shape);
}

static const struct record_field spoken_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_spoken, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_spoken, session), NULL },
	{ RECORD_INTEGER, offsetof(struct store_spoken, part), NULL },
	{ RECORD_INTEGER, offsetof(struct store_spoken, number), NULL },
	{ RECORD_TEXT, offsetof(struct store_spoken, comment), NULL },
	{ RECORD_TEXT, offsetof(struct store_spoken, flaw), NULL },
	{ RECORD_TEXT, offsetof(struct store_spoken, person), NULL },
	{ RECORD_INTEGER, offsetof(struct store_spoken, at_ms), NULL },
};

static const struct record_shape spoken_shape =
	RECORD_SHAPE(N_("spoken comment in"), struct store_spoken, spoken_fields);

int store_spoken_add(int64_t *id, struct store *store, const struct store_spoken *spoken, struct err *e)
{
	return record_insert(id, store, SPOKEN_ADD,
		DB_VALUES(DB_TEXT(spoken->session), DB_INTEGER(spoken->part), DB_TEXT(spoken->comment), DB_TEXT(spoken->flaw),
			DB_TEXT(spoken->person), DB_INTEGER(spoken->at_ms)),
		e);
}

int store_spoken_take_back(struct store *store, const struct store_spoken *spoken, const char *person, int64_t at_ms,
	struct err *e)
{
	return record_change(store, SPOKEN_BACK,
		DB_VALUES(DB_INTEGER(spoken->id), DB_TEXT(person), DB_INTEGER(at_ms)), spoken_shape.what, spoken->session, e);
}

int store_spoken_list(struct store_spokens *out, struct store *store, const char *session, int64_t part, struct err *e)
{
	return record_list(&out->item, &out->count, &spoken_shape, store, SPOKEN_LIST,
		DB_VALUES(DB_TEXT(session), DB_INTEGER(part)), e);
}

void store_spokens_done(struct store_spokens *spokens)
{
	record_list_done(&spokens->item, &spokens->count, &spoken_shape);
}

static const struct record_field decision_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_decision, id), NULL },
	{ RECORD_INTEGER, offsetof(struct store_decision, answer), NULL },
	{ RECORD_TEXT, offsetof(struct store_decision, person), NULL },
	{ RECORD_TEXT, offsetof(struct store_decision, proposed), NULL },
	{ RECORD_TEXT, offsetof(struct store_decision, decided), NULL },
	{ RECORD_INTEGER, offsetof(struct store_decision, at_ms), NULL },
};

static const struct record_shape decision_shape =
	RECORD_SHAPE(N_("decision about answer"), struct store_decision, decision_fields);

int store_decision_add(struct store *store, const struct store_decision *decision, struct err *e)
{
	return record_change(store, DECISION_ADD,
		DB_VALUES(DB_INTEGER(decision->answer), DB_TEXT(decision->person),
			DB_TEXT(decision->proposed), DB_TEXT(decision->decided),
			DB_INTEGER(decision->at_ms)),
		decision_shape.what, decision->person, e);
}

int store_decision_get(
	struct store_decision *out, struct store *store, int64_t answer, struct err *e)
{
	char named[24];

	snprintf(named, sizeof(named), "%lld", (long long)answer);
	return record_get(
		out, &decision_shape, store, DECISION_GET, DB_VALUES(DB_INTEGER(answer)), named, e);
}

void store_decision_done(struct store_decision *decision)
{
	record_done(decision, &decision_shape);
}
