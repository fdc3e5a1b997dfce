// SPDX-License-Identifier: MIT
/*
 * What a session needs of the review round while it collects a kit, and what its files need of each other.
 */
#ifndef ASSESS_REVIEW_INSIDE_H
#define ASSESS_REVIEW_INSIDE_H

#include "assess/review_round.h"
#include "repo/diff.h"

#include <stdbool.h>
#include <stdint.h>

/* Written comments out of the store or into it. */
int review_comments_parse(struct comments *out, const char *json, struct err *e);
int review_comments_render(char **json, const struct comments *comments, struct err *e);

/* What was spoken and stands, behind what *out has. */
int review_spoken_load(struct comments *out, struct workspace *workspace, const char *session, int64_t part, struct err *e);

/* Whether spoken comments are called so. */
bool review_is_spoken_id(const char *id);

/* No written comment is called as spoken ones are. */
int review_comments_keep_free(struct comments *comments, struct err *e);

/* The session's review (review_view: ERR_NOT_FOUND), everything about it, and the change as well. */
int review_part_find(struct store_part *out, struct store_parts *parts, struct workspace *workspace, const char *session,
	struct err *e);
int review_view_read(struct review_view *view, struct diff *diff, struct workspace *workspace,
	const struct store_session *session, const struct store_part *part, struct err *e);

/* As review_confirm, of the answer that was read: ERR_CONFLICT when it is another one now. NULL: whichever it is. */
int review_confirm_answer(struct workspace *workspace, const char *actor, const char *session, const char *file,
	const int64_t *answer, struct err *e);

/* ERR_CONFLICT: marks rest already on what there is. */
int review_check_no_card_sealed(struct workspace *workspace, const char *session, struct err *e);

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
