// SPDX-License-Identifier: MIT
/*
 * The resident launcher: runs programs for whoever holds the other end of one socket, in boxes
 * that were built ahead. serve_message.h has the protocol.
 */
#ifndef SANDBOX_SERVE_H
#define SANDBOX_SERVE_H

#include "fault.h"
#include "plan.h"

enum { SERVE_MAX_SEATS = 64, SERVE_MAX_RECIPES = 4 };

/*
 * Serves PLAN's socket until its other end is closed, our parent is gone or we are told to stop;
 * then ends every box. Returns 0, or -1 if it couldn't begin.
 */
int serve(const struct plan *plan, struct fault *f);

#endif
