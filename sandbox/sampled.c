// SPDX-License-Identifier: MIT
/*
 * No cgroup to be had: the supervisor looks at the box's own /proc every few milliseconds
 * and ends the box when it sees too much. The number of tasks is enforced all the same, by
 * RLIMIT_NPROC, which counts per user namespace.
 *
 * Memory is anonymous pages (resident minus shared, from statm: cheap) plus the files of the
 * box's tmpfs. Page tables, shared memory, memfds (held.h) and what lies in System V's objects is looked
 * at every few rounds, because it needs more files; shared memory is counted once per process that maps it,
 * so only when that sum is too big the exact share of each process (smaps_rollup and smaps, dear) decides,
 * without what of it is a memfd, a file or a segment that has been counted by itself. How many mappings
 * there are only `maps` tells (dearer), so that is asked, and less often, when as many as the processes'
 * sizes allow would matter. What isn't seen unseen.c says, and what bounds it.
 *
 * Time is what the processes say, twice: with the times of the children that they waited for,
 * and by remembering each process's own (history.h), which misses what a process used after it was
 * last seen, but no child that nobody waited for. Both are lower bounds, so the larger counts.
 */
#include "group.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auto.h"
#include "clock.h"
#include "history.h"

enum { SHARED_EVERY = 5, MAPPINGS_EVERY = 10 * SHARED_EVERY };

/* A mapping: 192 bytes of its own and a share of the tree that it hangs in (6.18, 64 bits). */
enum { MAPPING_BYTES = 210, MAPPING_MIN_KIB = 4 };

/* Ticks are 10 ms; a process that has used less than this many is asked for nanoseconds, too. */
enum { YOUNG_TICKS = 10 };

/* What a walk looks at besides each process's pages. */
enum look_at {
	AT_TIME = 1 << 0,
	AT_STATUS = 1 << 1,
	AT_SHARES = 1 << 2,
	AT_SHARED = 1 << 3,
	AT_MAPPINGS = 1 << 4,
	AT_DEAR = AT_SHARES | AT_MAPPINGS /* slow for each process: the host is looked at in between */
};

struct sums {
	int64_t anonymous_kib, shared_kib, tables_kib;
	int64_t exact_anonymous_kib, exact_shared_kib;
	int64_t mappings, mappings_at_most;
	int64_t ticks_user, ticks_system;
	int64_t tasks;
	struct history *history;
	const struct held *held;
	struct spare *spare;
	bool incomplete; /* somebody who is there may not have been seen */
};

static int open_of(int procfs, const char *who, const char *file)
{
	char path[96];

	snprintf(path, sizeof(path), "%.40s/%.32s", who, file);
	return openat(procfs, path, O_RDONLY | O_CLOEXEC);
}

