// SPDX-License-Identifier: MIT
/*
 * The editor of whoever types: $VISUAL, else $EDITOR, else `editor`.
 */
#ifndef CLI_EDITOR_H
#define CLI_EDITOR_H

#include "base/err.h"

/*
 * Lets a file be edited and waits for the end. The variable may hold options behind the program's name, separated by
 * spaces; no shell reads it. ERR_USAGE: no variable is set and nobody sits at a terminal; ERR_NOT_FOUND: there is no
 * such program; ERR_SYSTEM: it ended otherwise than well, and how. What it wrote is in the file, whatever is returned.
 */
int editor_run(const char *path, struct err *e);

#endif
