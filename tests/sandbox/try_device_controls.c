// SPDX-License-Identifier: MIT
/* Reaches the ioctls of devices and file systems, beyond the few that programs ask; high bits or not. */
#include "try.h"

#include <linux/fs.h>
#include <linux/random.h>
#include <sys/ioctl.h>

int main(void)
{
	int file = open("file", O_RDWR | O_CREAT, 0600), random = open("/dev/urandom", O_RDONLY);
	int unused[32] = { 0 }, through = 0;

	through |= reached("RNDGETENTCNT", ioctl(random, RNDGETENTCNT, unused));
	through |= reached("FS_IOC_GETFLAGS", ioctl(file, FS_IOC_GETFLAGS, unused));
	through |= reached("FICLONE", ioctl(file, FICLONE, -1));
	through |= reached("FIDEDUPERANGE", ioctl(file, FIDEDUPERANGE, NULL));
	through |= reached("FIGETBSZ", ioctl(file, FIGETBSZ, unused));
	through |= reached("FIFREEZE", ioctl(-1, FIFREEZE, 0));
	through |= reached("TIOCSETD", ioctl(0, TIOCSETD, unused));
	through |= reached("TIOCSCTTY", ioctl(file, TIOCSCTTY, 0));
	through |= reached("SIOCBRADDBR", ioctl(-1, 0x89a0, "nosuch"));
	through |= reached("TUNSETIFF", ioctl(file, 0x400454ca, unused));
	through |= reached("KVM_GET_API_VERSION", ioctl(file, 0xae00, 0));
	through |= reached("high bits", syscall(SYS_ioctl, file, FIGETBSZ | 1UL << 32, unused));
	return verdict(through);
}
