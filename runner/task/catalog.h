// SPDX-License-Identifier: MIT
/*
 * What a directory of tasks and rubrics holds: every package at most four levels deep, rubrics in rubrics/, plans in
 * rubrics/plans/, positions in rubrics/positions/.
 */
#ifndef TASK_CATALOG_H
#define TASK_CATALOG_H

#include "base/err.h"
#include "base/mem.h"
#include "task/position.h"
#include "task/rubric.h"

/*
 * The paths below dir of all task packages (directories with a task.json), sorted; "." when dir itself is one. What
 * lies in a package is not looked into, nor are hidden directories; links are not followed. ERR_NOT_FOUND when there
 * is none; ERR_LIMIT for more than 1000 packages or 100 000 entries.
 */
int catalog_tasks(struct strings *out, const char *dir, struct err *e);

/*
 * The path below dir of the package with that id. ERR_NOT_FOUND names those that are there; ERR_INVALID when two
 * packages have the same id, or when the package that seems to be meant can't be read.
 */
int catalog_find(char **path, const char *dir, const char *id, struct err *e);

/* "rubrics/plans/senior-backend.json" and the like. */
char *catalog_rubric_path(const char *id, struct err *e);
char *catalog_plan_path(const char *id, struct err *e);
char *catalog_position_path(const char *id, struct err *e);

/* Load by id below dir_fd. A file whose id is not its name is ERR_INVALID. */
int catalog_rubric(struct rubric **out, int dir_fd, const char *id, struct err *e);
int catalog_plan(struct plan **out, int dir_fd, const char *id, struct err *e);
int catalog_position(struct position **out, int dir_fd, const char *id, struct err *e);

#endif
