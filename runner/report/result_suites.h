// SPDX-License-Identifier: MIT
/*
 * What the formats for other programs share; for this room only. They group a result's tests by suite.
 */
#ifndef REPORT_RESULT_SUITES_H
#define REPORT_RESULT_SUITES_H

#include "score/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One suite of a result, with the number of its tests for each outcome. */
struct result_suite {
	const char *id;
	size_t count;
	size_t outcomes[OUTCOME_MISSING + 1];
	int64_t duration_ms; /* of all whose duration is known */
};

/* The suite of the test at *index, if no test before that is of the same one; *index moves on to the next suite's
 * first test. False behind the last. Starts with 0. */
bool result_next_suite(const struct result *result, size_t *index, struct result_suite *out);

/* Whether a test is of the suite. */
bool result_suite_has(const struct result_suite *suite, const struct test_result *test);

#endif
