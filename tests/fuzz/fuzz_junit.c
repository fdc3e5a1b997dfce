// SPDX-License-Identifier: MIT
/* Any bytes as a report: read, with what tests/fuzz/reported.h asks of it. */
#include "fuzz/reported.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_reported(parse_junit, data, size);
}
