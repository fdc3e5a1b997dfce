// SPDX-License-Identifier: MIT
/* Lets the kernel open and write files by itself, past a filter of calls: io_uring, and its older brother. */
#include "try.h"

#include <linux/aio_abi.h>
#include <linux/io_uring.h>

int main(void)
{
	struct io_uring_params params = { 0 };
	aio_context_t context = 0;
	int through = 0;

	through |= reached("io_uring_setup", syscall(SYS_io_uring_setup, 8, &params));
	through |= reached("io_uring_enter", syscall(SYS_io_uring_enter, -1, 0, 0, 0, NULL, 0));
	through |= reached("io_uring_register", syscall(SYS_io_uring_register, -1, 0, NULL, 0));
	through |= reached("io_setup", syscall(SYS_io_setup, 8, &context));
	through |= reached("io_submit", syscall(SYS_io_submit, context, 0, NULL));
	return verdict(through);
}