/* False with errno: ENOENT and ESRCH if it is gone. */
static bool read_file(int procfs, const char *who, const char *file, char *text, size_t size)
{
	AUTO_CLOSE int fd = open_of(procfs, who, file);
	ssize_t n = fd >= 0 ? read(fd, text, size - 1) : -1;

	text[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* The number behind LABEL, which begins a line; 0 if there is none. */
static long number_behind(const char *text, const char *label)
{
	const char *line = strstr(text, label);

	return line ? strtol(line + strlen(label), NULL, 10) : 0;
}

static bool read_pages(int procfs, const char *who, long *resident, long *shared)
{
	char text[128];

	return read_file(procfs, who, "statm", text, sizeof(text)) &&
		sscanf(text, "%*d %ld %ld", resident, shared) == 2 && *resident > 0;
}

/*
 * A process whose first thread has ended says that it has no memory. WHO becomes another thread of
 * it that says otherwise, if there is one.
 */
static bool find_thread(int procfs, char *who, size_t size, long *resident, long *shared)
{
	int tasks = open_of(procfs, who, "task");
	AUTO_CLOSEDIR DIR *dir = tasks >= 0 ? fdopendir(tasks) : NULL;
	struct dirent *entry;
	char thread[48];

	if (tasks >= 0 && !dir)
		close(tasks);
	while (dir && (entry = readdir(dir))) {
		snprintf(thread, sizeof(thread), "%.12s/task/%.12s", who, entry->d_name);
		if (isdigit((unsigned char)entry->d_name[0]) &&
			read_pages(procfs, thread, resident, shared)) {
			snprintf(who, size, "%s", thread);
			return true;
		}
	}
	return false;
}

static int64_t count_mappings(int procfs, const char *who)
{
	AUTO_CLOSE int fd = open_of(procfs, who, "maps");
	char text[4096];
	int64_t lines = 0;
	ssize_t n;

	while (fd >= 0 && (n = read(fd, text, sizeof(text))) > 0)
		for (const char *at = text; (at = memchr(at, '\n', (size_t)(text + n - at))); at++)
			lines++;
	return lines;
}

static void add_status(struct sums *sums, int procfs, const char *who)
{
	char text[4096];

	if (!read_file(procfs, who, "status", text, sizeof(text)))
		return;
	sums->shared_kib += number_behind(text, "\nRssShmem:");
	sums->tables_kib += number_behind(text, "\nVmPTE:");
	sums->mappings_at_most += number_behind(text, "\nVmSize:") / MAPPING_MIN_KIB;
}

/* The exact share of each process: no page counted twice, unless we may not look. */
static void add_exact(struct sums *sums, int procfs, const char *who, int64_t anonymous_kib, bool is_shared_asked)
{
	char text[4096];

	if (!read_file(procfs, who, "smaps_rollup", text, sizeof(text))) {
		sums->exact_anonymous_kib += anonymous_kib;
		return;
	}
	sums->exact_anonymous_kib += number_behind(text, "\nPss_Anon:");
	if (is_shared_asked && number_behind(text, "\nPss_Shmem:") > 0) {
		AUTO_CLOSE int smaps = open_of(procfs, who, "smaps");

		sums->exact_shared_kib += smaps >= 0 ? held_shared(sums->held, smaps) : 0;
	}
}

static void add_memory(struct sums *sums, int procfs, const char *pid, bool is_one, unsigned at)
{
	long resident, shared;
	int64_t anonymous_kib;
	char who[48];

	snprintf(who, sizeof(who), "%.12s", pid);
	if (!read_pages(procfs, who, &resident, &shared) &&
		(is_one || !find_thread(procfs, who, sizeof(who), &resident, &shared)))
		return;
	anonymous_kib = (resident - shared) * (sysconf(_SC_PAGESIZE) / 1024);
	sums->anonymous_kib += anonymous_kib;
	if (at & AT_STATUS)
		add_status(sums, procfs, who);
	if (at & AT_SHARES)
		add_exact(sums, procfs, who, anonymous_kib, at & AT_SHARED);
	if (at & AT_MAPPINGS)
		sums->mappings += count_mappings(procfs, who);
}

/* Its own time, of all its threads, is remembered. Who comes and goes within a tick counts, too. */
static void remember(struct sums *sums, int procfs, const char *pid, uint64_t start, long user, long system,
	long threads)
{
	int64_t tick_us = 1000000 / sysconf(_SC_CLK_TCK), user_us = user * tick_us, system_us = system * tick_us;
	char text[96];

	if (threads == 1 && user + system < YOUNG_TICKS &&
		read_file(procfs, pid, "schedstat", text, sizeof(text))) {
		int64_t all_us = strtoll(text, NULL, 10) / 1000;

		if (all_us > user_us + system_us)
			user_us = all_us - system_us;
	}
	history_see(sums->history, (int)strtol(pid, NULL, 10), start, user_us, system_us);
}

/*
 * Fields 14-17, 20 and 22 of stat, counted behind the name, which may hold anything. Gives how many threads
 * it has, or 0 if it is gone.
 */
static long add_cpu(struct sums *sums, int procfs, const char *pid)
{
	long user, system, dead_user, dead_system, threads;
	unsigned long long start;
	const char *after;
	char text[1024];

	if (!read_file(procfs, pid, "stat", text, sizeof(text)) || !(after = strrchr(text, ')'))) {
		sums->incomplete |= errno != ENOENT && errno != ESRCH;
		return 0;
	}
	if (sscanf(after + 1,
		    " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld %ld %ld %*d %*d %ld %*d %llu",
		    &user, &system, &dead_user, &dead_system, &threads, &start) != 6)
		return 0;
	sums->ticks_user += user + dead_user;
	sums->ticks_system += system + dead_system;
	sums->tasks += threads;
	remember(sums, procfs, pid, start, user, system, threads);
	return threads;
}

static void walk(struct sums *sums, int procfs, unsigned at)
{
	int copy = openat(procfs, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO_CLOSEDIR DIR *dir = copy >= 0 ? fdopendir(copy) : NULL;
	struct dirent *entry;

	if (copy >= 0 && !dir)
		close(copy);
	sums->incomplete |= !dir;
	while (dir && (entry = readdir(dir))) {
		long threads = 2; /* or not known */

		if (!isdigit((unsigned char)entry->d_name[0]) || strcmp(entry->d_name, "1") == 0)
			continue;
		if (at & AT_TIME)
			threads = add_cpu(sums, procfs, entry->d_name);
		add_memory(sums, procfs, entry->d_name, threads < 2, at);
		if (at & AT_DEAR && spare_is_low(sums->spare))
			break;
	}
}

/*
 * pid 1 reaps the program and orphans, whose time then is its own; it is hidden inside, not in our /proc. It comes first,
 * as parents do in the walk: who is reaped in between is met nowhere, which the next look mends, and not twice.
 */
static void look(struct sums *sums, struct group *group, unsigned at)
{
	*sums = (struct sums){ .history = group->history, .held = &group->held, .spare = &group->spare };
	if (group->init >= 0 && (at & AT_TIME))
		add_cpu(sums, group->init, ".");
	if (group->procfs >= 0)
		walk(sums, group->procfs, at);
}

/*
 * The exact shares of all. Who forks while they are added up has its pages in full before, and its children have shares
 * of them behind it. So where it is too much, two looks must see it.
 */
static void look_closely(struct sums *sums, struct group *group, unsigned at, int64_t room_kib)
{
	struct sums again;

	look(sums, group, at);
	if (sums->exact_anonymous_kib + sums->exact_shared_kib <= room_kib)
		return;
	look(&again, group, at);
	if (again.exact_anonymous_kib + again.exact_shared_kib < sums->exact_anonymous_kib + sums->exact_shared_kib)
		*sums = again;
}

static void sum_cpu(const struct sums *sums, struct group_usage *usage)
{
	int64_t tick_us = 1000000 / sysconf(_SC_CLK_TCK), user_us, system_us;

	usage->cpu_user_us = sums->ticks_user * tick_us;
	usage->cpu_system_us = sums->ticks_system * tick_us;
	history_end(sums->history, !sums->incomplete, &user_us, &system_us);
	if (user_us + system_us > usage->cpu_user_us + usage->cpu_system_us) {
		usage->cpu_user_us = user_us;
		usage->cpu_system_us = system_us;
	}
}

void sampled_measure_cpu(struct group *group, struct group_usage *usage)
{
	struct sums sums;

	look(&sums, group, AT_TIME);
	sum_cpu(&sums, usage);
}

/*
 * Pages that a fork left to parent and child are resident in both. So only where the sum of all is too much, the
 * exact shares decide, which takes some milliseconds for each process that is large. Pages are copied when they
 * are written to, without the sum's becoming larger: so soon, but after twice that time, shares are asked again.
 */
static int64_t sum_anonymous(const struct sums *sums, struct group *group, int64_t room_kib)
{
	int64_t begun_ms, now_ms;
	struct sums closer;

	if (sums->anonymous_kib <= room_kib)
		return sums->anonymous_kib;
	begun_ms = clock_now_ms();
	if (sums->anonymous_kib - group->counted_twice_kib <= room_kib && begun_ms < group->exact_due_ms)
		return sums->anonymous_kib - group->counted_twice_kib;
	look_closely(&closer, group, AT_SHARES, room_kib);
	now_ms = clock_now_ms();
	group->exact_due_ms = now_ms + 2 * (now_ms - begun_ms);
	group->counted_twice_kib = closer.anonymous_kib - closer.exact_anonymous_kib;
	return closer.exact_anonymous_kib;
}

/*
 * Segments of System V, memfds and files count as they are, whoever maps them, so that of what processes share only
 * the rest comes on top.
 */
static int64_t sum_memory(const struct sums *sums, struct group *group, int64_t disk_kib, bool is_full,
	int64_t limit_kib)
{
	int64_t sure_kib, other_kib = sums->tables_kib + disk_kib;
	struct sums closer;

	if (is_full) {
		other_kib += sysv_measure(group->sysv) / 1024;
		other_kib += held_look(&group->held, group->procfs, &group->spare, limit_kib,
			other_kib + sums->anonymous_kib, clock_now_ms());
	}
	sure_kib = other_kib + sum_anonymous(sums, group, limit_kib - other_kib);
	if (!is_full)
		return sure_kib;
	if (sure_kib <= limit_kib && sure_kib + sums->shared_kib > limit_kib) {
		look_closely(&closer, group, AT_SHARES | AT_SHARED, limit_kib - other_kib);
		sure_kib = closer.exact_anonymous_kib + closer.exact_shared_kib + other_kib;
	}
	if (group->looks % MAPPINGS_EVERY == 0 && sure_kib <= limit_kib &&
		sure_kib + (sums->mappings_at_most * MAPPING_BYTES >> 10) > limit_kib) {
		look(&closer, group, AT_MAPPINGS);
		sure_kib += closer.mappings * MAPPING_BYTES >> 10;
	}
	return sure_kib;
}

void sampled_measure(
	struct group *group, const struct plan *plan, int64_t disk_kib, struct group_usage *usage)
{
	int64_t limit_kib = (int64_t)plan->limits.memory_mib << 10, memory_kib;
	bool is_full = group->looks % SHARED_EVERY == 0;
	struct sums sums;

	look(&sums, group, AT_TIME | (is_full ? AT_STATUS : 0));
	memory_kib = sum_memory(&sums, group, disk_kib, is_full, limit_kib);
	group->looks++;
	if (memory_kib > group->seen_memory_kib)
		group->seen_memory_kib = memory_kib;
	sums.tasks += group->program_ended - 1; /* pid 1 isn't the program's */
	/*
	 * A walk isn't one moment: of a crowd that comes and goes it meets some that have gone and their
	 * successors. RLIMIT_NPROC keeps the limit, so that what is beyond it was never there at once.
	 */
	if (sums.tasks > plan->limits.processes)
		sums.tasks = plan->limits.processes;
	if (sums.tasks > group->seen_processes)
		group->seen_processes = sums.tasks;
	sum_cpu(&sums, usage);
	usage->memory_peak_kib = group->seen_memory_kib;
	usage->memory_hit = group->seen_memory_kib > limit_kib;
	usage->processes_peak = group->seen_processes > 0 ? group->seen_processes : -1;
	usage->processes_hit = group->seen_processes >= plan->limits.processes;
}
