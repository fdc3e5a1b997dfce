// SPDX-License-Identifier: MIT
/*
 * What a named person decided about each comment, and the findings that follow. Only decided comments earn anything.
 */
#ifndef REVIEW_DECISION_H
#define REVIEW_DECISION_H

#include "base/err.h"
#include "base/json.h"
#include "review/comment.h"
#include "review/flaw.h"
#include "review/match.h"

#include <stdbool.h>
#include <stddef.h>

enum decided_as { AS_PLANTED, AS_REAL, AS_DUPLICATE, AS_TASTE, AS_QUESTION, AS_WRONG };

struct decision {
	char *comment;    /* its id */
	char *flaw;       /* the planted flaw's id; NULL unless AS_PLANTED or AS_DUPLICATE */
	enum decided_as as;
	int half_credits; /* 2 = whole, 1 = half; 0 unless planted or real */
	char *reason;
};

struct decisions {
	char *by; /* the person */
	struct decision *item;
	size_t count;
};

/* Parses the file of `review confirm --file`. With comments and flaws (may be NULL) every id must exist, no comment
 * be decided twice, no flaw be credited twice. */
int decisions_parse(struct decisions *out, const struct json_doc *doc, const struct comments *comments,
	const struct flaws *flaws, struct err *e);
struct json *decisions_json(const struct decisions *decisions);
void decisions_done(struct decisions *decisions);
const char *decided_as_name(enum decided_as as);
const char *decided_as_title(enum decided_as as); /* translated */

/* The findings of one review: counts of flaws, whole and by category. */
struct findings_count {
	int planted;   /* how many flaws there were */
	int found;     /* credited, half ones too */
	int half_credits;
};

struct findings {
	bool confirmed;   /* false: matches are only proposed, and all `found` are 0 */
	int proposed, to_check; /* matches in each band before a person looked */
	struct findings_count all, by_category[CATEGORIES];
	int real;         /* found but not planted */
	int wrong;        /* wrong claims: the only false alarms */
	int weight_found_halves, weight_total; /* Σ weight·half credits, Σ weight */
	struct strings found_ids, missed_ids; /* of flaws */
	struct spoken_finding *spoken;        /* what of it was said and not written */
	size_t spoken_count;
};

/* A spoken comment that earned something. */
struct spoken_finding {
	char *what; /* the flaw's id, or the comment's where nothing was planted */
	enum category category;
	char *by; /* the name of the person who entered it */
	int64_t at_ms;
};

/* decisions NULL: nobody has confirmed yet. */
int findings_count(struct findings *out, const struct flaws *flaws, const struct matching *matching,
	const struct decisions *decisions, struct err *e);

/* Says of what was credited which was spoken. */
int findings_add_spoken(struct findings *findings, const struct comments *comments, const struct flaws *flaws,
	const struct decisions *decisions, struct err *e);
void findings_done(struct findings *findings);

/* The 95 % Wilson interval of found out of planted, in whole percent. */
void findings_interval(int found, int planted, int *low_percent, int *high_percent);

#endif
