// SPDX-License-Identifier: MIT
/*
 * Appointments and accommodations: added, never changed.
 */
#include "store/store_appointment.h"

#include "base/i18n.h"
#include "store/record.h"

static const struct record_field appointment_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_appointment, session), NULL },
	{ RECORD_INTEGER, offsetof(struct store_appointment, number), NULL },
	{ RECORD_INTEGER, offsetof(struct store_appointment, at_ms), NULL },
	{ RECORD_INTEGER, offsetof(struct store_appointment, minutes), NULL },
	{ RECORD_TEXT, offsetof(struct store_appointment, place), NULL },
	{ RECORD_BOOL, offsetof(struct store_appointment, cancelled), NULL },
	{ RECORD_TEXT, offsetof(struct store_appointment, reason), NULL },
	{ RECORD_TEXT, offsetof(struct store_appointment, actor), NULL },
	{ RECORD_INTEGER, offsetof(struct store_appointment, said_ms), NULL },
};

static const struct record_shape appointment_shape =
	RECORD_SHAPE(N_("date of session"), struct store_appointment, appointment_fields);

int store_appointment_add(struct store *store, const struct store_appointment *appointment, struct err *e)
{
	return record_change(store, APPOINTMENT_ADD,
		DB_VALUES(DB_TEXT(appointment->session), DB_INTEGER(appointment->number),
			DB_INTEGER(appointment->at_ms), DB_INTEGER(appointment->minutes),
			DB_TEXT(appointment->place), DB_INTEGER(appointment->cancelled),
			DB_TEXT(appointment->reason), DB_TEXT(appointment->actor),
			DB_INTEGER(appointment->said_ms)),
		appointment_shape.what, appointment->session, e);
}

int store_appointment_list(
	struct store_appointments *out, struct store *store, const char *session, struct err *e)
{
	return record_list(&out->item, &out->count, &appointment_shape, store, APPOINTMENT_LIST,
		DB_VALUES(DB_TEXT(session)), e);
}

void store_appointments_done(struct store_appointments *appointments)
{
	record_list_done(&appointments->item, &appointments->count, &appointment_shape);
}

static const struct record_field accommodation_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_accommodation, session), NULL },
	{ RECORD_TEXT, offsetof(struct store_accommodation, text), NULL },
	{ RECORD_INTEGER, offsetof(struct store_accommodation, percent), NULL },
	{ RECORD_TEXT, offsetof(struct store_accommodation, actor), NULL },
	{ RECORD_INTEGER, offsetof(struct store_accommodation, at_ms), NULL },
};

static const struct record_shape accommodation_shape =
	RECORD_SHAPE(N_("accommodation of session"), struct store_accommodation, accommodation_fields);

int store_accommodation_add(
	struct store *store, const struct store_accommodation *accommodation, struct err *e)
{
	return record_change(store, ACCOMMODATION_ADD,
		DB_VALUES(DB_TEXT(accommodation->session), DB_TEXT(accommodation->text),
			DB_INTEGER(accommodation->percent), DB_TEXT(accommodation->actor),
			DB_INTEGER(accommodation->at_ms)),
		accommodation_shape.what, accommodation->session, e);
}

int store_accommodation_list(
	struct store_accommodations *out, struct store *store, const char *session, struct err *e)
{
	return record_list(&out->item, &out->count, &accommodation_shape, store, ACCOMMODATION_LIST,
		DB_VALUES(DB_TEXT(session)), e);
}

void store_accommodations_done(struct store_accommodations *accommodations)
{
	record_list_done(&accommodations->item, &accommodations->count, &accommodation_shape);
}
