// SPDX-License-Identifier: MIT
/* Reaches what only administrators call. Arguments can't do anything, even to who may. */
#include "try.h"

#include <sys/timex.h>

int main(int argc, char **argv)
{
	struct timex clock = { 0 };
	int through = 0;

	through |= reached("quotactl", syscall(SYS_quotactl, -1, NULL, 0, NULL));
	through |= reached("quotactl_fd", syscall(443, -1, -1, 0, NULL));
	through |= reached("swapon", syscall(SYS_swapon, "/nosuch", 0));
	through |= reached("swapoff", syscall(SYS_swapoff, "/nosuch"));
	through |= reached("acct", syscall(SYS_acct, "/nosuch"));
	through |= reached("syslog", syscall(SYS_syslog, 10, NULL, 0));
	through |= reached("reboot", syscall(SYS_reboot, 0, 0, 0, 0));
	through |= reached("sethostname", syscall(SYS_sethostname, NULL, -1));
	through |= reached("setdomainname", syscall(SYS_setdomainname, NULL, -1));
	through |= reached("adjtimex", syscall(SYS_adjtimex, &clock));
	through |= reached("clock_adjtime", syscall(SYS_clock_adjtime, 0, &clock));
	through |= reached("clock_settime", syscall(SYS_clock_settime, -1, NULL));
	through |= reached("delete_module", syscall(SYS_delete_module, "nosuch", O_NONBLOCK));
	through |= reached("init_module", syscall(SYS_init_module, NULL, 0, ""));
	through |= reached("kexec_file_load", syscall(SYS_kexec_file_load, -1, -1, 0, NULL, -1));
	through |= reached("ioprio_set", syscall(SYS_ioprio_set, -1, 0, 0));
	through |= reached("mbind", syscall(SYS_mbind, NULL, 0, -1, NULL, 0, -1));
	through |= reached("set_mempolicy", syscall(SYS_set_mempolicy, -1, NULL, 0));
	through |= reached("lookup_dcookie", syscall(SYS_lookup_dcookie, -1L, NULL, 0));
	through |= reached("mq_open", syscall(SYS_mq_open, "nosuch", 0, 0, NULL));
	through |= reached("sysfs", syscall(SYS_sysfs, 3, 0, 0));
	through |= reached("ustat", syscall(SYS_ustat, -1, NULL));
	through |= reached("uselib", syscall(SYS_uselib, "/nosuch"));
	if (argc > 1) /* takes no arguments that would keep it from doing anything */
		through |= reached("vhangup", syscall(SYS_vhangup));
	return verdict(through);
}
