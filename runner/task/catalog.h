// SPDX-License-Identifier: MIT
/*
 * What a directory of tasks and rubrics holds: every package at most four levels deep, rubrics in rubrics/, plans in
 * rubrics/plans/, positions in rubrics/positions/.
 */
#ifndef TASK_CATALOG_H
#define TASK_CATALOG_H

#include "base/err.h"
#include "base/mem.h"

/* The paths of all task packages below dir (those with a task.json), sorted; not below each other. ERR_NOT_FOUND
 * when there is none. At most 1000 packages and 100 000 entries are looked at. */
int catalog_tasks(struct strings *out, const char *dir, struct err *e);

/* The path below dir of the package with that id. ERR_NOT_FOUND names those that are there; ERR_INVALID when two
 * packages have the same id. */
int catalog_find(char **path, const char *dir, const char *id, struct err *e);

/* "rubrics/plans/senior-backend.json" and the like. */
char *catalog_rubric_path(const char *id, struct err *e);
char *catalog_plan_path(const char *id, struct err *e);
char *catalog_position_path(const char *id, struct err *e);

#endif
