// SPDX-License-Identifier: MIT
/*
 * Words in a reason that help nobody: those that say nothing one could see or hear, and those that touch on what nobody
 * may be judged by. Hints, never refusals. Pure.
 */
#ifndef ASSESS_LOOSE_WORDS_H
#define ASSESS_LOOSE_WORDS_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>

/* Adds a sentence, translated, for each that is found, one of each sort; and one when the text is too short for
 * somebody who wasn't there. */
int loose_words(struct strings *hints, const char *text, struct err *e);

/* Whether a column's heading asks for what somebody earns now, which is not taken; or for what nobody may be judged by. */
int heading_is_current_pay(bool *is, const char *heading, struct err *e);
int heading_is_protected(bool *is, const char *heading, struct err *e);

#endif
