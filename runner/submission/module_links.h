// SPDX-License-Identifier: MIT
/*
 * Links to a JavaScript module, where the tests name it as if it lay beside them. Node finds such a link by itself; else
 * the bridge has to hook into its loader, in a thread whose start costs as much as Node's own (bridge/javascript).
 */
#ifndef SUBMISSION_MODULE_LINKS_H
#define SUBMISSION_MODULE_LINKS_H

#include "base/err.h"
#include "base/mem.h"

/*
 * Lays a link to TARGET at each place below the folder TESTS that a script there names by a path from its own ("./clock",
 * "../clock.mjs"), if its last part is that of the file MODULE ("lib/clock.mjs"), with an ending of JavaScript or none.
 *
 * Nothing is laid where the tests have something of that name, with any one ending or none. And nothing at all if anything
 * may list a folder (readdir, glob, a recursive copy, another process), since that would find more than the task has laid
 * there: one of the scripts in TESTS or HELPERS, or ARGV, which starts them, if its program isn't node or by a word; nor if
 * one can't be told (larger than 1 MiB, with a NUL, node_modules), or if Node shall keep links as they are
 * (--preserve-symlinks).
 *
 * What is there already stays. Both folders are copies of ours, in which nobody else writes.
 */
int module_links_lay(const char *tests, const char *helpers, const struct strings *argv, const char *module,
	const char *target, struct err *e);

/* The places below the tests that a text names for a module whose name without its ending is STEM, as "deep/./clock.mjs"
 * for "./clock.mjs" in SCRIPT, "deep/a.mjs". What is there already isn't added again; at most 20, of 512 bytes each. */
int module_links_find(struct strings *places, const char *script, const char *text, const char *stem, struct err *e);

#endif
