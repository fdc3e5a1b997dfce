// SPDX-License-Identifier: MIT
/*
 * The tables of commands, one for each cmd_*.c.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/cli.h"

extern const struct command commands_grade[];
extern const struct command commands_task[];
extern const struct command commands_workspace[];
extern const struct command commands_position[];
extern const struct command commands_candidate[];
extern const struct command commands_pipeline[];
extern const struct command commands_screening[];
extern const struct command commands_kit[];
extern const struct command commands_session_plan[];
extern const struct command commands_session_clock[];
extern const struct command commands_session[];
extern const struct command commands_watch[];
extern const struct command commands_play[];
extern const struct command commands_note[];
extern const struct command commands_review[];
extern const struct command commands_card[];
extern const struct command commands_panel[];
extern const struct command commands_decide[];
extern const struct command commands_letter[];
extern const struct command commands_practice[];
extern const struct command commands_doctor[];
extern const struct command commands_help[];

#endif
