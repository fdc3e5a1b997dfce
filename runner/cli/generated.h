// SPDX-License-Identifier: MIT
/*
 * What is made of the tables of commands besides help: manual pages and shell completion. So they can't fall behind.
 */
#ifndef CLI_GENERATED_H
#define CLI_GENERATED_H

#include "cli/cli.h"

/* The page assay(1), which names all commands; and that of one command, assay-session-plan(1). In man(7), in the
 * language that is spoken. */
void generated_man(struct text *t);
void generated_man_page(struct text *t, const struct command *command);

/* A script for bash, and one for zsh: nouns, verbs, options, and the values of options that have a list of them. */
void generated_bash(struct text *t);
void generated_zsh(struct text *t);

#endif
