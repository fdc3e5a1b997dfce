// SPDX-License-Identifier: MIT
/* What every parser of reports promises of any bytes: names within their limit, valid UTF-8, no name twice. */
#ifndef FUZZ_REPORTED_H
#define FUZZ_REPORTED_H

#include "base/text.h"
#include "score/reported.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef int fuzz_parse(struct reported *out, const char *bytes, size_t size, struct err *e);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void need(bool holds)
{
	if (!holds)
		abort();
}

static inline void need_text(const char *s, size_t most)
{
	need(!s || (strlen(s) <= most && text_is_utf8(s, strlen(s))));
}

static inline int fuzz_reported(fuzz_parse *parse, const uint8_t *data, size_t size)
{
	struct reported reported = { 0 };
	AUTO_FREE struct reported_test **index = NULL;
	struct err e = { 0 };

	need(parse(&reported, (const char *)data, size, &e) == 0);
	need(reported_index(&reported, &index, &e) == 0);
	need(reported.anomalies.count <= REPORTED_MAX_ANOMALIES);
	for (size_t i = 0; i < reported.count; i++) {
		need_text(index[i]->name, REPORTED_MAX_NAME * 3);
		need_text(index[i]->message, 66 << 10);
		need_text(index[i]->expected, 66 << 10);
		need_text(index[i]->actual, 66 << 10);
		need_text(index[i]->output, (66 << 10) * 3);
		need(i == 0 || strcmp(index[i - 1]->name, index[i]->name) < 0);
	}
	reported_done(&reported);
	return 0;
}

#endif
