// SPDX-License-Identifier: MIT
/*
 * Whether a text holds the source of a hidden test: the function or the title from which the manifest has its name. Pure.
 *
 * (One that a visible test has as well tells nothing.)
 *
 * A report names a test by the way to it ("test_queue.Orders.test_kept[3]", "queue > keeps the order", "pkg.TestKeep/one"),
 * its source only by the last of it. A short title is a word of many texts, so it must look like one there: a call's
 * first argument, or a function that is defined, not one that is called.
 */
#ifndef ASSESS_TEST_NAMES_H
#define ASSESS_TEST_NAMES_H

#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>

bool test_names_stand_in(const struct task *task, const char *bytes, size_t size);

#endif
