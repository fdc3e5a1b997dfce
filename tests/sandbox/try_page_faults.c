// SPDX-License-Identifier: MIT
/* Handles the kernel's page faults itself, which makes races in the kernel as wide as one likes. */
#include "try.h"

#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

int main(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | 1 /* only faults of user mode */);

	if (!reached("userfaultfd", fd) && open("/dev/userfaultfd", O_RDWR) < 0)
		return STOPPED;
	return verdict(ioctl(fd, UFFDIO_API, &api) == 0);
}
