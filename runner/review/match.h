// SPDX-License-Identifier: MIT
/*
 * Matching comments to planted flaws: place, words and category in whole numbers, so that everybody computes the
 * same; the best assignment over all, not comment by comment. Pure.
 *
 *   place L     another file 0, no file 10, the file without a line or farther than 5 lines 15, d lines away
 *               50 - 30·d/5, overlapping 50; the best of a flaw's places counts
 *   words K     40 · groups hit / groups; a word hits at the start of a word of the normalised text
 *   category G  the same 10, none given 5, another 0
 *
 * A pair can match if L+K+G >= 45 and (L >= 20 and a group is hit, or L >= 10 and all groups are). From 70 it is
 * "proposed", below "please check". Nothing earns anything before a person confirmed it (review/decision.h).
 *
 * A selection longer than 40 lines and than three times the place counts as elsewhere in the file (15). A comment
 * that hits all groups of several flaws may match up to three of them. Only the first 60 comments count, and of a
 * text that stands there more than three times only the first.
 *
 * What was spoken (comment.h) is matched alike, beside those 60. Where a person ticked the flaw itself, the pair has the
 * 70 that it takes to be proposed and no other one is possible: a comment that matches better keeps the flaw.
 */
#ifndef REVIEW_MATCH_H
#define REVIEW_MATCH_H

#include "base/err.h"
#include "repo/diff.h"
#include "review/comment.h"
#include "review/flaw.h"

#include <stdbool.h>
#include <stddef.h>

enum { MATCH_TOLERANCE = 5, MATCH_LEAST = 45, MATCH_PROPOSED = 70, MATCH_MAX_COMMENTS = 60 };

struct match_score {
	int place, words, category; /* L, K, G */
	int groups_hit;
	bool possible;
};

/* A comment made ready for scoring: its place on the new side of the change, its text normalised. */
struct remark {
	const char *file; /* NULL: about the change as a whole */
	int start, end;   /* 0: about the file as a whole */
	enum category category;
	const char *words;
};

/* The score of one remark for one flaw. */
void match_score(struct match_score *out, const struct remark *remark, const struct flaw *flaw);

enum match_band { BAND_NONE, BAND_CHECK, BAND_PROPOSED };

struct match {
	size_t comment, flaw; /* indices */
	struct match_score score;
	int total;
	enum match_band band;
};

/* What a comment is that matched nothing. */
enum match_rest {
	REST_MATCHED,   /* it did */
	REST_DUPLICATE, /* could match a flaw that a better comment has */
	REST_DECOY,     /* on something that only looks wrong: noise, costs nothing */
	REST_OPEN,      /* a person says what it is */
	REST_REPEATED,  /* of a text that stands there more than three times, all but the first */
	REST_OVER_LIMIT /* behind the first 60: doesn't count */
};

struct matching {
	struct match *item; /* sorted by flaw; a flaw has one at most, a comment up to three */
	size_t count;
	enum match_rest *rest; /* for each comment */
	size_t comment_count;
};

/* The spoken comments stand before the written ones. A comment on a removed line stands for the next line of the new side, one on the old name of a renamed file for the
 * new one. change may be NULL (comments are taken as they are). */
int match_comments(struct matching *out, const struct comments *comments, const struct flaws *flaws,
	const struct diff *change, struct err *e);
void matching_done(struct matching *matching);

const char *match_band_name(enum match_band band);   /* "proposed", "please_check" */
const char *match_rest_name(enum match_rest rest);

/* Lower case, umlauts and accents spelled plainly, runs of anything else but letters and digits one space, none at the
 * ends. */
int match_normalise(const char *text, char **out, struct err *e);

/*
 * The best assignment of rows to columns: weight[r * columns + c] >= 0, 0 meaning "no edge". chosen[r] becomes a
 * column or -1. Of equal totals, row by row from the first: a column rather than none, and the lowest one. ERR_SYSTEM.
 */
int match_assign(const int *weight, size_t rows, size_t columns, int *chosen, struct err *e);

#endif
