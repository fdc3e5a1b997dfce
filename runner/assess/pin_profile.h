// SPDX-License-Identifier: MIT
/*
 * Writing a task's profile: what its accepted solutions gave to suites against a module.
 */
#ifndef ASSESS_PIN_PROFILE_H
#define ASSESS_PIN_PROFILE_H

#include "base/err.h"
#include "task/task.h"

/*
 * Writes tests/profile.json from what was recorded while every accepted solution ran; nothing for a task without a
 * suite against a module. ERR_INVALID when such a suite recorded nothing: its tests don't import the module through
 * the bridge.
 */
int pin_profile(const struct task *task, const struct profile *recorded, struct err *e);

#endif
