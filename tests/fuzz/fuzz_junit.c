// SPDX-License-Identifier: MIT
/* Any bytes as a report: read, with what it promises: names within their limit, valid UTF-8, no name twice. */
#include "base/text.h"
#include "score/reported.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void need_text(const char *s, size_t most)
{
	need(!s || (strlen(s) <= most && text_is_utf8(s, strlen(s))));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reported reported = { 0 };
	AUTO_FREE struct reported_test **index = NULL;
	struct err e = { 0 };

	need(parse_junit(&reported, (const char *)data, size, &e) == 0);
	need(reported_index(&reported, &index, &e) == 0);
	need(reported.anomalies.count <= REPORTED_MAX_ANOMALIES);
	for (size_t i = 0; i < reported.count; i++) {
		need_text(index[i]->name, REPORTED_MAX_NAME * 3);
		need_text(index[i]->message, 66 << 10);
		need_text(index[i]->output, (66 << 10) * 3);
		need(i == 0 || strcmp(index[i - 1]->name, index[i]->name) < 0);
	}
	reported_done(&reported);
	return 0;
}
