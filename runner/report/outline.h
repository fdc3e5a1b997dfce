// SPDX-License-Identifier: MIT
/*
 * A plain document, block by block, that can be shown as text or as a page to print: what is said is decided once,
 * how it looks in two places. Pure.
 */
#ifndef REPORT_OUTLINE_H
#define REPORT_OUTLINE_H

#include "report/report.h"

enum outline_kind {
	OUTLINE_TITLE,    /* of the whole */
	OUTLINE_PART,     /* begins a part; a page of its own when printed */
	OUTLINE_HEAD,     /* within a part */
	OUTLINE_TEXT,     /* a paragraph; line breaks are kept */
	OUTLINE_VERBATIM, /* somebody's own layout, unwrapped */
	OUTLINE_TICK,     /* something to do or ask, with a box to tick */
	OUTLINE_ITEM,     /* below the block before */
	OUTLINE_ROOM,     /* empty lines to write on; the text is what goes there */
};

struct outline_block {
	enum outline_kind kind;
	char *text;
};

/* Remembers that it ran out of memory, as text does: rendering then fails. */
struct outline {
	struct outline_block *blocks;
	size_t count;
	bool failed;
};

/* Adds a block; what strangers wrote may stand in it, it is shown and obeyed by nothing. */
void outline_add(struct outline *outline, enum outline_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void outline_done(struct outline *outline);

#define AUTO_OUTLINE AUTO(outline_done)

/* *out is the caller's. */
int outline_text(char **out, const struct outline *outline, const struct report_style *style, struct err *e);
int outline_html(char **out, const struct outline *outline, const struct report_style *style, struct err *e);

#endif
