// SPDX-License-Identifier: MIT
/* Any bytes as an answer and an output, split at the first "|": compared in every way, excerpts short and clean. */
#include "score/output.h"

#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_excerpt(const char *s)
{
	if (s && (strlen(s) > 400 || !text_is_utf8(s, strlen(s))))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum compare_kind kinds[] = { COMPARE_EXACT, COMPARE_TOKENS, COMPARE_FLOAT };
	const char *bytes = (const char *)data, *bar = size ? memchr(bytes, '|', size) : NULL;
	size_t first = bar ? (size_t)(bar - bytes) : size, rest = bar ? size - first - 1 : 0;
	bool equal = false;

	for (int i = 0; i < 3; i++) {
		struct output_match match = { 0 };

		if (output_compare(&match, kinds[i], 1e-6, bytes, first, bytes + size - rest, rest, NULL) < 0)
			return 0;
		/* Whoever forgives more forgives all that the others do. */
		if ((equal && !match.equal) || match.equal == !!match.reason)
			abort();
		equal = match.equal;
		check_excerpt(match.expected);
		check_excerpt(match.actual);
		output_match_done(&match);
	}
	return 0;
}
