// SPDX-License-Identifier: MIT
/* The assay-box of this build, for tests that run in real boxes where those can be built. */
#ifndef SUPPORT_REAL_BOX_H
#define SUPPORT_REAL_BOX_H

#include <stdbool.h>

/* True if it is there and can build a box here. PROGRAM (yours to free) is its path, or NULL where it isn't there. */
bool real_box(char **program);

#endif
