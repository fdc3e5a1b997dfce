// SPDX-License-Identifier: MIT
/*
 * One interviewer's marks and evidence for one session.
 */
#ifndef SCORE_CARD_H
#define SCORE_CARD_H

#include "base/err.h"
#include "base/json.h"
#include "task/rubric.h"

#include <stdbool.h>
#include <stdint.h>

enum card_state { CARD_DRAFT, CARD_SEALED, CARD_REVEALED };

enum { MARK_NOT_OBSERVED = 0, CARD_TEXT_BYTES = 16 << 10 };

struct card_mark {
	char *criterion;
	int mark; /* 1–4, or MARK_NOT_OBSERVED */
	char *evidence; /* "" when there is none */
	bool set; /* false: not yet decided, which is not the same as not observed */
};

struct card {
	char *interviewer; /* a person's id */
	char *rubric;      /* id, version and digest that it was marked against */
	int rubric_version;
	char *rubric_digest;
	struct card_mark *marks; /* one for every criterion of the rubric, in its order */
	size_t mark_count;
	char *strengths, *concerns, *open_questions; /* "" when there are none */
	int recommendation; /* 1–4; 0: not given yet */
	bool conflict_of_interest;
	char *language; /* "" when it wasn't said */
	int minutes_present;
	enum card_state state;
	int64_t sealed_ms; /* 0: not yet */
};

/* An empty draft. */
int card_new(struct card **out, const struct rubric *rubric, const char *interviewer, struct err *e);

/*
 * Lays a card file (rubrics/README.md) over the draft: what it doesn't name stays as it is. A criterion that the
 * rubric doesn't have or that comes twice, and any mark but 1–4 and null, are ERR_INVALID with their line; a sealed
 * card is ERR_CONFLICT, and so is one that was begun with another version of the rubric.
 */
int card_take_file(struct card *card, const struct rubric *rubric, const struct json_doc *doc, struct err *e);

/* A copy of a draft to be changed in its place, whole or not at all. ERR_CONFLICT as above. */
int card_begin_change(struct card **out, const struct card *card, const struct rubric *rubric, struct err *e);

/* Sets one mark of a draft; evidence NULL keeps what is there. ERR_NOT_FOUND names the criteria that there are,
 * ERR_INVALID for a mark or text out of range, ERR_CONFLICT for a sealed card. */
int card_set(struct card *card, const char *criterion, int mark, const char *evidence, struct err *e);

/*
 * The same of a card that is revealed, where a change becomes a second entry: of one mark (evidence NULL keeps what is
 * there), or of the recommendation. ERR_CONFLICT: it isn't revealed.
 */
int card_amend(struct card *card, const char *criterion, int mark, const char *evidence, struct err *e);
int card_amend_recommendation(struct card *card, int recommendation, struct err *e);

/* Whether it can be sealed: every criterion decided, evidence for marks 1 and 4, a recommendation. ERR_CONFLICT names
 * everything that is missing, in one sentence. */
int card_check_complete(const struct card *card, const struct rubric *rubric, struct err *e);

/* For the store and --json. */
struct json *card_json(const struct card *card);
int card_parse(struct card **out, const struct json_doc *doc, struct err *e);
void card_free(struct card *card);

AUTO_DEFINE(card, struct card, card_free)
#define AUTO_CARD AUTO(card_auto)

/* The mark of a criterion, or NULL. */
const struct card_mark *card_mark_of(const struct card *card, const char *criterion);

const char *card_state_name(enum card_state state);

#endif
