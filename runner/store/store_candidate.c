// SPDX-License-Identifier: MIT
/*
 * Candidates and their applications.
 */
#include "store/store_candidate.h"

#include "base/i18n.h"
#include "store/record.h"

static const struct record_field candidate_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_candidate, pseudonym), NULL },
	{ RECORD_TEXT, offsetof(struct store_candidate, name), NULL },
	{ RECORD_INTEGER, offsetof(struct store_candidate, added_ms), NULL },
};

static const struct record_shape candidate_shape =
	RECORD_SHAPE(N_("candidate"), struct store_candidate, candidate_fields);

int store_candidate_add(struct store *store, const struct store_candidate *candidate, struct err *e)
{
	return record_change(store, CANDIDATE_ADD,
		DB_VALUES(DB_TEXT(candidate->pseudonym), DB_TEXT(candidate->name),
			DB_INTEGER(candidate->added_ms)),
		candidate_shape.what, candidate->pseudonym, e);
}

int store_candidate_get(
	struct store_candidate *out, struct store *store, const char *pseudonym, struct err *e)
{
	return record_get(out, &candidate_shape, store, CANDIDATE_GET,
		DB_VALUES(DB_TEXT(pseudonym)), pseudonym, e);
}

int store_candidate_list(struct store_candidates *out, struct store *store, struct err *e)
{
	return record_list(
		&out->item, &out->count, &candidate_shape, store, CANDIDATE_LIST, DB_NO_VALUES, e);
}

void store_candidate_done(struct store_candidate *candidate)
{
	record_done(candidate, &candidate_shape);
}

void store_candidates_done(struct store_candidates *candidates)
{
	record_list_done(&candidates->item, &candidates->count, &candidate_shape);
}

static const char *const application_states[] = { "open", "hired", "rejected", "withdrawn", NULL };

const char *application_state_name(enum application_state state)
{
	return application_states[state];
}

static const struct record_field application_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_application, candidate), NULL },
	{ RECORD_TEXT, offsetof(struct store_application, position), NULL },
	{ RECORD_TEXT, offsetof(struct store_application, stage), NULL },
	{ RECORD_WORD, offsetof(struct store_application, state), application_states },
	{ RECORD_INTEGER, offsetof(struct store_application, since_ms), NULL },
};

static const struct record_shape application_shape =
	RECORD_SHAPE(N_("application of"), struct store_application, application_fields);

static struct db_values application_values(const struct store_application *application)
{
	return DB_VALUES(DB_TEXT(application->candidate), DB_TEXT(application->position),
		DB_TEXT(application->stage), DB_TEXT(application_state_name(application->state)),
		DB_INTEGER(application->since_ms));
}

int store_application_add(
	struct store *store, const struct store_application *application, struct err *e)
{
	return record_change(store, APPLICATION_ADD, application_values(application),
		application_shape.what, application->candidate, e);
}

int store_application_move(
	struct store *store, const struct store_application *application, struct err *e)
{
	return record_change(store, APPLICATION_MOVE, application_values(application),
		application_shape.what, application->candidate, e);
}

int store_application_get(struct store_application *out, struct store *store, const char *candidate,
	const char *position, struct err *e)
{
	return record_get(out, &application_shape, store, APPLICATION_GET,
		DB_VALUES(DB_TEXT(candidate), DB_TEXT(position)), candidate, e);
}

int store_application_list(struct store_applications *out, struct store *store,
	const char *candidate, const char *position, struct err *e)
{
	return record_list(&out->item, &out->count, &application_shape, store, APPLICATION_LIST,
		DB_VALUES(DB_TEXT(candidate), DB_TEXT(position)), e);
}

void store_application_done(struct store_application *application)
{
	record_done(application, &application_shape);
}

void store_applications_done(struct store_applications *applications)
{
	record_list_done(&applications->item, &applications->count, &application_shape);
}
