// SPDX-License-Identifier: MIT
/*
 * Letters that were sent to candidates: which, when, said by whom. Their words aren't kept, they are the candidate's.
 */
#ifndef STORE_LETTER_H
#define STORE_LETTER_H

#include "store/store.h"

struct store_letter {
	const char *candidate, *position;
	const char *kind;
	int64_t on_ms; /* the day on which it was sent, at its beginning in the machine's time zone */
	const char *actor;
	int64_t at_ms; /* when that was said */
};

struct store_letters {
	struct store_letter *item;
	size_t count;
};

int store_letter_add(struct store *store, const struct store_letter *letter, struct err *e);

/* Of a candidate and a position (NULL: any), in the order in which they were said to be sent. */
int store_letter_list(struct store_letters *out, struct store *store, const char *candidate, const char *position,
	struct err *e);
void store_letters_done(struct store_letters *letters);

#define AUTO_STORE_LETTERS AUTO(store_letters_done)

#endif
