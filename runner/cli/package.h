// SPDX-License-Identifier: MIT
/*
 * Task packages that a command line names by their directory. A loader names the file and the line; whoever has several
 * packages before them must also read which one is meant, and what to do about it.
 */
#ifndef CLI_PACKAGE_H
#define CLI_PACKAGE_H

#include "base/err.h"
#include "task/task.h"

/* task_load with such errors. ERR_NOT_FOUND: there is no such directory, or no package in it. */
int package_load(struct task **out, const char *dir, bool without_manifest, struct err *e);

/* Puts the package before a mistake in its files that was found after it had been loaded; other errors stay as they
 * are. Returns -1. */
int package_mistake(const char *dir, struct err *e);

#endif
