// SPDX-License-Identifier: MIT
/*
 * What a candidate remarked on a change: comments.json (tasks/README.md).
 */
#ifndef REVIEW_COMMENT_H
#define REVIEW_COMMENT_H

#include "base/err.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum category {
	CATEGORY_SECURITY,
	CATEGORY_PERFORMANCE,
	CATEGORY_ERROR_HANDLING,
	CATEGORY_CORRECTNESS,
	CATEGORY_CONCURRENCY,
	CATEGORY_RESOURCES,
	CATEGORY_API,
	CATEGORY_TESTS,
	CATEGORY_READABILITY,
	CATEGORIES,
	CATEGORY_NONE = CATEGORIES
};

enum severity { SEVERITY_NONE, SEVERITY_NOTE, SEVERITY_MINOR, SEVERITY_MAJOR, SEVERITY_CRITICAL };

struct comment {
	char *id;
	char *file;    /* NULL: about the change as a whole */
	int line;      /* from 1; 0: about the file as a whole */
	int end_line;  /* at least line; 0 with line 0 */
	bool old_side;
	enum severity severity;
	enum category category;
	char *text;
	char *suggestion; /* NULL: none */
	struct spoken *spoken; /* NULL: written by the candidate */
};

/* What makes a comment a spoken one: the candidate said it, and a person entered it. */
struct spoken {
	char *by, *name; /* the person's id and name */
	int64_t at_ms;
	char *flaw; /* the planted flaw that it was ticked for; NULL: its place and words have to say it */
};

struct comments {
	struct comment *item;
	size_t count;
};

enum { COMMENTS_MAX = 500, COMMENT_MAX_TEXT = 8192, COMMENT_MAX_LINE = 10000000,
	COMMENT_MAX_PATH = 4096 };

/* At most 500 comments, 8 KiB of text each; ids unique (given where they are missing: "c1", "c2", … by order). */
int comments_parse(struct comments *out, const struct json_doc *doc, struct err *e);

/* Gives those whose id begins like this another one, as if they had come without. */
int comments_keep_free(struct comments *comments, const char *prefix, struct err *e);

/* The same as comments.json again, which knows nothing of who said it. */
struct json *comments_json(const struct comments *comments);
void comment_done(struct comment *comment);
void comments_done(struct comments *comments);

const char *category_name(enum category category);  /* "error-handling" */
const char *category_title(enum category category); /* translated */
bool category_parse(const char *name, enum category *out);
const char *severity_name(enum severity severity);
bool severity_parse(const char *name, enum severity *out);

#endif
