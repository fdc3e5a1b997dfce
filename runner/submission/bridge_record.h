// SPDX-License-Identifier: MIT
/*
 * What the tests' end of a bridge wrote down while a suite ran: the file /report/bridge.json. The tests' box is trusted
 * with points, so it is with this; it is read with the same care as every report.
 */
#ifndef SUBMISSION_BRIDGE_RECORD_H
#define SUBMISSION_BRIDGE_RECORD_H

#include "base/err.h"
#include "base/mem.h"

#include <stddef.h>

/* Born zeroed. */
struct bridge_record {
	struct strings self_judged; /* names of tests in which the candidate compared two objects of their own */
	struct strings refused;     /* what the bridge refused something: names of tests, or of what was done for their
				     * class or module; "": before the first test began, so that all have failed */
	struct strings why;         /* the reason of each, a visible line, in the same order */
	char *profile;              /* what was recorded, the JSON object of a suite; NULL: nothing */
	char *lost;                 /* one line: why nothing is known, though the tests ended by themselves; NULL */
};

/* ERR_INVALID when it is no such record. */
int bridge_record_parse(struct bridge_record *out, const char *bytes, size_t size, struct err *e);

void bridge_record_done(struct bridge_record *record);

#endif
