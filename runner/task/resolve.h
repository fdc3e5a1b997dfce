// SPDX-License-Identifier: MIT
/*
 * What plans, rubrics, positions and tasks say about each other: every id that one names, another has. Each loader
 * knows its own file only, so this is asked by whoever starts an interview or checks a repository.
 */
#ifndef TASK_RESOLVE_H
#define TASK_RESOLVE_H

#include "base/err.h"
#include "task/position.h"
#include "task/rubric.h"
#include "task/task.h"

#include <stddef.h>

/*
 * The rubric of a plan and the tasks of its parts, as found below a directory. tasks[i] belongs to parts[i] and is NULL
 * for a part without a task.
 */
struct resolved {
	struct rubric *rubric;
	struct task **tasks;
	size_t task_count;
};

/*
 * Loads what a plan names: the rubric, and each part's task, which must be of the part's kind. Then checks that each
 * criterion belongs to a part of the plan and that its evidence is there: suites, tests and tasks of that part. And
 * that each probe and question of its tasks feeds a criterion of the rubric. ERR_INVALID, ERR_NOT_FOUND.
 */
int resolved_load(struct resolved *out, const struct plan *plan, const char *dir, struct err *e);

/* The same with a directory of its own for the tasks: where beside rubrics/ there lies what isn't ours to look into. */
int resolved_load_from(struct resolved *out, const struct plan *plan, const char *dir, const char *tasks, struct err *e);
void resolved_done(struct resolved *resolved);

/* The same, for the answer alone. */
int resolve_plan(const struct plan *plan, const char *dir, struct err *e);

/* The same for the plan of a stage, and that the criteria which check the position's requirements there are in its rubric. */
int resolve_stage(const struct position *position, const struct stage *stage, const struct plan *plan, const char *dir,
	struct err *e);

/* Each stage's plan resolves, and the criteria that check a requirement are in that plan's rubric. */
int resolve_position(const struct position *position, const char *dir, struct err *e);

#endif
