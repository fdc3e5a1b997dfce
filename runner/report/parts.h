// SPDX-License-Identifier: MIT
/*
 * Small pieces that every report is made of.
 */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include "base/i18n.h"
#include "base/text.h"
#include "score/scorecard.h"

#include <stdint.h>

/* "3.25", "3,25" in German, "–" for a mean that is negative because nobody observed it. */
enum { PARTS_NUMBER = 16 };
void parts_mean(double mean, enum language language, char out[PARTS_NUMBER]);

/* "3", or "–" for not observed. */
void parts_mark(int mark, char out[PARTS_NUMBER]);

/* "0", or "–" when fewer than two marks make a spread. */
void parts_spread(const struct criterion_row *row, size_t cards, char out[PARTS_NUMBER]);

/* The first ten digits of a commit or digest; "–" for none. */
void parts_short_digest(const char *digest, char out[PARTS_NUMBER]);

/* The candidate as a heading: "Anna Berg (C-7Q2K)", or the pseudonym alone. Visible, one line. */
void parts_add_candidate(struct text *t, const struct scorecard *card);

/* A stranger's text on one line with nothing that commands a terminal. */
void parts_add_line(struct text *t, const char *s);

/* Adds s escaped for HTML text and attribute values, control characters made visible. */
void parts_add_html(struct text *t, const char *s);

/* The mean that a part of the card has; -1 when it has none. */
double parts_part_mean(const struct scorecard *card, enum part_kind part);

/* Whether the title of a new part stands above the criterion at this index. */
bool parts_starts_part(const struct scorecard *card, size_t criterion);

/* The card's row for the criterion, or NULL. */
const struct criterion_row *parts_row_of(const struct scorecard *card, const char *id);

#endif
