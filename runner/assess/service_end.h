// SPDX-License-Identifier: MIT
/*
 * In which tests the end of a service is named. Nobody has seen when it ended between two of them: a report tells in
 * which order tests were run and what each says of its failure, but not when. So it is named where it can have struck,
 * and where a test has another reason of its own, that stands alone:
 *
 *   - only behind the last test that passed, for which the service was there;
 *   - and there in a failed test that says nothing of why, or says that it lost its connection (refused, reset, closed
 *     without an answer), in the tester's words or in what the test printed.
 *
 * A test that complains of a wrong answer has got one, wherever it stands, and isn't touched.
 */
#ifndef ASSESS_SERVICE_END_H
#define ASSESS_SERVICE_END_H

#include "base/err.h"
#include "score/reported.h"

/* Puts `why` before what those tests say. */
int service_end_name(struct reported *reported, const char *why, struct err *e);

#endif
