// SPDX-License-Identifier: MIT
/* Opens for writing what in /proc changes the host or the box's walls. Nothing is written. */
#include "try.h"

int main(void)
{
	static const char *const paths[] = { "sysrq-trigger", "sys/kernel/core_pattern",
		"sys/kernel/modprobe", "sys/kernel/poweroff_cmd", "sys/kernel/hostname",
		"sys/kernel/ns_last_pid", "sys/kernel/msgmax", "sys/kernel/shmmax",
		"sys/kernel/sem", "sys/kernel/keys/maxkeys", "sys/kernel/printk",
		"sys/kernel/yama/ptrace_scope", "sys/kernel/unprivileged_bpf_disabled",
		"sys/vm/drop_caches", "sys/vm/overcommit_memory", "sys/vm/max_map_count",
		"sys/fs/file-max", "sys/fs/suid_dumpable", "sys/fs/binfmt_misc/register",
		"sys/fs/protected_symlinks", "sys/fs/pipe-max-size",
		"sys/fs/inotify/max_user_watches", "sys/user/max_user_namespaces",
		"sys/net/ipv4/ip_forward", "sys/net/ipv4/ip_unprivileged_port_start",
		"sys/net/ipv4/ping_group_range", "sys/net/core/rmem_max",
		"irq/default_smp_affinity", "mtrr", "bus/pci/00/00.0", "fs/nfsd", "pressure/memory",
		"timer_list", "latency_stats" };
	char path[64];
	int through = 0;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct stat st;
		int fd;

		snprintf(path, sizeof(path), "/proc/%s", paths[i]);
		fd = open(path, O_WRONLY);
		/* What is covered by /dev/null can be written, and nobody hears it. */
		if (fd < 0 || (fstat(fd, &st) == 0 && S_ISCHR(st.st_mode)))
			continue;
		fprintf(stderr, "%s can be written\n", path);
		through = 1;
	}
	return verdict(through);
}
