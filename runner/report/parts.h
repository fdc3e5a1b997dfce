// SPDX-License-Identifier: MIT
/*
 * Small pieces that every report is made of.
 */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include "base/i18n.h"
#include "base/text.h"
#include "score/compare.h"
#include "score/scorecard.h"

#include <stdint.h>

/* "3.25", "3,25" in German, "–" for a mean that is negative because nobody observed it. */
enum { PARTS_NUMBER = 16 };
void parts_mean(double mean, enum language language, char out[PARTS_NUMBER]);

/* "3", or "–" for not observed. */
void parts_mark(int mark, char out[PARTS_NUMBER]);

/* "0", or "–" when fewer than two marks make a spread. */
void parts_spread(const struct criterion_row *row, size_t cards, char out[PARTS_NUMBER]);

/* The first ten digits of a commit or digest (40 or 64 hex digits); anything else whole, "–" for none. */
void parts_add_digest(struct text *t, const char *digest);

/* s at the right of a column of that width, cut with "…" and one space before it when it is wider. */
void parts_add_right(struct text *t, const char *s, size_t columns);

/* How a column of one interviewer is headed: the first name, unless two share it. Visible, one line. */
void parts_add_interviewer(struct text *t, const struct scorecard *card, size_t index);

/* The candidate as a heading: "Anna Berg (C-7Q2K)", or the pseudonym alone. Visible, one line. */
void parts_add_candidate(struct text *t, const struct scorecard *card);

/*
 * A change after the reveal: "Ines Vogel, Error handling: 2 → 3 on 2026-11-29 17:14, because …", and what the evidence was
 * before. `what` is the criterion's title. `brief` leaves the words of the one who changed it out. Visible, one line.
 */
void parts_add_change(struct text *t, const char *who, const char *what, const struct card_change *change,
	enum language language, bool brief);

/* All changes of a scorecard, a line for each; with the candidate in front where several stand side by side. */
int parts_list_changes(struct strings *lines, const struct scorecard *card, bool with_candidate, enum language language,
	bool brief, struct err *e);

/* A stranger's text on one line with nothing that commands a terminal. */
void parts_add_line(struct text *t, const char *s);

/* Adds s escaped for HTML text and attribute values, control characters made visible. */
void parts_add_html(struct text *t, const char *s);

/* The mean that a part of the card has; -1 when it has none. */
double parts_part_mean(const struct scorecard *card, enum part_kind part);

/* Whether the title of a new part stands above the criterion at this index. */
bool parts_starts_part(const struct scorecard *card, size_t criterion);

/* The n-th criterion of a comparison, part by part: the first scorecard's, then what only others have. NULL behind the
 * last. */
const struct criterion_row *parts_nth_criterion(const struct comparison_table *table, size_t n);

/* "Ben (C-X118) – rubric_digest: 4567… ≠ 0123… (Anna (C-A4NZ))" */
void parts_add_difference(struct text *t, const struct comparison_table *table, const struct pin_difference *difference);

/* The card's row for the criterion, or NULL. */
const struct criterion_row *parts_row_of(const struct scorecard *card, const char *id);

#endif
