// SPDX-License-Identifier: MIT
/*
 * Landlock, the third fence: even if a mount were writable by mistake, files can be written
 * only in the writable folders, and sockets and signals of processes outside are out of reach
 * where the kernel has those scopes. Needs kernel ABI 2; ABI 1 would break honest renames.
 */
#ifndef SANDBOX_LANDLOCK_H
#define SANDBOX_LANDLOCK_H

#include "fault.h"
#include "mounts.h"

/*
 * The kernel's ABI, 0 if it has none that we use, -1 if it can't be told: a box is then not
 * built, because a refusal is not the same as an absence.
 */
int landlock_abi(void);

/* Confines this process and its children, inside the finished root of FOLDERS. Needs no_new_privs. */
int landlock_confine(const struct folders *folders, int abi, struct fault *f);

#endif
