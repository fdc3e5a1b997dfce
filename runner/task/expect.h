// SPDX-License-Identifier: MIT
/*
 * The solutions of a task: programs with a known verdict, by class, and what is expected of each.
 */
#ifndef TASK_EXPECT_H
#define TASK_EXPECT_H

#include "base/err.h"
#include "base/mem.h"

#include <stddef.h>

enum solution_class {
	SOLUTION_ACCEPTED,
	SOLUTION_WRONG_ANSWER,
	SOLUTION_TIME_LIMIT,
	SOLUTION_MEMORY_LIMIT,
	SOLUTION_OUTPUT_LIMIT,
	SOLUTION_RUNTIME_ERROR,
	SOLUTION_COMPILE_ERROR,
	SOLUTION_PARTIAL,
	SOLUTION_STUB,
	SOLUTION_FORGED,
	SOLUTION_CLASSES
};

struct solution {
	enum solution_class class;
	char *name;
	char *path; /* below the task: "solutions/accepted/queue" */
	int min_points, max_points; /* from expect.json, else from the class and the task's points */
	char *verdict; /* the result verdict from expect.json, else from the class; NULL: any */
	struct strings fails; /* "suite/test" or "suite" that must not pass */
};

struct solutions {
	struct solution *item;
	size_t count;
};

struct task;

/* Lists and checks solutions/ of a coding task: unknown classes, stray files and wrong expectations are mistakes. */
int solutions_load(struct solutions *out, const struct task *task, struct err *e);
void solutions_done(struct solutions *solutions);

const char *solution_class_name(enum solution_class class);

#endif
