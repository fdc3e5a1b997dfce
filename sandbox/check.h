// SPDX-License-Identifier: MIT
/* Saying in plain words what this host can do, layer by layer, with the mend. */
#ifndef SANDBOX_CHECK_H
#define SANDBOX_CHECK_H

#include <stdbool.h>
#include <stdio.h>

#include "plan.h"

/*
 * Tries each layer by using it, then builds a whole box, and writes a line for each:
 * "ok    ..." or "no    ..." or "note  ...". True if boxes with all layers can be built.
 */
bool check_host(const struct plan *plan, FILE *out);

#endif
