// SPDX-License-Identifier: MIT
/*
 * Going through a review's comments key by key.
 */
#ifndef CLI_REVIEW_CONFIRM_H
#define CLI_REVIEW_CONFIRM_H

#include "assess/workspace.h"

#include <stdbool.h>

/*
 * Asks for each comment that isn't decided yet what it is, keeps each answer at once, and confirms when all are
 * decided. *confirmed is false after a stop: the next call goes on from there.
 */
int review_confirm_by_keys(struct workspace *workspace, const char *actor, const char *session, bool *confirmed,
	struct err *e);

#endif
