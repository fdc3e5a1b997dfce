// SPDX-License-Identifier: MIT
/* Makes what is read-only writable, brings cgroups and a new /proc in. */
#include "try.h"

#include <sys/mount.h>

int main(void)
{
	int through = 0;

	through |= mount(NULL, "/usr", NULL, MS_REMOUNT | MS_BIND, NULL) == 0;
	through |= mount(NULL, "/", NULL, MS_REMOUNT, NULL) == 0;
	through |= mount("cgroup2", "/tmp", "cgroup2", 0, NULL) == 0;
	through |= mount("proc", "/tmp", "proc", 0, NULL) == 0;
	through |= umount2("/proc/sys", MNT_DETACH) == 0;
	through |= umount2("/proc", MNT_DETACH) == 0;
	through |= syscall(SYS_open_tree, AT_FDCWD, "/", 1) >= 0;
	through |= syscall(SYS_fsopen, "tmpfs", 0) >= 0;
	return verdict(through);
}
