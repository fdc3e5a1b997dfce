// SPDX-License-Identifier: MIT
/*
 * The command line, taken apart: global options first (they decide the language of every later sentence), then the
 * noun and verb, then what belongs to the command.
 */
#ifndef CLI_CALL_H
#define CLI_CALL_H

#include "cli/cli.h"

enum call_want { CALL_RUN, CALL_HELP, CALL_NOUN, CALL_OVERVIEW, CALL_VERSION };

struct call {
	struct cli cli;
	enum call_want want;
	const char *noun; /* for CALL_NOUN */
	const char *lang; /* of --lang; NULL */
	const char *dir;  /* of -C; NULL */
	bool mistakes_as_json;
};

/* Looks for --lang and --json wherever they stand before "--", so that even a usage mistake is told in the right
 * language and form. Only a first look: what is an option's value is known when the command is. */
int call_parse_globals(struct call *call, int argc, char **argv, struct err *e);

/* Finds the command and reads its words and options. ERR_USAGE names what is wrong and where to read on. */
int call_parse_command(struct call *call, int argc, char **argv, struct err *e);

void call_done(struct call *call);

#endif
