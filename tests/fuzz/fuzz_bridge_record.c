// SPDX-License-Identifier: MIT
/* Any bytes as what the tests' end of a bridge wrote down: read, or refused; what is read can be shown. */
#include "base/text.h"
#include "submission/bridge_record.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(bridge_record_done) struct bridge_record record = { 0 };
	struct err e = { 0 };

	if (bridge_record_parse(&record, (const char *)data, size, &e) < 0) {
		if (e.kind == ERR_NONE)
			abort();
		return 0;
	}
	for (size_t i = 0; i < record.refused.count; i++)
		if (!text_is_utf8(record.why.item[i], strlen(record.why.item[i])))
			abort();
	return 0;
}
