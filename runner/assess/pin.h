// SPDX-License-Identifier: MIT
/*
 * Writing a task's manifest from what its accepted solutions show.
 */
#ifndef ASSESS_PIN_H
#define ASSESS_PIN_H

#include "base/err.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>

struct pin_order {
	const struct task *task; /* loaded without_manifest */
	bool allow_sampled;
	bool remove_gone; /* take tests out that no suite reports any more, instead of only naming them */
	int stop_fd;      /* as in struct grade_order */
	void (*progress)(const char *sentence, void *context);
	void (*build_wrote)(const char *log, void *context); /* once, of a build that failed: an error is a sentence; NULL */
	void *context;
};

struct pinned {
	size_t tests, added;
	struct strings gone; /* "suite/name" of tests that no suite reports any more; still there without remove_gone */
	struct strings skipped; /* "suite/name" of those that a suite skips, and that are in no manifest for that */
};

/*
 * Runs every accepted solution and writes tests/manifest.json with the tests that all of them passed: one point and
 * the suite's visibility for a new test; points, groups, dependencies and words of those that were there are kept. A
 * test that is gone is named and stays (an author's points may hang on a suite that somebody broke), unless
 * remove_gone says otherwise; then nothing depends on it any more, and a group without tests goes with it. What an
 * accepted solution has skipped is worth nothing to anybody, and is named.
 * ERR_INVALID: there is no accepted solution, or one of them fails a test (named), or the old manifest can't be read,
 * or what would be left is no manifest. The file changes as a whole or not at all.
 */
int pin_task(struct pinned *out, const struct pin_order *order, struct err *e);
void pinned_done(struct pinned *pinned);

#endif
