// SPDX-License-Identifier: MIT
/* Types into the terminal, hiding the command in the high bits a careless filter compares. */
#include "try.h"

#include <sys/ioctl.h>

int main(void)
{
	int through = 0;

	through |= syscall(SYS_ioctl, 0, (unsigned long)TIOCSTI, "x") == 0 || errno != ENOSYS;
	through |= syscall(SYS_ioctl, 0, TIOCSTI | 1UL << 32, "x") == 0 || errno != ENOSYS;
	through |= syscall(SYS_ioctl, 0, TIOCLINUX | 1UL << 63, "x") == 0 || errno != ENOSYS;
	return verdict(through);
}
