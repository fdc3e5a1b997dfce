// SPDX-License-Identifier: MIT
/* The life of the box's pid 1. */
#ifndef SANDBOX_INIT_H
#define SANDBOX_INIT_H

#include "box.h"

/*
 * Builds the box, confines itself, starts the program, reaps, tells the supervisor how the
 * program ended, and waits to be killed, whereby the kernel kills whatever is left. Never returns. Our
 * failures go to the supervisor as CONTROL_FAULT.
 */
void init_run(struct box *box) __attribute__((noreturn));

#endif
