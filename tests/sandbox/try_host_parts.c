// SPDX-License-Identifier: MIT
/* Looks for parts of the host that a box has no use for: /sys, devices, homes, sockets of daemons, secrets. */
#include "try.h"

int main(void)
{
	static const char *const paths[] = { "/sys/kernel", "/sys/kernel/debug",
		"/sys/kernel/uevent_helper", "/sys/kernel/tracing", "/sys/fs/cgroup",
		"/sys/fs/cgroup/release_agent", "/sys/fs/cgroup/memory/release_agent",
		"/sys/firmware", "/dev/mem", "/dev/kmem", "/dev/port", "/dev/kmsg", "/dev/tty",
		"/dev/tty0", "/dev/console", "/dev/ptmx", "/dev/pts", "/dev/mqueue",
		"/dev/hugepages", "/dev/fuse", "/dev/net/tun", "/dev/kvm", "/dev/loop-control",
		"/dev/vda", "/dev/sda", "/dev/cpu", "/run/systemd", "/run/docker.sock", "/run/dbus",
		"/run/assay", "/var/log", "/var/lib", "/var/tmp", "/boot", "/home", "/root", "/mnt",
		"/media", "/srv", "/etc/shadow", "/etc/machine-id", "/etc/ssh", "/etc/ssl/private",
		"/etc/sudoers", "/etc/fstab", "/etc/environment" };
	int through = 0;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (access(paths[i], F_OK) == 0) {
			fprintf(stderr, "%s is there\n", paths[i]);
			through = 1;
		}
	return verdict(through);
}
