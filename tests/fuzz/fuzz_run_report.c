// SPDX-License-Identifier: MIT
/* Any bytes as a box's report: read, or a failure of ours; never a verdict that isn't one. */
#include "submission/box_report.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_BOX_REPORT struct box_report report = { 0 };
	struct err e = { 0 };
	int said = box_report_parse(&report, (const char *)data, size, &e);

	if (said == 0 ? report.verdict >= VERDICTS : e.kind != ERR_SYSTEM)
		abort();
	return 0;
}
