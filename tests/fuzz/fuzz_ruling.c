// SPDX-License-Identifier: MIT
/* Any bytes as a checker's score and message, split at the first NUL: a ruling that is one, its reason a clean line. */
#include "score/ruling.h"

#include "base/text.h"
#include "score/reported.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	size_t first = size ? strnlen(bytes, size) : 0, rest = first < size ? size - first - 1 : 0;
	const struct ruled ruled = { .exit_code = size % 2 ? RULING_ACCEPTS : RULING_REJECTS, .is_judge = size % 3 == 0,
		.score = bytes, .score_size = first, .message = bytes + size - rest, .message_size = rest };
	struct ruling ruling = { 0 };

	if (ruling_make(&ruling, &ruled, NULL) < 0)
		return 0;
	if (ruling.withheld < 0 || ruling.withheld >= REPORTED_WHOLE ||
		(ruling.outcome != OUTCOME_PASSED && !ruling.reason) ||
		(ruling.reason && (!text_is_utf8(ruling.reason, strlen(ruling.reason)) || strchr(ruling.reason, '\n'))))
		abort();
	ruling_done(&ruling);
	return 0;
}
