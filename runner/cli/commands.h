// SPDX-License-Identifier: MIT
/*
 * The tables of commands, one for each cmd_*.c.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/cli.h"

extern const struct command commands_grade[];
extern const struct command commands_task[];
extern const struct command commands_help[];

#endif
