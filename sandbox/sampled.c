// SPDX-License-Identifier: MIT
/*
 * No cgroup to be had: the supervisor looks at the box's own /proc every few milliseconds
 * and ends the box when it sees too much. The number of tasks is enforced all the same, by
 * RLIMIT_NPROC, which counts per user namespace.
 *
 * Memory is anonymous pages (resident minus shared, from statm: cheap) plus the files of the
 * box's tmpfs. Shared memory is looked at every few rounds, because it needs `status`; it is
 * counted once per process that maps it, so only when that sum is too big the exact share of
 * each process (smaps_rollup, dear) decides. Not seen: memory in pipes, socket queues and
 * memfds that nobody maps. The open-files limit and RLIMIT_FSIZE bound those.
 */
#include "group.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "auto.h"

enum { SHARED_EVERY = 5 };

struct sums {
	int64_t anonymous_kib, shared_kib, ticks_user, ticks_system;
	int64_t tasks;
};

static bool read_file(int procfs, const char *pid, const char *file, char *text, size_t size)
{
	char path[64];
	AUTO_CLOSE int fd = -1;
	ssize_t n;

	snprintf(path, sizeof(path), "%.16s/%.32s", pid, file);
	fd = openat(procfs, path, O_RDONLY | O_CLOEXEC);
	n = fd >= 0 ? read(fd, text, size - 1) : -1;
	text[n > 0 ? n : 0] = '\0';
	return n > 0;
}

static void add_memory(struct sums *sums, int procfs, const char *pid, bool with_shared)
{
	char text[4096];
	const char *line;
	long resident, shared, kib;

	if (read_file(procfs, pid, "statm", text, sizeof(text)) &&
		sscanf(text, "%*d %ld %ld", &resident, &shared) == 2)
		sums->anonymous_kib += (resident - shared) * (sysconf(_SC_PAGESIZE) / 1024);
	if (!with_shared || !read_file(procfs, pid, "status", text, sizeof(text)))
		return;
	line = strstr(text, "\nRssShmem:");
	if (line && sscanf(line, "\nRssShmem: %ld", &kib) == 1)
		sums->shared_kib += kib;
}

/* Fields 14-17 and 20 of stat, counted behind the name, which may hold anything. */
static void add_cpu(struct sums *sums, int procfs, const char *pid)
{
	char text[1024];
	const char *after;
	long user, system, dead_user, dead_system, threads;

	if (!read_file(procfs, pid, "stat", text, sizeof(text)) || !(after = strrchr(text, ')')))
		return;
	if (sscanf(after + 1,
		    " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld %ld %ld %*d %*d %ld",
		    &user, &system, &dead_user, &dead_system, &threads) != 5)
		return;
	sums->ticks_user += user + dead_user;
	sums->ticks_system += system + dead_system;
	sums->tasks += threads;
}

/* The exact share of each process: no page counted twice. */
static int64_t exact_kib(int procfs, const char *pid)
{
	char text[4096];
	const char *anonymous, *shared;
	long one = 0, other = 0;

	if (!read_file(procfs, pid, "smaps_rollup", text, sizeof(text)))
		return 0;
	anonymous = strstr(text, "\nPss_Anon:");
	shared = strstr(text, "\nPss_Shmem:");
	if (anonymous)
		sscanf(anonymous, "\nPss_Anon: %ld", &one);
	if (shared)
		sscanf(shared, "\nPss_Shmem: %ld", &other);
	return one + other;
}

typedef void walk_fn(struct sums *sums, int procfs, const char *pid, bool with_shared);

static void add_all(struct sums *sums, int procfs, const char *pid, bool with_shared)
{
	add_memory(sums, procfs, pid, with_shared);
	add_cpu(sums, procfs, pid);
}

static void add_exact(struct sums *sums, int procfs, const char *pid, bool with_shared)
{
	(void)with_shared;
	sums->anonymous_kib += exact_kib(procfs, pid);
}

static void walk(struct sums *sums, int procfs, bool with_shared, walk_fn *add)
{
	int copy = openat(procfs, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO_CLOSEDIR DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (isdigit((unsigned char)entry->d_name[0]) && strcmp(entry->d_name, "1") != 0)
			add(sums, procfs, entry->d_name, with_shared);
}

static void sum_cpu(const struct sums *sums, struct group_usage *usage)
{
	int64_t tick_us = 1000000 / sysconf(_SC_CLK_TCK);

	usage->cpu_user_us = sums->ticks_user * tick_us;
	usage->cpu_system_us = sums->ticks_system * tick_us;
}

void sampled_measure_cpu(struct group *group, struct group_usage *usage)
{
	struct sums sums = { 0 };

	if (group->procfs >= 0)
		walk(&sums, group->procfs, false, add_all);
	if (group->init >= 0)
		add_cpu(&sums, group->init, ".");
	sum_cpu(&sums, usage);
}

void sampled_measure(
	struct group *group, const struct plan *plan, int64_t disk_kib, struct group_usage *usage)
{
	int64_t limit_kib = (int64_t)plan->limits.memory_mib << 10, memory_kib;
	bool with_shared = group->looks++ % SHARED_EVERY == 0;
	struct sums sums = { 0 }, exact = { 0 };

	if (group->procfs >= 0)
		walk(&sums, group->procfs, with_shared, add_all);
	/* pid 1 reaps orphans, whose time then is its own; it is hidden inside, not in our /proc. */
	if (group->init >= 0)
		add_cpu(&sums, group->init, ".");
	memory_kib = sums.anonymous_kib + disk_kib;
	if (memory_kib <= limit_kib && memory_kib + sums.shared_kib > limit_kib) {
		walk(&exact, group->procfs, false, add_exact);
		memory_kib = exact.anonymous_kib + disk_kib;
	}
	if (memory_kib > group->seen_memory_kib)
		group->seen_memory_kib = memory_kib;
	sums.tasks += group->program_ended - 1; /* pid 1 isn't the program's */
	if (sums.tasks > group->seen_processes)
		group->seen_processes = sums.tasks;
	sum_cpu(&sums, usage);
	usage->memory_peak_kib = group->seen_memory_kib;
	usage->memory_hit = group->seen_memory_kib > limit_kib;
	usage->processes_peak = group->seen_processes > 0 ? group->seen_processes : -1;
	usage->processes_hit = group->seen_processes >= plan->limits.processes;
}
