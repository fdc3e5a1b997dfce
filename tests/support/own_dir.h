// SPDX-License-Identifier: MIT
/*
 * Where a unit test says that it stands: where assay itself does in this build, or wherever the test pretends.
 */
#ifndef SUPPORT_OWN_DIR_H
#define SUPPORT_OWN_DIR_H

/* The directory from now on; NULL for that of this build. */
void own_dir_pretend(const char *dir);

#endif
