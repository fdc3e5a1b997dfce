// SPDX-License-Identifier: MIT
/*
 * cgroup v1: memory, pids and cpuacct, each in its own hierarchy (or sharing one). On hybrid
 * hosts this is where the memory controller is. Swap is bounded where the kernel counts it,
 * and sockets' memory, which v1 counts apart, gets a bound of its own.
 *
 * The kernel kills one task when memory runs out, not the group; an eventfd tells the
 * supervisor at once, and it ends the box, so that v1 and v2 behave alike.
 */
#include "group.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "auto.h"

/* One directory per hierarchy: controllers that are mounted together share theirs. */
static int make_dirs(struct group *group, struct fault *f)
{
	const struct cgroup_places *places = group->places;

	for (int c = 0; c < CGROUP_CONTROLLERS; c++) {
		group->of[c] = -1;
		for (int earlier = 0; earlier < c; earlier++)
			if (strcmp(places->v1[earlier], places->v1[c]) == 0)
				group->of[c] = group->of[earlier];
		if (group->of[c] >= 0)
			continue;
		if (!places->v1[c][0])
			return fault_set(f, "no hierarchy with %s", cgroup_controller_name(c));
		group->of[c] = (int)group->n_dirs;
		if (group_make_dir(group, places->v1[c], f) < 0)
			return -1;
	}
	return 0;
}

static int set_memory(int dir, int64_t bytes, struct fault *f)
{
	char text[32];

	if (group_set(dir, "memory.limit_in_bytes", bytes, f) < 0)
		return -1;
	snprintf(text, sizeof(text), "%" PRId64, bytes);
	if (group_set_if_there(dir, "memory.memsw.limit_in_bytes", text, f) < 0)
		return -1;
	return group_set_if_there(dir, "memory.kmem.tcp.limit_in_bytes", text, f);
}

/* Asks for word when memory runs out. Without it the supervisor still looks at the counter. */
static void watch_memory(struct group *group, int dir)
{
	int control = openat(dir, "memory.oom_control", O_RDONLY | O_CLOEXEC);
	AUTO_CLOSE int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	char text[64];

	group->counters[GROUP_MEMORY_EVENTS] = control;
	snprintf(text, sizeof(text), "%d %d", event, control);
	if (control >= 0 && event >= 0 && group_write(dir, "cgroup.event_control", text) == 0)
		group->oom_fd = take_fd(&event);
}

int cgroup1_open(struct group *group, const struct plan *plan, struct fault *f)
{
	int memory, pids;

	if (make_dirs(group, f) < 0)
		return -1;
	memory = group->dirs[group->of[CGROUP_MEMORY]].fd;
	pids = group->dirs[group->of[CGROUP_PIDS]].fd;
	if (set_memory(memory, (int64_t)plan->limits.memory_mib << 20, f) < 0 ||
		/* pid 1 of the box is one of the tasks. */
		group_set(pids, "pids.max", plan->limits.processes + 1, f) < 0)
		return -1;
	group->counters[GROUP_TASKS_PEAK] = openat(pids, "pids.peak", O_RDONLY | O_CLOEXEC);
	group->keeps_no_peak = group->counters[GROUP_TASKS_PEAK] < 0;
	for (size_t i = 0; i < group->n_dirs; i++) {
		group->dirs[i].tasks = openat(group->dirs[i].fd, "tasks", O_WRONLY | O_CLOEXEC);
		if (group->dirs[i].tasks < 0)
			return fault_sys(f, "cannot open %s/tasks", group->dirs[i].path);
	}
	watch_memory(group, memory);
	return 0;
}

/* v1 counts user and system time in ticks of the clock; the exact sum is split by them. */
void cgroup1_measure_cpu(struct group *group, struct group_usage *usage)
{
	int dir = group->dirs[group->of[CGROUP_CPUACCT]].fd;
	int64_t total_ns = group_count(group, GROUP_CPU, dir, "cpuacct.usage");
	int64_t system_ns = group_count(group, GROUP_CPU_SYSTEM, dir, "cpuacct.usage_sys");

	if (total_ns < 0)
		return;
	if (system_ns < 0)
		system_ns = 0;
	if (system_ns > total_ns)
		system_ns = total_ns;
	usage->cpu_system_us = system_ns / 1000;
	usage->cpu_user_us = (total_ns - system_ns) / 1000;
}

/*
 * Somebody was killed: by our limit, or because memory ran out in a group above or the host?
 * The peak tells (memory.failcnt stays 0 on recent kernels); charges come in batches of 64
 * pages, so it may stop that far below the limit.
 */
static bool ran_into_limit(int memory, int64_t peak)
{
	int64_t batch = 64 * 4096;

	return peak + batch >= group_read_number(memory, "memory.limit_in_bytes");
}

void cgroup1_measure(struct group *group, struct group_usage *usage)
{
	int memory = group->dirs[group->of[CGROUP_MEMORY]].fd;
	int pids = group->dirs[group->of[CGROUP_PIDS]].fd;
	int64_t peak = group_count(group, GROUP_MEMORY_PEAK, memory, "memory.max_usage_in_bytes");
	int64_t tasks = group_count(group, GROUP_TASKS_PEAK, pids,
		group->keeps_no_peak ? "pids.current" : "pids.peak");
	char text[GROUP_TEXT];

	cgroup1_measure_cpu(group, usage);
	usage->memory_peak_kib = peak < 0 ? -1 : peak / 1024;
	group_count_text(group, GROUP_MEMORY_EVENTS, memory, "memory.oom_control", text);
	if (group_field(text, "oom_kill") > 0) {
		usage->memory_hit = ran_into_limit(memory, peak);
		usage->host_oom = !usage->memory_hit;
	}
	if (tasks - 1 > group->seen_processes)
		group->seen_processes = tasks - 1;
	group_count_text(group, GROUP_TASKS_EVENTS, pids, "pids.events", text);
	usage->processes_hit = group_field(text, "max") > 0;
	usage->processes_peak = group->seen_processes > 0 ? group->seen_processes : -1;
}
