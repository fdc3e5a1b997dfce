// SPDX-License-Identifier: MIT
/*
 * What was planted in a change, and what only looks wrong: review/flaws.json (tasks/README.md).
 */
#ifndef REVIEW_FLAW_H
#define REVIEW_FLAW_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "repo/diff.h"
#include "review/comment.h"

#include <stdbool.h>
#include <stddef.h>

struct place {
	char *file;
	int start, end; /* lines of the new side */
};

struct flaw {
	char *id;
	bool missing; /* something absent: any place listed counts */
	enum category category;
	enum severity severity; /* its weight: note 1, minor 2, major 3, critical 4 */
	struct place *places;
	size_t place_count;
	struct strings *words; /* groups, each hit by any of its words; normalised as match_normalise does */
	size_t group_count;    /* 1–6 */
	struct localised answer, ask;
};

struct decoy {
	char *id;
	struct place place;
	struct localised fine;
};

struct flaws {
	struct flaw *item;
	size_t count; /* 1–60 */
	struct decoy *decoys;
	size_t decoy_count;
};

/* Parses and checks; with a diff (may be NULL) also that every place lies in a file of its new side, and ends before
 * that file does. */
int flaws_parse(struct flaws *out, const struct json_doc *doc, const struct diff *change, struct err *e);
void flaws_done(struct flaws *flaws);

const struct flaw *flaws_find(const struct flaws *flaws, const char *id);
int flaw_weight(const struct flaw *flaw);

#endif
