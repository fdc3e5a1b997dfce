// SPDX-License-Identifier: MIT
/*
 * The process that waits in a finished box and becomes the program: pid 1's child, with every
 * fence that pid 1 has and limits of its own.
 */
#ifndef SANDBOX_BECOME_H
#define SANDBOX_BECOME_H

#include <sys/types.h>

#include "box.h"
#include "fault.h"

/*
 * Starts that process and returns its pid when it has become the program or has ended; until then
 * it is the supervisor's messages that it hears, not pid 1. -1 if there is no such process.
 */
pid_t become_start(struct box *box, struct fault *f);

/* Our failure inside the box: the supervisor hears it in words, and the box is over. */
void become_give_up(const struct box *box, const struct fault *f) __attribute__((noreturn));

/* Fills WORK, a folder, from the image; -1 is none. */
int become_fill(int image_fd, int work, struct fault *f);

#endif
