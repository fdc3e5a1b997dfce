// SPDX-License-Identifier: MIT
/* Reads what /proc tells about the host, its users and other boxes. */
#include "try.h"

static int holds(const char *path, const char *words)
{
	static char text[65536];
	int fd = open(path, O_RDONLY);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text) - 1) : -1;

	if (fd >= 0)
		close(fd);
	if (n <= 0 || !memmem(text, (size_t)n, words, strlen(words)))
		return 0;
	fprintf(stderr, "%s tells\n", path);
	return 1;
}

int main(void)
{
	static const char *const covered[] = { "keys", "key-users", "locks", "cmdline", "kallsyms",
		"kmsg", "kcore", "modules", "timer_list", "sched_debug", "interrupts", "softirqs",
		"slabinfo", "vmallocinfo", "kpagecount", "kpageflags", "kpagecgroup",
		"pagetypeinfo", "partitions", "diskstats", "swaps", "config.gz", "iomem", "ioports",
		"cgroups", "schedstat", "latency_stats", "tty/drivers", "bus/pci/devices",
		"fs/ext4", "irq/default_smp_affinity", "acpi/wakeup", "pressure/memory",
		"driver/rtc" };
	char path[64];
	int through = 0;

	for (size_t i = 0; i < sizeof(covered) / sizeof(covered[0]); i++) {
		snprintf(path, sizeof(path), "/proc/%s", covered[i]);
		through |= holds(path, "");
	}
	/* The groups of the box are the roots of what it sees, and no file system of control is mounted. */
	through |= holds("/proc/self/cgroup", "assay") || holds("/proc/self/cgroup", "/..");
	through |= holds("/proc/self/mountinfo", " - cgroup") ||
		holds("/proc/self/mountinfo", " - sysfs") ||
		holds("/proc/self/mountinfo", " - devpts") ||
		holds("/proc/self/mountinfo", " - debugfs");
	return verdict(through);
}
