// SPDX-License-Identifier: MIT
/*
 * What one line of TAP says, apart from the lines around it. Pure; the lines are cut in place.
 */
#ifndef SCORE_TAP_LINE_H
#define SCORE_TAP_LINE_H

#include "score/result.h"

#include <stdint.h>

enum { TAP_NO_PLAN = -1 };

/* "1..5", "1..0 # SKIP no database": the number, or TAP_NO_PLAN. */
long long tap_plan_of(const char *s);

/* What a line reports: 1 ok, 0 not ok, -1 nothing; rest is what stands behind. */
int tap_point_of(char *s, char **rest);

/* Takes the directive off a description: SKIPPED with its reason (maybe ""), or the outcome as it was. */
enum outcome tap_take_directive(char *description, enum outcome outcome, const char **reason);

/* Takes a duration off the end of a description, as node-tap, bats and Criterion write it there: a name that is another
 * one every time is no name. -1: there is none. */
int64_t tap_take_duration(char *description);

/* "\#" and "\\" mean the character alone; spaces at the end go. */
void tap_unescape(char *s);

#endif
