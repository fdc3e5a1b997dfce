// SPDX-License-Identifier: MIT
/* Gives a file capabilities and other attributes that an exec or another file system would heed. */
#include "try.h"

#include <linux/capability.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/xattr.h>

int main(void)
{
	struct vfs_cap_data all = { .magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE,
		.data = { { ~0U, 0 }, { ~0U, 0 } } };
	int fd = open("armed", O_WRONLY | O_CREAT, 0755), flags = FS_IMMUTABLE_FL, through = 0;

	through |= setxattr("armed", "security.capability", &all, sizeof(all), 0) == 0;
	through |= fsetxattr(fd, "security.capability", &all, sizeof(all), 0) == 0;
	through |= lsetxattr("armed", "trusted.overlay.opaque", "y", 1, 0) == 0;
	through |= setxattr("armed", "user.note", "x", 1, 0) == 0;
	through |= removexattr("armed", "user.note") == 0;
	if (ioctl(fd, FS_IOC_SETFLAGS, &flags) == 0) {
		through = 1;
		flags = 0;
		ioctl(fd, FS_IOC_SETFLAGS, &flags);
	}
	return verdict(through);
}
