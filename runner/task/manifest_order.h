// SPDX-License-Identifier: MIT
/*
 * What the tests of a manifest are to each other: names that are taken, what a test depends on, cycles. Not for other
 * rooms.
 */
#ifndef TASK_MANIFEST_ORDER_H
#define TASK_MANIFEST_ORDER_H

#include "base/json.h"
#include "task/manifest.h"

enum { MANIFEST_MAX_TESTS = 5000 };

/* Fills `depends` of every test from its place in `list`, the manifest's array of tests, and checks names, cycles and
 * negative tests. */
int manifest_order(struct manifest *manifest, const struct json_at *list, struct err *e);

#endif
