// SPDX-License-Identifier: MIT
/*
 * Candidates and their applications, step by step.
 */
#include "store/store_candidate.h"

#include "base/i18n.h"
#include "store/record.h"

static const struct record_field candidate_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_candidate, pseudonym), NULL },
	{ RECORD_TEXT, offsetof(struct store_candidate, name), NULL },
	{ RECORD_TEXT, offsetof(struct store_candidate, email), NULL },
	{ RECORD_INTEGER, offsetof(struct store_candidate, added_ms), NULL },
};

static const struct record_shape candidate_shape =
	RECORD_SHAPE(N_("candidate"), struct store_candidate, candidate_fields);

int store_candidate_add(struct store *store, const struct store_candidate *candidate, struct err *e)
{
	return record_change(store, CANDIDATE_ADD,
		DB_VALUES(DB_TEXT(candidate->pseudonym), DB_TEXT(candidate->name), DB_TEXT(candidate->email),
			DB_INTEGER(candidate->added_ms)),
		candidate_shape.what, candidate->pseudonym, e);
}

int store_candidate_get(
	struct store_candidate *out, struct store *store, const char *pseudonym, struct err *e)
{
	return record_get(out, &candidate_shape, store, CANDIDATE_GET,
		DB_VALUES(DB_TEXT(pseudonym)), pseudonym, e);
}

int store_candidate_of_email(struct store_candidate *out, struct store *store, const char *email, struct err *e)
{
	return record_get(out, &candidate_shape, store, CANDIDATE_OF_EMAIL, DB_VALUES(DB_TEXT(email)), email, e);
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
	{ RECORD_TEXT, offsetof(struct store_application, source), NULL },
	{ RECORD_TEXT, offsetof(struct store_application, referrer), NULL },
	{ RECORD_TEXT, offsetof(struct store_application, salary_expectation), NULL },
	{ RECORD_TEXT, offsetof(struct store_application, notice), NULL },
	{ RECORD_TEXT, offsetof(struct store_application, languages), NULL },
	{ RECORD_TEXT, offsetof(struct store_application, further), NULL },
	{ RECORD_INTEGER, offsetof(struct store_application, version), NULL },
};

static const struct record_shape application_shape =
	RECORD_SHAPE(N_("application of"), struct store_application, application_fields);

int store_application_add(
	struct store *store, const struct store_application *application, struct err *e)
{
	return record_change(store, APPLICATION_ADD,
		DB_VALUES(DB_TEXT(application->candidate), DB_TEXT(application->position),
			DB_TEXT(application->stage), DB_TEXT(application_state_name(application->state)),
			DB_INTEGER(application->since_ms), DB_TEXT(application->source),
			DB_TEXT(application->referrer), DB_TEXT(application->salary_expectation),
			DB_TEXT(application->notice), DB_TEXT(application->languages),
			DB_TEXT(application->further)),
		application_shape.what, application->candidate, e);
}

int store_application_move(
	struct store *store, const struct store_application *application, struct err *e)
{
	return record_change(store, APPLICATION_MOVE,
		DB_VALUES(DB_TEXT(application->candidate), DB_TEXT(application->position),
			DB_TEXT(application->stage), DB_TEXT(application_state_name(application->state)),
			DB_INTEGER(application->since_ms)),
		application_shape.what, application->candidate, e);
}

int store_application_correct(struct store *store, const struct store_application *application, struct err *e)
{
	return record_change(store, APPLICATION_CORRECT,
		DB_VALUES(DB_TEXT(application->candidate), DB_TEXT(application->position),
			DB_TEXT(application->source), DB_TEXT(application->referrer),
			DB_TEXT(application->salary_expectation), DB_TEXT(application->notice),
			DB_TEXT(application->languages)),
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

/* --- steps ------------------------------------------------------------------------------------------------------ */

static const struct record_field step_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_step, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_step, candidate), NULL },
	{ RECORD_TEXT, offsetof(struct store_step, position), NULL },
	{ RECORD_TEXT, offsetof(struct store_step, stage), NULL },
	{ RECORD_WORD, offsetof(struct store_step, state), application_states },
	{ RECORD_TEXT, offsetof(struct store_step, reason), NULL },
	{ RECORD_TEXT, offsetof(struct store_step, requirements), NULL },
	{ RECORD_TEXT, offsetof(struct store_step, actor), NULL },
	{ RECORD_INTEGER, offsetof(struct store_step, at_ms), NULL },
};

static const struct record_shape step_shape = RECORD_SHAPE(N_("step of"), struct store_step, step_fields);

int store_step_add(struct store *store, const struct store_step *step, struct err *e)
{
	return record_change(store, STEP_ADD,
		DB_VALUES(DB_TEXT(step->candidate), DB_TEXT(step->position), DB_TEXT(step->stage),
			DB_TEXT(application_state_name(step->state)), DB_TEXT(step->reason),
			DB_TEXT(step->requirements), DB_TEXT(step->actor), DB_INTEGER(step->at_ms)),
		step_shape.what, step->candidate, e);
}

int store_step_list(struct store_steps *out, struct store *store, const char *candidate, const char *position,
	struct err *e)
{
	return record_list(&out->item, &out->count, &step_shape, store, STEP_LIST,
		DB_VALUES(DB_TEXT(candidate), DB_TEXT(position)), e);
}

void store_steps_done(struct store_steps *steps)
{
	record_list_done(&steps->item, &steps->count, &step_shape);
}

/* --- screening -------------------------------------------------------------------------------------------------- */

static const char *const screening_answers[] = { "none", "no", "partly", "yes", NULL };

const char *screening_answer_name(enum screening_answer answer)
{
	return screening_answers[answer];
}

static const struct record_field screening_fields[] = {
	{ RECORD_INTEGER, offsetof(struct store_screening, id), NULL },
	{ RECORD_TEXT, offsetof(struct store_screening, candidate), NULL },
	{ RECORD_TEXT, offsetof(struct store_screening, position), NULL },
	{ RECORD_TEXT, offsetof(struct store_screening, requirement), NULL },
	{ RECORD_WORD, offsetof(struct store_screening, answer), screening_answers },
	{ RECORD_TEXT, offsetof(struct store_screening, source), NULL },
	{ RECORD_TEXT, offsetof(struct store_screening, actor), NULL },
	{ RECORD_INTEGER, offsetof(struct store_screening, at_ms), NULL },
};

static const struct record_shape screening_shape =
	RECORD_SHAPE(N_("screening of"), struct store_screening, screening_fields);

int store_screening_add(struct store *store, const struct store_screening *screening, struct err *e)
{
	return record_change(store, SCREENING_ADD,
		DB_VALUES(DB_TEXT(screening->candidate), DB_TEXT(screening->position),
			DB_TEXT(screening->requirement), DB_TEXT(screening_answer_name(screening->answer)),
			DB_TEXT(screening->source), DB_TEXT(screening->actor), DB_INTEGER(screening->at_ms)),
		screening_shape.what, screening->candidate, e);
}

int store_screening_list(struct store_screenings *out, struct store *store, const char *position, const char *candidate,
	struct err *e)
{
	return record_list(&out->item, &out->count, &screening_shape, store, SCREENING_LIST,
		DB_VALUES(DB_TEXT(position), DB_TEXT(candidate)), e);
}

void store_screenings_done(struct store_screenings *screenings)
{
	record_list_done(&screenings->item, &screenings->count, &screening_shape);
}
