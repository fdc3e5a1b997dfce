// SPDX-License-Identifier: MIT
/*
 * A small result, rubric and card for the tests of judging and showing. Everything is the caller's; failures end the
 * test program, since a sample that can't be made proves nothing.
 */
#ifndef SUPPORT_SCORE_SAMPLES_H
#define SUPPORT_SCORE_SAMPLES_H

#include "score/card.h"
#include "score/result.h"
#include "task/rubric.h"

/*
 * 7 of 12 points: suite "open" (visible: reads 2 of 2, writes 0 of 3), "later" (after: waits 1 of 1) and "secret"
 * (hidden: holds 4 of 4, leaks 0 of 2), a run and a report for each, and pins of the task "queue".
 */
struct result *sample_result(void);

/* Criteria: "quality" (coding, weight 2, suite open, suggests), "errors" (coding, suite secret), "depth" (review,
 * security findings and all, suggests). */
struct rubric *sample_rubric(void);

/* A revealed card with these marks (0: not observed) for the rubric's criteria. */
struct card *sample_card(const struct rubric *rubric, const char *interviewer, const int *marks);

#endif
