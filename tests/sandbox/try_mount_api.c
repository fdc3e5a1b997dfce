// SPDX-License-Identifier: MIT
/* Reaches the newer calls that make, move, change and list mounts, and the old ones around them. */
#include "try.h"

int main(void)
{
	int through = 0;

	through |= reached("open_tree", syscall(428, -1, "/", 0));
	through |= reached("move_mount", syscall(429, -1, "", -1, "", 0));
	through |= reached("fsopen", syscall(430, "nosuch", 0));
	through |= reached("fsconfig", syscall(431, -1, 0, 0, 0, 0));
	through |= reached("fsmount", syscall(432, -1, 0, 0));
	through |= reached("fspick", syscall(433, -1, "/nosuch", 0));
	through |= reached("mount_setattr", syscall(442, -1, "", 0, NULL, 0));
	through |= reached("statmount", syscall(457, NULL, NULL, 0, 0));
	through |= reached("listmount", syscall(458, NULL, NULL, 0, 0));
	through |= reached("open_tree_attr", syscall(467, -1, "/", 0, NULL, 0));
	through |= reached("mount", syscall(SYS_mount, "/nosuch", "/nosuch", NULL, 0, NULL));
	through |= reached("umount2", syscall(SYS_umount2, "/nosuch", 0));
	through |= reached("pivot_root", syscall(SYS_pivot_root, "/nosuch", "/nosuch"));
	through |= reached("chroot", syscall(SYS_chroot, "/nosuch"));
	return verdict(through);
}
