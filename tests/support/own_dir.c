// SPDX-License-Identifier: MIT
/*
 * Takes the place of base/own_dir.c, whose object the linker leaves in the library because this one comes first.
 */
#include "base/own_dir.h"
#include "support/own_dir.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *pretended;

void own_dir_pretend(const char *dir)
{
	pretended = dir;
}

/* From build/<variant>/tests/unit/<room>/ up to the first directory with an assay-box: build/<variant>, or build. */
int own_dir(char dir[PATH_MAX], struct err *e)
{
	ssize_t n = readlink("/proc/self/exe", dir, PATH_MAX - 1);
	char box[PATH_MAX + 16];

	if (pretended) {
		snprintf(dir, PATH_MAX, "%s", pretended);
		return 0;
	}
	if (n < 0)
		return err_errno(e, "cannot find out where this test stands");
	dir[n] = '\0';
	do {
		char *slash = strrchr(dir, '/');

		if (!slash)
			return err_set(e, ERR_NOT_FOUND, "there is no assay-box above this test");
		*slash = '\0';
		snprintf(box, sizeof(box), "%s/assay-box", dir);
	} while (access(box, X_OK) < 0);
	return 0;
}
