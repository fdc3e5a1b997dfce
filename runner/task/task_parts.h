// SPDX-License-Identifier: MIT
/*
 * The three steps of task_load: what task.json says, what lies beside it, what both have in common with the manifest.
 * Not for other rooms.
 */
#ifndef TASK_TASK_PARTS_H
#define TASK_TASK_PARTS_H

#include "base/json.h"
#include "task/task.h"

/* Fills the task from task.json; no other file is looked at. */
int task_file_parse(struct task *task, const struct json_doc *doc, struct err *e);

/* Checks the package's files against what task.json says; `doc` is for the places of mistakes. */
int task_check_files(const struct task *task, const struct json_doc *doc, struct err *e);

/* Checks the manifest against the task's suites and cases; `doc` is the manifest's. */
int task_check_manifest(const struct task *task, const struct json_doc *doc, struct err *e);

#endif
