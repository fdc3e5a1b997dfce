// SPDX-License-Identifier: MIT
/*
 * The table of tables.
 */
#include "cli/commands.h"

#include <stddef.h>

const struct command *const command_tables[] = {
	commands_grade,
	commands_task,
	commands_workspace,
	commands_position,
	commands_candidate,
	commands_pipeline,
	commands_screening,
	commands_kit,
	commands_session_plan,
	commands_session_clock,
	commands_session,
	commands_watch,
	commands_play,
	commands_note,
	commands_review,
	commands_card,
	commands_panel,
	commands_decide,
	commands_letter,
	commands_practice,
	commands_doctor,
	commands_help,
	NULL,
};
