// SPDX-License-Identifier: MIT
/*
 * Comparing what a program wrote with what it should have written.
 */
#ifndef SCORE_OUTPUT_H
#define SCORE_OUTPUT_H

#include "base/err.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether a program's output is right. The reason (NULL when it is) is one line with the first difference. */
struct output_match {
	bool equal;
	char *reason, *expected, *actual; /* excerpts of at most 400 bytes around the difference */
};

/*
 * exact: byte for byte, but one missing newline at the end of either side is forgiven. tokens: what white space
 * separates, in order. COMPARE_FLOAT as tokens, numbers within the absolute or relative tolerance (NaN equals only
 * NaN, infinities by sign). A NUL byte is an ordinary byte; CRLF counts as LF in tokens and float only.
 */
int output_compare(struct output_match *out, enum compare_kind kind, double tolerance, const char *expected,
	size_t expected_size, const char *actual, size_t actual_size, struct err *e);
void output_match_done(struct output_match *match);

#endif
