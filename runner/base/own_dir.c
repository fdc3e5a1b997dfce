// SPDX-License-Identifier: MIT
/*
 * /proc/self/exe tells where the program stands, whatever it was called as.
 */
#include "base/own_dir.h"

#include <string.h>
#include <unistd.h>

int own_dir(char dir[PATH_MAX], struct err *e)
{
	ssize_t n = readlink("/proc/self/exe", dir, PATH_MAX - 1);
	char *slash;

	if (n < 0)
		return err_errno(e, "cannot find out where this program stands");
	dir[n] = '\0';
	slash = strrchr(dir, '/');
	if (slash)
		*slash = '\0';
	return 0;
}
