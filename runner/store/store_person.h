// SPDX-License-Identifier: MIT
/*
 * The people who use assay.
 */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

#include "store/store.h"

struct store_person {
	const char *id;
	const char *name;
	const char *roles; /* "interviewer lead": in alphabetical order, one space between */
	const char *account; /* the Unix account it is bound to; NULL: none */
	int64_t added_ms;
};

struct store_persons {
	struct store_person *item;
	size_t count;
};

int store_person_add(struct store *store, const struct store_person *person, struct err *e);
int store_person_get(struct store_person *out, struct store *store, const char *id, struct err *e);
int store_person_list(struct store_persons *out, struct store *store, struct err *e); /* by id */
void store_person_done(struct store_person *person);
void store_persons_done(struct store_persons *persons);

#define AUTO_STORE_PERSON  AUTO(store_person_done)
#define AUTO_STORE_PERSONS AUTO(store_persons_done)

#endif
