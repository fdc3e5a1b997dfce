// SPDX-License-Identifier: MIT
/*
 * A change between two commits of the task repository, as a review task may name one. A kit shows such a commit
 * whole, so it must hold nothing of what assay keeps from a candidate: tasks with their solutions and hidden suites,
 * flaws, hints for interviewers, rubrics. A branch that grew out of the tasks' own branch holds them all.
 */
#ifndef ASSESS_CHANGE_H
#define ASSESS_CHANGE_H

#include "base/err.h"

/* Sees that a commit of the bare repository `git` may be shown to a candidate. ERR_INVALID names the commit and what
 * it holds. */
int change_check_commit(const char *git, const char *commit, struct err *e);

#endif
