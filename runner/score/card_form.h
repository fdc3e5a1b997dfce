// SPDX-License-Identifier: MIT
/*
 * A card as a text that one fills in with any editor, on any machine.
 *
 *   # A line that starts with "#" is a word of ours and is ignored.
 *   [coding-errors]
 *   mark: 3
 *   evidence: 422 and 404 unprompted;
 *    the failed job keeps its reason
 *
 *   [card]
 *   recommendation: yes
 *   strengths: Calculates before drawing.
 *
 * A text goes from behind its word to the next word of that section, or to the next section; of each line behind its
 * first one blank is no part of it, so that a line may begin with anything. Words are understood in English and in German, whatever language is
 * spoken. Pure.
 */
#ifndef SCORE_CARD_FORM_H
#define SCORE_CARD_FORM_H

#include "score/card.h"
#include "score/scorecard.h"

enum { CARD_FORM_MAX_BYTES = 1 << 20, CARD_FORM_MAX_LINES = 20000 };

/* All borrowed. */
struct card_form {
	const struct card *card;
	const struct rubric *rubric;
	const char *heading;           /* one line: whose card, which session; shown harmless */
	const struct scorecard *known; /* for the evidence below each criterion; NULL: none */
	long long saved_ms;            /* when the card was last saved; 0: never */
};

/* *out is the caller's. Anchors and words are in the language that is spoken. */
int card_form_render(char **out, const struct card_form *form, enum language language, struct err *e);

/* Whether the form has its last line to the end: one that was cut off hasn't. */
bool card_form_is_whole(const char *bytes, size_t size);

/*
 * Lays a form over the draft: what it leaves empty stays open, what it doesn't name stays as it is. ERR_INVALID names
 * the file and line; then nothing of the card has changed. *saved_ms is what the form was made from.
 */
int card_form_take(struct card *card, long long *saved_ms, const struct rubric *rubric, const char *name,
	const char *bytes, size_t size, struct err *e);

#endif
