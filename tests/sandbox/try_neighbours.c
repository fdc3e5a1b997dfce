// SPDX-License-Identifier: MIT
/* Takes a file out of another process, compares with it, advises and reaps its memory, all by pidfd. */
#include "try.h"

#include <sys/uio.h>

int main(void)
{
	static char page[4096] __attribute__((aligned(4096)));
	struct iovec part = { page, sizeof(page) };
	pid_t child = fork();
	int fd, through = 0;

	if (child == 0) {
		pause();
		_exit(0);
	}
	fd = (int)syscall(SYS_pidfd_open, child, 0);
	through |= reached("pidfd_getfd", syscall(SYS_pidfd_getfd, fd, 0, 0));
	through |= reached("kcmp", syscall(SYS_kcmp, getpid(), child, 0, 0, 0));
	through |= reached(
		"process_madvise", syscall(SYS_process_madvise, fd, &part, 1, MADV_COLD, 0));
	through |= reached("process_mrelease", syscall(448, fd, 0));
	through |= reached(
		"process_vm_writev", syscall(SYS_process_vm_writev, child, &part, 1, &part, 1, 0));
	through |= reached("move_pages", syscall(SYS_move_pages, child, 0, NULL, NULL, NULL, 0));
	kill(child, SIGKILL);
	return verdict(through);
}
