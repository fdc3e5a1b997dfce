// SPDX-License-Identifier: MIT
/*
 * Cards. The statements themselves leave a sealed card alone; here that becomes a sentence.
 */
#include "store/store_card.h"

#include "base/i18n.h"
#include "store/record.h"

static const char *const card_states[] = { "draft", "sealed", "revealed", NULL };

static const struct record_field card_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_card, session), NULL },
	{ RECORD_TEXT, offsetof(struct store_card, interviewer), NULL },
	{ RECORD_TEXT, offsetof(struct store_card, json), NULL },
	{ RECORD_WORD, offsetof(struct store_card, state), card_states },
	{ RECORD_INTEGER, offsetof(struct store_card, saved_ms), NULL },
	{ RECORD_INTEGER, offsetof(struct store_card, sealed_ms), NULL },
};

static const struct record_shape card_shape =
	RECORD_SHAPE(N_("card of"), struct store_card, card_fields);

/* The statement changes nothing exactly when the card is no draft any more. */
static int change_draft(struct store *store, enum statement statement, struct db_values values,
	const struct store_card *card, struct err *e)
{
	int64_t changed = 0;

	if (db_run(store_db(store), statements[statement], values, &changed, e) < 0)
		return -1;
	if (changed == 0)
		return err_set(e, ERR_CONFLICT, _("the card of %s for %s is sealed already"),
			card->interviewer, card->session);
	return 0;
}

int store_card_save(struct store *store, const struct store_card *card, struct err *e)
{
	return change_draft(store, CARD_SAVE,
		DB_VALUES(DB_TEXT(card->session), DB_TEXT(card->interviewer), DB_TEXT(card->json),
			DB_INTEGER(card->saved_ms)),
		card, e);
}

static int add_entry(struct store *store, const struct store_card *card, const char *reason, int64_t at_ms, struct err *e)
{
	return db_run(store_db(store), statements[ENTRY_ADD],
		DB_VALUES(DB_TEXT(card->session), DB_TEXT(card->interviewer), DB_TEXT(card->json), DB_TEXT(reason),
			DB_INTEGER(at_ms)),
		NULL, e);
}

static int seal(struct store *store, const struct store_card *card, struct err *e)
{
	if (change_draft(store, CARD_SEAL,
		    DB_VALUES(DB_TEXT(card->session), DB_TEXT(card->interviewer),
			    DB_TEXT(card->json), DB_INTEGER(card->saved_ms),
			    DB_INTEGER(card->sealed_ms)),
		    card, e) < 0)
		return -1;
	return add_entry(store, card, NULL, card->sealed_ms, e);
}

int store_card_seal(struct store *store, const struct store_card *card, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };

	if (db_in_transaction(store_db(store)))
		return seal(store, card, e);
	if (store_change_begin(&change, store, e) < 0 || seal(store, card, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

static int amend(struct store *store, const struct store_card *card, const char *reason, struct err *e)
{
	int64_t changed = 0;

	if (db_run(store_db(store), statements[CARD_AMEND],
		    DB_VALUES(DB_TEXT(card->session), DB_TEXT(card->interviewer), DB_TEXT(card->json),
			    DB_INTEGER(card->saved_ms)),
		    &changed, e) < 0)
		return -1;
	if (changed == 0)
		return err_set(e, ERR_CONFLICT, _("the card of %s for %s is not revealed"), card->interviewer, card->session);
	return add_entry(store, card, reason, card->saved_ms, e);
}

int store_card_amend(struct store *store, const struct store_card *card, const char *reason, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };

	if (db_in_transaction(store_db(store)))
		return amend(store, card, reason, e);
	if (store_change_begin(&change, store, e) < 0 || amend(store, card, reason, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int store_card_reveal(struct store *store, const char *session, struct err *e)
{
	return db_run(
		store_db(store), statements[CARD_REVEAL], DB_VALUES(DB_TEXT(session)), NULL, e);
}

int store_card_get(struct store_card *out, struct store *store, const char *session,
	const char *interviewer, struct err *e)
{
	return record_get(out, &card_shape, store, CARD_GET,
		DB_VALUES(DB_TEXT(session), DB_TEXT(interviewer)), interviewer, e);
}

int store_card_list(
	struct store_cards *out, struct store *store, const char *session, struct err *e)
{
	return record_list(&out->item, &out->count, &card_shape, store, CARD_LIST,
		DB_VALUES(DB_TEXT(session)), e);
}

void store_card_done(struct store_card *card)
{
	record_done(card, &card_shape);
}

void store_cards_done(struct store_cards *cards)
{
	record_list_done(&cards->item, &cards->count, &card_shape);
}

static const struct record_field entry_fields[] = {
	{ RECORD_TEXT, offsetof(struct store_entry, session), NULL },
	{ RECORD_TEXT, offsetof(struct store_entry, interviewer), NULL },
	{ RECORD_INTEGER, offsetof(struct store_entry, number), NULL },
	{ RECORD_TEXT, offsetof(struct store_entry, json), NULL },
	{ RECORD_TEXT, offsetof(struct store_entry, reason), NULL },
	{ RECORD_INTEGER, offsetof(struct store_entry, at_ms), NULL },
};

static const struct record_shape entry_shape =
	RECORD_SHAPE(N_("entry of"), struct store_entry, entry_fields);

int store_entry_list(struct store_entries *out, struct store *store, const char *session,
	const char *interviewer, struct err *e)
{
	return record_list(&out->item, &out->count, &entry_shape, store, ENTRY_LIST,
		DB_VALUES(DB_TEXT(session), DB_TEXT(interviewer)), e);
}

void store_entries_done(struct store_entries *entries)
{
	record_list_done(&entries->item, &entries->count, &entry_shape);
}
