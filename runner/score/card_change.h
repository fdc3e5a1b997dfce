// SPDX-License-Identifier: MIT
/*
 * What changed on a card after it was revealed: from one dated entry to the next. The later mark counts; what stood there
 * first is never lost, and why it was changed stands beside it. Pure.
 */
#ifndef SCORE_CARD_CHANGE_H
#define SCORE_CARD_CHANGE_H

#include "score/card.h"

struct card_change {
	char *criterion; /* NULL: the recommendation */
	int from, to;    /* marks, MARK_NOT_OBSERVED among them, or recommendations; equal: only the evidence changed */
	char *evidence;  /* as it was before; NULL: it stayed */
	char *reason;
	int64_t at_ms;
};

struct card_changes {
	struct card_change *item;
	size_t count;
};

/* Adds what differs between two entries of one card, in the order of the criteria, the recommendation last. */
int card_changes_add(struct card_changes *out, const struct card *before, const struct card *after, const char *reason,
	int64_t at_ms, struct err *e);
int card_changes_copy(struct card_changes *to, const struct card_changes *from, struct err *e);
void card_changes_done(struct card_changes *changes);

#define AUTO_CARD_CHANGES AUTO(card_changes_done)

/* [{"criterion", "from", "to", "evidence", "reason", "at_ms"}]; a recommendation has no criterion and words for numbers. */
struct json *card_changes_json(const struct card_changes *changes);

#endif
