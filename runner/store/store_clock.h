// SPDX-License-Identifier: MIT
/*
 * What happens to a session's clock: pauses, more time; and the notice that the candidate acknowledged before it
 * began to run.
 */
#ifndef STORE_CLOCK_H
#define STORE_CLOCK_H

#include "store/store.h"

struct store_pause {
	int64_t id; /* given by the store, rising */
	const char *session;
	int64_t part; /* the number of the part that was running; 0: none was */
	int64_t from_ms;
	int64_t to_ms; /* 0: it lasts */
	const char *reason; /* NULL: none was given */
	const char *actor;
};

struct store_pauses {
	struct store_pause *item;
	size_t count;
};

int store_pause_add(int64_t *id, struct store *store, const struct store_pause *pause, struct err *e);

/* Sets to_ms of the one that lasts. */
int store_pause_end(struct store *store, const struct store_pause *pause, struct err *e);
int store_pause_list(struct store_pauses *out, struct store *store, const char *session, struct err *e);
void store_pauses_done(struct store_pauses *pauses);

#define AUTO_STORE_PAUSES AUTO(store_pauses_done)

struct store_extension {
	const char *session;
	int64_t part;
	int64_t minutes;
	const char *reason;
	const char *actor;
	int64_t at_ms;
};

struct store_extensions {
	struct store_extension *item;
	size_t count;
};

int store_extension_add(struct store *store, const struct store_extension *extension, struct err *e);
int store_extension_list(struct store_extensions *out, struct store *store, const char *session, struct err *e);
void store_extensions_done(struct store_extensions *extensions);

#define AUTO_STORE_EXTENSIONS AUTO(store_extensions_done)

/* When somebody who watches the session was last seen; 0: nobody does, or ended in order. */
int store_heartbeat_set(struct store *store, const char *session, int64_t at_ms, struct err *e);
int store_heartbeat_get(int64_t *at_ms, struct store *store, const char *session, struct err *e);

/* The words that were shown, kept whole, since what a later assay shows may differ. */
struct store_notice {
	const char *session;
	const char *text;
	const char *actor; /* who says that the candidate acknowledged it */
	int64_t at_ms;
};

int store_notice_add(struct store *store, const struct store_notice *notice, struct err *e);
int store_notice_get(struct store_notice *out, struct store *store, const char *session, struct err *e);
void store_notice_done(struct store_notice *notice);

#define AUTO_STORE_NOTICE AUTO(store_notice_done)

#endif
