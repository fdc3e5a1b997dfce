// SPDX-License-Identifier: MIT
/*
 * Links to a JavaScript module, where the tests name it as if it lay beside them. Node finds such a link by itself; else
 * the bridge has to hook into its loader, in a thread whose start costs as much as Node's own (bridge/javascript).
 */
#ifndef SUBMISSION_MODULE_LINKS_H
#define SUBMISSION_MODULE_LINKS_H

#include "base/err.h"

/*
 * Lays a link to TARGET at each place below the folder TESTS that a script there names by a path from its own ("./clock",
 * "../clock.mjs"), if its last part is that of the file MODULE ("lib/clock.mjs"), with an ending of JavaScript or none.
 * Nothing is laid where the tests have something of that name, whatever its ending is; and nothing at all if any script may
 * list a folder (readdir, glob, another process, a package of its own), since that would find more than the task has
 * laid there. What is there already stays. TESTS is a folder of ours, in which nobody else writes.
 */
int module_links_lay(const char *tests, const char *module, const char *target, struct err *e);

#endif
