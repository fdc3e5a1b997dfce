// SPDX-License-Identifier: MIT
/*
 * cgroup v2, delegated. The box is born into its group (CLONE_INTO_CGROUP), a sibling of
 * whatever launched it. Three places are tried, in this order:
 *
 *  1. beside our own group, if its parent hands memory and pids down and is ours to write;
 *  2. below our own group: processes in it first move to a leaf, because v2 allows
 *     controllers only on groups without processes of their own;
 *  3. as root: /assay at the top, as container engines do.
 *
 * Memory that runs out kills the whole group (memory.oom.group), swap is off.
 */
#include "group.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auto.h"

/* Reads FILE of directory PATH into TEXT; false if it isn't there or empty. */
static bool read_words(const char *path, const char *file, char *text, size_t size)
{
	AUTO_CLOSE int dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	AUTO_CLOSE int fd = dir >= 0 ? openat(dir, file, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t n = fd >= 0 ? read(fd, text, size - 1) : -1;

	text[n > 0 ? n : 0] = '\0';
	return n > 0;
}

static bool has_both(const char *words)
{
	return strstr(words, "memory") && strstr(words, "pids");
}

/* Lets PATH hand memory and pids down. True if it does so now. */
static bool hands_down(const char *path)
{
	AUTO_CLOSE int dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	char words[256];

	if (read_words(path, "cgroup.subtree_control", words, sizeof(words)) && has_both(words))
		return true;
	if (dir < 0 || group_write(dir, "cgroup.subtree_control", "+memory +pids") < 0)
		return false;
	return read_words(path, "cgroup.subtree_control", words, sizeof(words)) && has_both(words);
}

/* Moves every process of the group PATH into PATH/assay-launchers. */
static int empty_out(const char *path, struct fault *f)
{
	AUTO_CLOSE int from = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	AUTO_CLOSE int leaf = -1;
	char pids[4096];

	if (from < 0 || (mkdirat(from, "assay-launchers", 0755) < 0 && errno != EEXIST))
		return fault_sys(f, "cannot make a leaf in %s", path);
	leaf = openat(from, "assay-launchers", O_PATH | O_DIRECTORY | O_CLOEXEC);
	for (int rounds = 0; rounds < 16; rounds++) {
		if (!read_words(path, "cgroup.procs", pids, sizeof(pids)))
			return 0;
		for (char *pid = pids; *pid; pid += strcspn(pid, "\n"), pid += *pid == '\n') {
			char one[16];

			snprintf(one, sizeof(one), "%.*s", (int)strcspn(pid, "\n"), pid);
			if (group_write(leaf, "cgroup.procs", one) < 0 && errno != ESRCH)
				return fault_sys(
					f, "cannot move process %s to a leaf of %s", one, path);
		}
	}
	return 0;
}

/* True if a child of PARENT can be made and gets the controllers. */
static bool is_usable(const char *parent)
{
	return hands_down(parent) && access(parent, W_OK) == 0;
}

/* Finds a group below which boxes can live, and says why not otherwise. */
static int find_parent(
	char *parent, size_t size, const struct cgroup_places *places, struct fault *f)
{
	char words[256];

	if (!places->v2[0])
		return fault_set(f, "not mounted");
	if (!read_words(places->v2_top, "cgroup.controllers", words, sizeof(words)) ||
		!has_both(words))
		return fault_set(f, "%s has no memory or pids controller", places->v2_top);
	snprintf(parent, size, "%s", places->v2);
	if (strcmp(parent, places->v2_top) != 0) {
		*strrchr(parent, '/') = '\0';
		if (is_usable(parent))
			return 0;
		snprintf(parent, size, "%s", places->v2);
		if (geteuid() != 0 && access(parent, W_OK) == 0 && empty_out(parent, f) == 0 &&
			is_usable(parent))
			return 0;
	}
	if (geteuid() == 0 && hands_down(places->v2_top)) {
		snprintf(parent, size, "%s/assay", places->v2_top);
		if ((mkdir(parent, 0755) == 0 || errno == EEXIST) && is_usable(parent))
			return 0;
	}
	return fault_set(f,
		"%s is not delegated to this user; try: systemd-run --user --scope -p Delegate=yes "
		"...",
		places->v2);
}

static int set_number(int dir, const char *file, int64_t number, struct fault *f)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRId64, number);
	if (group_write(dir, file, text) < 0)
		return fault_sys(f, "cannot set %s", file);
	if (group_read_number(dir, file) != number)
		return fault_set(f, "%s didn't keep its value", file);
	return 0;
}

int cgroup2_open(struct group *group, const struct plan *plan, const struct cgroup_places *places,
	struct fault *f)
{
	char parent[CGROUP_PATH_MAX + 16];
	int dir;

	if (find_parent(parent, sizeof(parent), places, f) < 0 ||
		group_make_dir(group, parent, f) < 0)
		return -1;
	dir = group->dirs[0].fd;
	if (set_number(dir, "memory.max", (int64_t)plan->limits.memory_mib << 20, f) < 0 ||
		set_number(dir, "memory.oom.group", 1, f) < 0 ||
		set_number(dir, "pids.max", plan->limits.processes + 1, f) < 0)
		return -1;
	if (group_write(dir, "memory.swap.max", "0") < 0 && errno != ENOENT)
		return fault_sys(f, "cannot set memory.swap.max");
	return 0;
}

void cgroup2_measure(struct group *group, struct group_usage *usage)
{
	int dir = group->dirs[0].fd;
	int64_t peak = group_read_number(dir, "memory.peak");
	int64_t tasks = group_read_number(dir, "pids.peak");

	usage->cpu_user_us = group_read_field(dir, "cpu.stat", "user_usec");
	usage->cpu_system_us = group_read_field(dir, "cpu.stat", "system_usec");
	usage->memory_peak_kib = peak < 0 ? -1 : peak / 1024;
	usage->memory_hit = group_read_field(dir, "memory.events", "oom_group_kill") > 0 ||
		group_read_field(dir, "memory.events", "oom") > 0;
	usage->host_oom =
		!usage->memory_hit && group_read_field(dir, "memory.events", "oom_kill") > 0;
	if (tasks < 0)
		tasks = group_read_number(dir, "pids.current");
	if (tasks - 1 > group->seen_processes)
		group->seen_processes = tasks - 1;
	usage->processes_hit = group_read_field(dir, "pids.events", "max") > 0;
	usage->processes_peak = group->seen_processes > 0 ? group->seen_processes : -1;
}
