// SPDX-License-Identifier: MIT
/*
 * The command line, as one table: it parses, it prints --help, and a test walks it.
 */
#ifndef SANDBOX_OPTIONS_H
#define SANDBOX_OPTIONS_H

#include <stdio.h>

#include "plan.h"

/*
 * Fills PLAN (which plan_init has filled with defaults) from the arguments after argv[0].
 * Options end at "--" or at the first word that isn't one. Strings of argv are cut in
 * place and borrowed.
 */
int options_parse(struct plan *plan, int argc, char **argv, struct fault *f);

/* Teaches: what the program is for, three examples, every option, exit statuses. */
void options_help(FILE *out);

#endif
