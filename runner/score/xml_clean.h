// SPDX-License-Identifier: MIT
/*
 * Makes XML out of what test runners write instead: control bytes, references to them, bad UTF-8, other encodings,
 * several declarations, lone ampersands. Never makes markup out of text.
 */
#ifndef SCORE_XML_CLEAN_H
#define SCORE_XML_CLEAN_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* What was odd about it. */
struct xml_oddities {
	size_t controls;   /* control characters and references to them that were dropped */
	size_t bad;        /* what stands for no character, now U+FFFD */
	size_t ampersands; /* that began no reference */
	bool cut;          /* ends within a comment or declaration */
	bool doctype;      /* a document type or entity declaration: refused, nothing was added */
	char encoding[41]; /* declared, but not known here: read as UTF-8; "" otherwise */
};

/*
 * Adds the document in UTF-8, without declarations, processing instructions and comments, with nothing in it that an
 * XML parser refuses for its characters alone. Takes UTF-8, UTF-16 with or without its mark, and what a declaration
 * calls Latin-1, windows-1252 or ASCII. Terminal colours go with their escape. Whether it is well formed is for the
 * parser to say. Memory that ran out shows in the text.
 */
void xml_clean(struct text *out, const char *bytes, size_t size, struct xml_oddities *odd);

#endif
