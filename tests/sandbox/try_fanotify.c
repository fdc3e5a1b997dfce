// SPDX-License-Identifier: MIT
/* Watches what everybody on this file system opens. */
#include "try.h"

#include <sys/fanotify.h>

int main(void)
{
	int fd = fanotify_init(FAN_CLASS_NOTIF | FAN_REPORT_FID, O_RDONLY), through;

	through = reached("fanotify_init", fd);
	through |=
		reached("fanotify_mark", fanotify_mark(fd, FAN_MARK_ADD, FAN_OPEN, AT_FDCWD, "."));
	return verdict(through);
}
