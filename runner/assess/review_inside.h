// SPDX-License-Identifier: MIT
/*
 * What a session needs of the review round while it collects a kit.
 */
#ifndef ASSESS_REVIEW_INSIDE_H
#define ASSESS_REVIEW_INSIDE_H

#include "assess/workspace.h"

#include <stdbool.h>
#include <stdint.h>

/* Reads comments.json, or a change with comments written into it, and gives it back as it was understood, as JSON. */
int review_answer_parse(
	char **json, const char *name, const char *bytes, size_t size, struct err *e);

/* The same of both: the comments of comments.json and behind them those that were written into the change. */
int review_answer_join(char **json, const char *comments, size_t comments_size, const char *change,
	size_t change_size, struct err *e);

/*
 * Keeps it as the newest answer; call it in a change. ERR_CONFLICT when the matches of an earlier one are confirmed.
 * With `unless_empty`, an answer without any comment doesn't replace an earlier one.
 */
int review_answer_keep(struct workspace *workspace, const char *actor, const char *session,
	int64_t part, const char *json, bool unless_empty, struct err *e);

#endif
