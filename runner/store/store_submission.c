// SPDX-License-Identifier: MIT
/*
 * Submissions and results. That a submission is graded and that its result stands is one fact, so it is one change.
 */
#include "store/store_submission.h"

#include "base/i18n.h"
#include "store/record.h"

#include <stdio.h>

static const char *const grade_states[] = { "none", "due", "done", NULL };

static const struct record_field submission_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_submission, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_submission, session), NULL },
	{ RECORD_INTEGER, offsetof(struct store_submission, part), NULL },
	{ RECORD_TEXT, offsetof(struct store_submission, task), NULL },
	{ RECORD_TEXT, offsetof(struct store_submission, commit), NULL },
	{ RECORD_TEXT, offsetof(struct store_submission, dropped), NULL },
	{ RECORD_INTEGER, offsetof(struct store_submission, at_ms), NULL },
	{ RECORD_WORD, offsetof(struct store_submission, grade), grade_states },
	{ RECORD_INTEGER, offsetof(struct store_submission, attempts), NULL },
};

static const struct record_shape submission_shape =
	RECORD_SHAPE(N_("submission"), struct store_submission, submission_fields);

int store_submission_add(
	int64_t *id, struct store *store, const struct store_submission *submission, struct err *e)
{
	return record_insert(id, store, SUBMISSION_ADD,
		DB_VALUES(DB_TEXT(submission->session), DB_INTEGER(submission->part),
			DB_TEXT(submission->task), DB_TEXT(submission->commit),
			DB_TEXT(submission->dropped), DB_INTEGER(submission->at_ms),
			DB_TEXT(grade_states[submission->grade])),
		e);
}

/* $1 is the submission's id. */
static int change_by_id(struct store *store, enum statement statement, struct db_values values, struct err *e)
{
	char named[24];

	snprintf(named, sizeof(named), "%lld", (long long)values.item[0].integer);
	return record_change(store, statement, values, submission_shape.what, named, e);
}

int store_submission_attempts(struct store *store, int64_t id, int64_t attempts, struct err *e)
{
	return change_by_id(store, SUBMISSION_ATTEMPTS, DB_VALUES(DB_INTEGER(id), DB_INTEGER(attempts)), e);
}

int store_submission_list(
	struct store_submissions *out, struct store *store, const char *session, struct err *e)
{
	return record_list(&out->item, &out->count, &submission_shape, store, SUBMISSION_LIST,
		DB_VALUES(DB_TEXT(session)), e);
}

void store_submissions_done(struct store_submissions *submissions)
{
	record_list_done(&submissions->item, &submissions->count, &submission_shape);
}

static const struct record_field result_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_result, id), NULL },
	{ RECORD_INTEGER, offsetof(struct store_result, submission), NULL },
	{ RECORD_TEXT, offsetof(struct store_result, json), NULL },
	{ RECORD_BOOL, offsetof(struct store_result, gradable), NULL },
	{ RECORD_INTEGER, offsetof(struct store_result, at_ms), NULL },
	{ RECORD_INTEGER, offsetof(struct store_result, previous), NULL },
};

static const struct record_shape result_shape =
	RECORD_SHAPE(N_("result of submission"), struct store_result, result_fields);

static int add_result(struct store *store, const struct store_result *result, struct err *e)
{
	char named[24];

	snprintf(named, sizeof(named), "%lld", (long long)result->submission);
	if (record_change(store, RESULT_ADD,
		    DB_VALUES(DB_INTEGER(result->submission), DB_TEXT(result->json),
			    DB_INTEGER(result->gradable), DB_INTEGER(result->at_ms),
			    DB_INTEGER(result->previous)),
		    result_shape.what, named, e) < 0)
		return -1;
	return change_by_id(store, SUBMISSION_GRADED, DB_VALUES(DB_INTEGER(result->submission)), e);
}

int store_result_add(struct store *store, const struct store_result *result, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };

	if (db_in_transaction(store_db(store)))
		return add_result(store, result, e);
	if (store_change_begin(&change, store, e) < 0 || add_result(store, result, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int store_result_get(
	struct store_result *out, struct store *store, int64_t submission, struct err *e)
{
	char named[24];

	snprintf(named, sizeof(named), "%lld", (long long)submission);
	return record_get(
		out, &result_shape, store, RESULT_GET, DB_VALUES(DB_INTEGER(submission)), named, e);
}

void store_result_done(struct store_result *result)
{
	record_done(result, &result_shape);
}
