// SPDX-License-Identifier: MIT
/*
 * What commands say about tables that came from a spreadsheet.
 */
#ifndef CLI_SHEETS_H
#define CLI_SHEETS_H

#include "assess/sheet.h"
#include "cli/cli.h"

/* Prints every mistake by row and column, then fails with ERR_INVALID: nothing was taken. */
int sheets_refuse(const struct cli *cli, const struct sheet_mistakes *mistakes, const char *file, struct err *e);

/* "Hint: …" for each sentence. */
int sheets_hints(const struct strings *hints, struct err *e);

#endif
