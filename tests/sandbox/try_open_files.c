// SPDX-License-Identifier: MIT
/* Opens files until it is told no, or COUNT of them. */
#include "try.h"

#include <sys/resource.h>

int main(int argc, char **argv)
{
	long count = number_of(argc, argv, 1, 1000000), got = 0;
	struct rlimit all;

	getrlimit(RLIMIT_NOFILE, &all);
	all.rlim_cur = all.rlim_max;
	setrlimit(RLIMIT_NOFILE, &all);
	while (got < count && open("/dev/null", O_RDONLY) >= 0)
		got++;
	printf("%ld\n", got);
	return verdict(got >= count);
}
