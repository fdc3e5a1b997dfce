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
 * COMPARE_EXACT: byte for byte, but the newline at the very end may be missing on either side. COMPARE_TOKENS: what
 * white space separates, in order. COMPARE_FLOAT: as tokens, but decimal numbers may differ by the tolerance, absolute
 * or relative to the expected one (NaN equals only NaN, infinities by sign; what is too large for a double is a word).
 * A NUL byte is an ordinary byte; CRLF counts as LF in tokens and float only. ERR_INTERNAL for COMPARE_CHECKER and
 * COMPARE_JUDGE, which aren't computed here; ERR_SYSTEM.
 */
int output_compare(struct output_match *out, enum compare_kind kind, double tolerance, const char *expected,
	size_t expected_size, const char *actual, size_t actual_size, struct err *e);
void output_match_done(struct output_match *match);

#endif
