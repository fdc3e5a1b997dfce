// SPDX-License-Identifier: MIT
/*
 * Choosing a mode and the parts that the modes share; see group.h.
 *
 * A mode is proved by doing: the directory is made, the limits are written and read back.
 * What a host says about itself (controllers listed, files owned) is not believed, because
 * read-only cgroup file systems in containers say the same.
 */
#include "group.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "auto.h"
#include "fds.h"
#include "history.h"
#include "kernel.h"

static const char prefix[] = "assay-box-";

enum { SWEEP_AGE_S = 10 };

const char *group_mode_name(enum group_mode mode)
{
	static const char *const names[] = {
		[GROUP_CGROUP2] = "cgroup2",
		[GROUP_CGROUP1] = "cgroup1",
		[GROUP_SAMPLED] = "sampled",
	};

	return names[mode];
}

int group_write(int dir, const char *file, const char *text)
{
	AUTO_CLOSE int fd = openat(dir, file, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	return write(fd, text, strlen(text)) < 0 ? -1 : 0;
}

/* Files of a group are smaller than a page and come at once. */
static void read_at_once(int fd, char *text, size_t size)
{
	ssize_t n = fd >= 0 ? pread(fd, text, size - 1, 0) : -1;

	text[n > 0 ? n : 0] = '\0';
}

void group_read(int dir, const char *file, char *text, size_t size)
{
	AUTO_CLOSE int fd = openat(dir, file, O_RDONLY | O_CLOEXEC);

	read_at_once(fd, text, size);
}

static int64_t number_in(const char *text)
{
	char *end;
	long long number = strtoll(text, &end, 10);

	return end == text ? -1 : number;
}

int64_t group_read_number(int dir, const char *file)
{
	char text[64];

	group_read(dir, file, text, sizeof(text));
	return number_in(text);
}

int group_set_if_there(int dir, const char *file, const char *text, struct fault *f)
{
	AUTO_CLOSE int fd = openat(dir, file, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT ? 0 : fault_sys(f, "cannot open %s", file);
	return write(fd, text, strlen(text)) < 0 ? fault_sys(f, "cannot set %s", file) : 0;
}

int group_set(int dir, const char *file, int64_t number, struct fault *f)
{
	AUTO_CLOSE int fd = openat(dir, file, O_RDWR | O_CLOEXEC);
	char text[64];
	int length = snprintf(text, sizeof(text), "%" PRId64, number);

	if (fd < 0 || write(fd, text, (size_t)length) != length)
		return fault_sys(f, "cannot set %s", file);
	read_at_once(fd, text, sizeof(text));
	if (number_in(text) != number)
		return fault_set(f, "%s didn't keep its value", file);
	return 0;
}

void group_count_text(
	struct group *group, enum group_counter counter, int dir, const char *file, char *text)
{
	int *fd = &group->counters[counter];

	if (*fd < 0)
		*fd = openat(dir, file, O_RDONLY | O_CLOEXEC);
	read_at_once(*fd, text, GROUP_TEXT);
}

int64_t group_count(struct group *group, enum group_counter counter, int dir, const char *file)
{
	char text[GROUP_TEXT];

	group_count_text(group, counter, dir, file, text);
	return number_in(text);
}

int64_t group_field(const char *text, const char *field)
{
	size_t length = strlen(field);

	for (const char *line = text; line && *line; line = strchr(line, '\n'), line += line != NULL)
		if (strncmp(line, field, length) == 0 && line[length] == ' ')
			return number_in(line + length);
	return -1;
}

static void make_name(struct group *group)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	snprintf(group->name, sizeof(group->name), "%s%d-%llx", prefix, (int)getpid(),
		(unsigned long long)now.tv_sec * 1000000000ull + (unsigned long long)now.tv_nsec);
}

int group_make_dir(struct group *group, const char *parent, struct fault *f)
{
	struct group_dir *dir = &group->dirs[group->n_dirs];

	if (!group->name[0])
		make_name(group);
	dir->tasks = dir->fd = -1;
	snprintf(dir->path, sizeof(dir->path), "%s/%s", parent, group->name);
	if (mkdir(dir->path, 0755) < 0)
		return fault_sys(f, "cannot make a group in %s", parent);
	group->n_dirs++;
	dir->fd = kernel_open(dir->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir->fd < 0 || (group->n_dirs == 1 && flock(dir->fd, LOCK_EX | LOCK_NB) < 0))
		return fault_sys(f, "cannot hold %s", dir->path);
	return 0;
}

void group_init(struct group *group)
{
	*group = (struct group){ .oom_fd = -1, .procfs = -1, .init = -1, .spare = { .fd = -1 } };
	for (size_t i = 0; i < GROUP_COUNTERS; i++)
		group->counters[i] = -1;
	for (size_t i = 0; i < SYSV_LISTS; i++)
		group->sysv[i] = -1;
}

/* What a mode that couldn't be had has made is taken back; where to look for another one stays known. */
static void start_over(struct group *group)
{
	const struct cgroup_places *places = group->places;
	struct fault ignored, why = group->no_cgroup2;

	group_close(group, &ignored);
	group->places = places;
	group->no_cgroup2 = why;
}

int group_open(struct group *group, const struct plan *plan, struct host *host, struct fault *f)
{
	group_init(group);
	if (host_find_places(host, f) < 0)
		return -1;
	group->places = &host->places;
	if (cgroup2_open(group, plan, f) == 0) {
		group->mode = GROUP_CGROUP2;
		return 0;
	}
	group->no_cgroup2 = *f;
	start_over(group);
	return 0;
}

/* What v2 lacks it says itself. */
static const char *mend_of_v1(const struct cgroup_places *places)
{
	return geteuid() != 0 && places->v1[CGROUP_MEMORY][0]
		? " root can give you groups of your own in memory, pids and cpuacct, with your shell in them;"
		: "";
}

int group_settle(struct group *group, const struct plan *plan, struct fault *f)
{
	struct fault no_cgroup1;

	if (group->mode != GROUP_NONE)
		return 0;
	if (cgroup1_open(group, plan, &no_cgroup1) == 0) {
		group->mode = GROUP_CGROUP1;
		return 0;
	}
	start_over(group);
	if (!plan->allow_sampled)
		return fault_set(f,
			"nothing here can enforce the limits (cgroup v2: %s; v1: %s);"
			"%s --allow-sampled watches them from outside instead",
			group->no_cgroup2.text, no_cgroup1.text, mend_of_v1(group->places));
	group->mode = GROUP_SAMPLED;
	group->history = history_new();
	return group->history ? 0 : fault_sys(f, "cannot remember processes");
}

size_t group_doors(const struct group *group, int doors[CGROUP_CONTROLLERS])
{
	size_t n = 0;

	for (; group->mode == GROUP_CGROUP1 && n < group->n_dirs; n++)
		doors[n] = group->dirs[n].tasks;
	return n;
}

int group_enter(const int *doors, size_t count, struct fault *f)
{
	for (size_t i = 0; i < count; i++) {
		if (write(doors[i], "0", 1) < 0)
			return fault_sys(f, "cannot enter a group");
		close(doors[i]);
	}
	return 0;
}

int group_clone_fd(const struct group *group)
{
	return group->mode == GROUP_CGROUP2 ? group->dirs[0].fd : -1;
}

void group_start(struct group *group)
{
	struct group_usage usage = { 0 };

	group->seen_processes = 1;
	if (group->mode == GROUP_CGROUP2)
		cgroup2_measure_cpu(group, &usage);
	else if (group->mode == GROUP_CGROUP1)
		cgroup1_measure_cpu(group, &usage);
	else
		sampled_measure_cpu(group, &usage);
	group->cpu_user_before_us = usage.cpu_user_us > 0 ? usage.cpu_user_us : 0;
	group->cpu_system_before_us = usage.cpu_system_us > 0 ? usage.cpu_system_us : 0;
}

void group_open_counters(struct group *group)
{
	struct group_usage ignored;

	if (group->mode == GROUP_CGROUP2)
		cgroup2_measure(group, &ignored);
	else if (group->mode == GROUP_CGROUP1)
		cgroup1_measure(group, &ignored);
}

bool group_must_be_watched(const struct group *group)
{
	return group->mode == GROUP_SAMPLED || group->keeps_no_peak;
}

void group_measure(
	struct group *group, const struct plan *plan, int64_t disk_kib, struct group_usage *usage)
{
	*usage = (struct group_usage){ -1, -1, -1, -1, false, false, false };
	if (group->mode == GROUP_CGROUP2)
		cgroup2_measure(group, usage);
	else if (group->mode == GROUP_CGROUP1)
		cgroup1_measure(group, usage);
	else if (group->mode == GROUP_SAMPLED)
		sampled_measure(group, plan, disk_kib, usage);
	usage->cpu_user_us -= group->cpu_user_before_us;
	usage->cpu_system_us -= group->cpu_system_before_us;
}

void group_kill(const struct group *group)
{
	if (group->mode == GROUP_CGROUP2)
		group_write(group->dirs[0].fd, "cgroup.kill", "1");
}

/* A group is busy for a moment after its last process was reaped. */
static int remove_dir(const char *path)
{
	struct timespec pause = { .tv_nsec = 1000000 };

	for (int tries = 0; tries < 500; tries++) {
		if (rmdir(path) == 0 || errno == ENOENT)
			return 0;
		if (errno != EBUSY)
			return -1;
		nanosleep(&pause, NULL);
	}
	return -1;
}

/* The locked directory goes last: as long as it is there, somebody may find the others. */
int group_close(struct group *group, struct fault *f)
{
	int fds[2 * CGROUP_CONTROLLERS + GROUP_COUNTERS + SYSV_LISTS + 3] = { group->oom_fd,
		group->procfs, group->init };
	size_t n = 3;
	int failed = 0;

	for (size_t i = group->n_dirs; i-- > 0;) {
		struct group_dir *dir = &group->dirs[i];

		/* Where one stays, those before it do, too, so that a later sweep finds it. */
		if (!failed && remove_dir(dir->path) < 0)
			failed = fault_sys(f, "cannot remove %s", dir->path);
		fds[n++] = dir->fd;
		fds[n++] = dir->tasks;
	}
	for (size_t i = 0; i < GROUP_COUNTERS; i++)
		fds[n++] = group->counters[i];
	for (size_t i = 0; i < SYSV_LISTS; i++)
		fds[n++] = group->sysv[i];
	fds_close(fds, n);
	free(group->history);
	held_close(&group->held);
	spare_close(&group->spare);
	group_init(group);
	return failed;
}

/* Removes the directories NAME in all hierarchies if nobody holds the first, which is below PARENT. */
static void sweep_one(const struct group *group, int parent, const char *name)
{
	AUTO_CLOSE int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	char path[CGROUP_PATH_MAX + 64];
	struct stat st;

	/* Young ones may not have been locked yet. */
	if (fd < 0 || fstat(fd, &st) < 0 || time(NULL) - st.st_ctime < SWEEP_AGE_S ||
		flock(fd, LOCK_EX | LOCK_NB) < 0)
		return;
	for (size_t i = group->n_dirs; i-- > 0;) {
		int above = (int)(strrchr(group->dirs[i].path, '/') - group->dirs[i].path);

		snprintf(path, sizeof(path), "%.*s/%s", above, group->dirs[i].path, name);
		if (rmdir(path) < 0 && errno != ENOENT)
			return;
	}
}

void group_sweep(const struct group *group)
{
	AUTO_CLOSE int parent = group->n_dirs
		? openat(group->dirs[0].fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
		: -1;
	struct kernel_listing listing = { 0 };
	const struct kernel_entry *entry;

	while (parent >= 0 && (entry = kernel_list(&listing, parent)))
		if (strncmp(entry->name, prefix, strlen(prefix)) == 0 &&
			strcmp(entry->name, group->name) != 0)
			sweep_one(group, parent, entry->name);
}
