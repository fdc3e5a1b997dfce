// SPDX-License-Identifier: MIT
/*
 * What a task needs of a machine, and in which versions the machine has it.
 */
#ifndef ASSESS_GRADE_NEEDS_H
#define ASSESS_GRADE_NEEDS_H

#include "base/err.h"
#include "base/mem.h"
#include "score/result.h"
#include "submission/box.h"
#include "task/task.h"

/*
 * Adds the versions of the task's commands and Debian packages to the pins, sorted by name, and the names of those
 * that are not there to `missing`. A command's version is the first line of `COMMAND --version`, asked in a box: it is
 * what a candidate's program would see, and a hostile task names a program of its own choice. "" when it says none.
 */
int grade_needs(struct pins *pins, struct strings *missing, const struct task *task, const struct box_host *host,
	struct err *e);

#endif
