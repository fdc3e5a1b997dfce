// SPDX-License-Identifier: MIT
/* Adds to a file of the host that everybody may write. */
#include "try.h"

int main(void)
{
	int fd = open(outside("SCRATCH"), O_WRONLY | O_APPEND);

	return verdict(fd >= 0 && write(fd, "written from within\n", 20) == 20);
}
