// SPDX-License-Identifier: MIT
/*
 * The kit: the directory in which a candidate works for one part.
 *
 *   statement.md, statement.de.md   what is asked
 *   (the starter's files)           what the candidate begins with and changes
 *   suites/<suite>/                 the visible suites
 *   base/ head/ change.diff         for a review: the trees before and after, and their difference
 *   comments.json                   for a review: empty, to be filled in
 *   kit.json                        whose kit it is, and the task without anything hidden
 *   .assay-task/                    the same as a package, for `assay try` and `assay run` (assess/kit_package.h)
 *
 * The directory may belong to somebody else and be changed while we work in it. So everything is opened below its
 * descriptor and no link is followed; only a directory that is empty or holds a kit is ever emptied; and a laying
 * that was cut off leaves a marker by which the next one knows that it may begin again. What can't be removed, since
 * its owner keeps it closed, is moved aside to ".assay-old-N", and so is a comments.json that was too large to be
 * handed in.
 */
#ifndef ASSESS_KIT_H
#define ASSESS_KIT_H

#include "base/err.h"
#include "task/task.h"

#include <stdbool.h>
#include <stdint.h>

enum { KIT_MAX_COMMENTS = 8 << 20 }; /* bytes of a comments.json that can be handed in */

struct kit_order {
	const char *session, *part; /* "S-7Q2K", "coding" */
	int64_t number, minutes;
	const struct task *task;
	const char *base, *head; /* the trees of a review; NULL otherwise */
	const char *commit;      /* of the task repository */
	bool allow_sampled;
};

/* Opens the directory, which is made when it isn't there, and sees that it may be used for this session's kit; *path
 * is its absolute path without a link in it. `known` (may be NULL) are paths at which kits of this session were laid
 * before: those may be used whatever is in them by now, but another session's kit. ERR_CONFLICT: it holds something else; ERR_DENIED: another account
 * has a part in it, and they don't share it (assess/kit_shared.h), or we may make nothing there. */
int kit_open(int *fd, char **path, const char *dir, const char *session,
	const struct strings *known, struct err *e);

/*
 * Opens the kit of a running part by the path that was stored when it was laid: nothing is made, and no link on the
 * way is followed. *doubt says why it can't be told whose kit it is (kit.json is missing or damaged); else NULL.
 * ERR_CONFLICT: it is gone, or kit.json says that it is the kit of another session or part.
 */
int kit_open_again(int *fd, char **doubt, const char *path, const char *session, const char *part,
	struct err *e);

/* Removes what is in it and lays the kit. */
int kit_lay(int kit_fd, const struct kit_order *order, struct err *e);

/* Whether a top-level name in a kit of this task is one that kit_lay put there for reading only. */
bool kit_is_ours(const struct task *task, const char *name);

#endif
