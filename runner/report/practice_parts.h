// SPDX-License-Identifier: MIT
/*
 * Small pieces of the practice pages. Not for other rooms.
 */
#ifndef REPORT_PRACTICE_PARTS_H
#define REPORT_PRACTICE_PARTS_H

#include "report/practice.h"

/* Lines of text by whoever, each wrapped behind the indent and without power over a terminal. */
void practice_block(struct text *t, const char *s, const char *indent, size_t columns);

/* The same for one sentence of ours. */
void practice_sentence(struct text *t, const char *s, const struct report_style *style);

/* A heading with an empty line before it. */
void practice_heading(struct text *t, const char *s);

/* Whether a criterion belongs to what is practised. */
bool practice_shows(const struct practice_page *page, const struct criterion *criterion);

/* The answer of a turn; "" when there is none. */
const char *practice_answer(const struct practice_page *page, size_t question, int turn);

#endif
