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

/* The task's commands that have been asked for their versions. */
struct asked {
	struct box_life *lives; /* one for each command of the task; those that were not asked yet are BOX_LIFE_NONE */
	size_t count;
};

#define ASKED_NONE { NULL, 0 }

/*
 * Starts to ask the task's commands for their versions, several at once, and returns: compilers take as long for that
 * as reading a large task does. The host must live until asked_done. What can't be started is seen by grade_needs.
 */
int grade_needs_ask(struct asked *out, const struct task *task, const struct box_host *host, struct err *e);

/* Ends those that still run. */
void asked_done(struct asked *asked);

#define AUTO_ASKED AUTO(asked_done)

/*
 * Adds the versions of the task's commands and Debian packages to the pins, sorted by name, and the names of those
 * that are not there to `missing`, as those of commands that the task runs without having named them. A command's
 * version is the first line of `COMMAND --version`, asked in a box: it is what a candidate's program would see, and a
 * hostile task names a program of its own choice. "" when it says none.
 */
int grade_needs(struct pins *pins, struct strings *missing, struct asked *asked, const struct task *task,
	const struct box_host *host, struct err *e);

#endif
