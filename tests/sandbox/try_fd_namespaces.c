// SPDX-License-Identifier: MIT
/* Comes to namespaces by fds: of a pidfd, of another namespace, and of /proc. */
#include "try.h"

#include <sys/ioctl.h>

int main(void)
{
	enum { PIDFD_FIRST = 0xff01, PIDFD_LAST = 0xff0b, NS_GET_USERNS = 0xb701, NS_GET_PARENT = 0xb702 };
	int self = (int)syscall(SYS_pidfd_open, getpid(), 0), user = open("/proc/self/ns/user", O_RDONLY);
	int network = open("/proc/self/ns/net", O_RDONLY), through = 0;

	for (unsigned long what = PIDFD_FIRST; what <= PIDFD_LAST; what++)
		through |= reached("an ioctl of a pidfd", ioctl(self, what, 0));
	through |= reached("NS_GET_USERNS", ioctl(network, NS_GET_USERNS));
	through |= reached("NS_GET_PARENT", ioctl(user, NS_GET_PARENT));
	through |= open("/proc/1/ns/net", O_RDONLY) >= 0 && getpid() != 1;
	return verdict(through);
}
