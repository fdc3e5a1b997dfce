// SPDX-License-Identifier: MIT
/*
 * Limits in command lines: "-Xmx{memory_mib}m". A runtime sees the host's memory and not its box's, so a task hands
 * the limit on.
 */
#ifndef TASK_EXPAND_H
#define TASK_EXPAND_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>

struct limits;

/* argv with each {wall_ms}, {cpu_ms}, {memory_mib}, {processes}, {output_kib}, {disk_mib} replaced by its number.
 * Other braces stay as they are. */
int task_expand(const struct strings *argv, const struct limits *limits, struct strings *out, struct err *e);

/* Whether every {name} that looks like a limit is one; e says which isn't. */
bool expand_is_valid(const char *argument, struct err *e);

#endif
