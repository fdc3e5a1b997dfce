// SPDX-License-Identifier: MIT
/*
 * Cards: one for each interviewer of a session.
 */
#ifndef STORE_CARD_H
#define STORE_CARD_H

#include "store/store.h"

/* As CARD_DRAFT … of score/card.h; said again here because a database outlives an enum. */
enum store_card_state { STORE_CARD_DRAFT, STORE_CARD_SEALED, STORE_CARD_REVEALED };

struct store_card {
	const char *session, *interviewer;
	const char *json; /* the card as it is now */
	enum store_card_state state;
	int64_t saved_ms;
	int64_t sealed_ms; /* 0: not yet */
};

struct store_cards {
	struct store_card *item;
	size_t count;
};

/* Saves a draft, the first time or again. ERR_CONFLICT when it is sealed. */
int store_card_save(struct store *store, const struct store_card *card, struct err *e);

/* Seals it as it is given, and keeps that as its first entry. ERR_CONFLICT when it is sealed already. */
int store_card_seal(struct store *store, const struct store_card *card, struct err *e);

/* Replaces a revealed card by `card`, and keeps that as its next entry, with its reason. ERR_CONFLICT: it isn't revealed. */
int store_card_amend(struct store *store, const struct store_card *card, const char *reason, struct err *e);

/* Reveals all sealed cards of a session. */
int store_card_reveal(struct store *store, const char *session, struct err *e);

int store_card_get(struct store_card *out, struct store *store, const char *session,
	const char *interviewer, struct err *e);
int store_card_list(
	struct store_cards *out, struct store *store, const char *session, struct err *e);
void store_card_done(struct store_card *card);
void store_cards_done(struct store_cards *cards);

#define AUTO_STORE_CARD  AUTO(store_card_done)
#define AUTO_STORE_CARDS AUTO(store_cards_done)

/* What a card was when it was sealed (number 1), and every change after that, dated and with its reason. */
struct store_entry {
	const char *session, *interviewer;
	int64_t number;
	const char *json;
	const char *reason; /* NULL: the sealing */
	int64_t at_ms;
};

struct store_entries {
	struct store_entry *item;
	size_t count;
};

int store_entry_list(struct store_entries *out, struct store *store, const char *session,
	const char *interviewer, struct err *e);
void store_entries_done(struct store_entries *entries);

#define AUTO_STORE_ENTRIES AUTO(store_entries_done)

#endif
