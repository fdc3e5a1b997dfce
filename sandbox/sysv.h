// SPDX-License-Identifier: MIT
/*
 * What lies in System V's segments, queues and sets of semaphores, which outlive who made them. The
 * kernel lists them in /proc/sysvipc, those of the ipc namespace of who opened the list.
 */
#ifndef SANDBOX_SYSV_H
#define SANDBOX_SYSV_H

#include <stddef.h>
#include <stdint.h>

#include "fault.h"

enum { SYSV_SEGMENTS, SYSV_MESSAGES, SYSV_SEMAPHORES, SYSV_LISTS };

/* In pid 1: opens the box's own lists below PROCFS. Instead of what the kernel doesn't have, an empty one. */
int sysv_open(int procfs, int lists[SYSV_LISTS], struct fault *f);

/* What they take, whether some process has them attached or not. */
int64_t sysv_measure(const int lists[SYSV_LISTS]);

#endif
