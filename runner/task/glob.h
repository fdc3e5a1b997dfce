// SPDX-License-Identifier: MIT
/*
 * Globs of `files.editable`: "*" matches within a folder, "**" (a whole part) any number of folders.
 *
 * A wildcard never matches a name that begins with a dot or that configures a test runner, an interpreter, a build or
 * git: such a name is matched only by itself, written out. So "**" admits neither conftest.py nor anything below
 * node_modules.
 */
#ifndef TASK_GLOB_H
#define TASK_GLOB_H

#include "base/err.h"

#include <stdbool.h>

/* Whether a pattern is one of ours: a relative path of plain parts; e says what is wrong with it otherwise. */
bool glob_is_valid(const char *pattern, struct err *e);

/* Whether a plain path matches. Time is at most the product of both lengths, whatever a stranger wrote. */
bool glob_matches(const char *pattern, const char *path);

/* Whether a name configures something that runs before or around a candidate's code. */
bool glob_is_configuration(const char *name);

#endif
