// SPDX-License-Identifier: MIT
/*
 * Leaves a core dump outside. Where the host pipes core dumps to a handler, that handler is started as root, outside, and
 * given all memory of what crashed, whatever the limit of cores is, 0 included: only 1 is heeded (core(5), fs/coredump.c).
 * Through means: a handler would be started, or the program can make it so.
 */
#include "try.h"

#include <sys/resource.h>

int main(void)
{
	struct rlimit none = { 0, 0 }, now;

	getrlimit(RLIMIT_CORE, &now);
	if (now.rlim_cur != 1 || now.rlim_max != 1)
		return THROUGH;
	/* What setrlimit answers isn't asked: it may say that it has done what it hasn't. */
	setrlimit(RLIMIT_CORE, &none);
	getrlimit(RLIMIT_CORE, &now);
	return verdict(now.rlim_cur != 1 || now.rlim_max != 1);
}
