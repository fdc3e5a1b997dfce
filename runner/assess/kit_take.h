// SPDX-License-Identifier: MIT
/*
 * What a kit holds of the candidate's, as it is handed in: the same files for a grade, a run and a try.
 */
#ifndef ASSESS_KIT_TAKE_H
#define ASSESS_KIT_TAKE_H

#include "base/err.h"
#include "base/mem.h"
#include "task/task.h"

/* Lays the starter and over it what the task admits of an open kit into `tree`, a directory that must not be there yet
 * (submission/intake.h). `dropped` gets what wasn't taken, without what the kit laid for reading. */
int kit_take(struct strings *dropped, const char *tree, const struct task *task, int kit_fd, struct err *e);

#endif
