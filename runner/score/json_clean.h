// SPDX-License-Identifier: MIT
/*
 * Makes JSON out of what test runners write instead, as far as it has one meaning only: raw control characters, bad
 * UTF-8, escapes that stand for no character, NaN; and of a document that breaks off the part that is whole.
 */
#ifndef SCORE_JSON_CLEAN_H
#define SCORE_JSON_CLEAN_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* What was odd about it. */
struct json_oddities {
	size_t controls; /* raw control characters within strings: line ends and tabs are escaped, the others dropped */
	size_t bad;      /* what stands for no character, now U+FFFD */
	size_t numbers;  /* NaN and infinities, now null */
	bool cut;        /* breaks off */
	bool deep;       /* nested deeper than JSON_MAX_DEPTH: taken for cut off there */
	bool more;       /* something stands behind its end: dropped */
};

/*
 * Adds the document. Of one that breaks off (or is too deep) everything behind the last object that is an element of
 * an array and stands `depth` brackets deep ("{" and "[" counted) is left out, and what was open there is closed: so a
 * half-written element never becomes a whole one. Whether the rest is JSON is for the parser to say. Memory that ran
 * out shows in the text.
 */
void json_clean_document(struct text *out, const char *bytes, size_t size, size_t depth, struct json_oddities *odd);

#endif
