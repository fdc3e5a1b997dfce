// SPDX-License-Identifier: MIT
/* Reads what /proc shows of pid 1 (bare: of the process TARGET), which was born outside. */
#include "try.h"

int main(void)
{
	static const char *const files[] = { "environ", "maps", "smaps", "numa_maps", "mem", "auxv",
		"pagemap", "io", "stack", "syscall", "personality", "limits", "mountinfo",
		"mountstats", "cgroup", "cmdline", "comm", "stat", "status", "sched", "timers",
		"timerslack_ns", "fd", "fdinfo", "map_files", "task", "net/tcp", "attr/current",
		"root/.", "cwd/.", "exe", "ns/mnt", "ns/net", "ns/user", "ns/pid" };
	const char *target = getenv("TARGET");
	char path[128], text[64];
	int through = 0;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "/proc/%s/%s", target ? target : "1", files[i]);
		if (open(path, O_RDONLY) >= 0 || readlink(path, text, sizeof(text)) > 0) {
			fprintf(stderr, "%s can be read\n", path);
			through = 1;
		}
	}
	return verdict(through);
}
