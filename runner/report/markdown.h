// SPDX-License-Identifier: MIT
/*
 * Markdown as its renderers read it (CommonMark with GitHub's tables and links): the one door to cmark-gfm.
 */
#ifndef REPORT_MARKDOWN_H
#define REPORT_MARKDOWN_H

#include "base/err.h"

#include <stddef.h>

enum markdown_danger {
	MARKDOWN_RAW_HTML,     /* "<b>", "<script>", a comment */
	MARKDOWN_ACTIVE_LINK,  /* a link that is neither http, https, mailto nor relative: "javascript:…" */
	MARKDOWN_REMOTE_IMAGE, /* an image from elsewhere, which tells somebody who reads the text and when */
};

struct markdown_find {
	enum markdown_danger danger;
	unsigned line; /* from 1 */
	char *what;    /* the address, or the beginning of the HTML; one visible line */
};

struct markdown_finds {
	struct markdown_find *item;
	size_t count;
};

enum { MARKDOWN_MAX_BYTES = 256 << 10, MARKDOWN_MAX_FINDS = 100 };

/*
 * Everything in a text that is more than text where it is rendered: what code quotes is none of it. The first
 * MARKDOWN_MAX_FINDS. The bytes may be any; ERR_LIMIT for more than MARKDOWN_MAX_BYTES.
 */
int markdown_look(struct markdown_finds *out, const char *bytes, size_t size, struct err *e);
void markdown_finds_done(struct markdown_finds *finds);

/* What is wrong about it, translated: "raw HTML". */
const char *markdown_danger_title(enum markdown_danger danger);

#endif
