// SPDX-License-Identifier: MIT
/*
 * The task as a kit carries it: a package of its own, in which only what is visible was ever put. `assay run` and
 * `assay try` load it as any package is loaded (task_load_kit), so that a run in the kit goes the way of a grade.
 *
 *   .assay-task/task.json             the visible suites only
 *   .assay-task/tests/manifest.json   their tests; what one of them shares with a hidden one is left out
 *   .assay-task/tests/profile.json    of visible suites against a module
 *   .assay-task/tests/<suite>/        their files
 *   .assay-task/starter/              as it was laid, whatever the candidate has made of it
 *   .assay-task/statement.md
 *
 * The manifest of a kit differs from the task's where it has to: a test doesn't depend on one that isn't there, and a
 * group that reaches into hidden tests is none. So a visible test's outcome is what a candidate is told of a grade.
 */
#ifndef ASSESS_KIT_PACKAGE_H
#define ASSESS_KIT_PACKAGE_H

#include "base/err.h"
#include "base/json.h"
#include "task/task.h"

#include <stdbool.h>

#define KIT_PACKAGE ".assay-task"

/* Whether a suite may lie in a kit: a visible one that shares its files with no test that isn't visible. */
bool kit_shows_suite(const struct task *task, const struct suite *suite);

/* task.json, at its root, without anything hidden. NULL when out of memory. */
struct json *kit_task_json(const struct json_at *root, const struct task *task);

/* Lays the package of a coding task into a directory. */
int kit_lay_package(int to_fd, const struct task *task, struct err *e);

#endif
