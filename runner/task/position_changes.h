// SPDX-License-Identifier: MIT
/*
 * What changed between two versions of a position's document, and which of it may still change: everybody who applies
 * is measured by the same, so what people were promised or asked stays once they have applied, and what is marked once
 * a session is planned. Wording may always be mended.
 */
#ifndef TASK_POSITION_CHANGES_H
#define TASK_POSITION_CHANGES_H

#include "base/err.h"
#include "base/json.h"

#include <stddef.h>

/* From when on a place is locked. */
enum position_lock { LOCK_NEVER, LOCK_APPLICATIONS, LOCK_SESSIONS, LOCK_ALWAYS };

struct position_change {
	char *place;          /* "stages/technical/due": elements of a list by their id; ".../order" for their order */
	char *before, *after; /* as compact JSON; NULL: was not there, is gone */
	enum position_lock lock;
};

struct position_changes {
	struct position_change *item;
	size_t count;
};

/* All changes, in the order of the document. Both must have been accepted by position_parse. */
int position_compare(struct position_changes *out, const struct json_at *before, const struct json_at *after,
	struct err *e);
void position_changes_done(struct position_changes *changes);

#define AUTO_POSITION_CHANGES AUTO(position_changes_done)

#endif
