// SPDX-License-Identifier: MIT
/*
 * cgroup v2, delegated. The box is born into its group (CLONE_INTO_CGROUP), a sibling of
 * whatever launched it. Where that may be, in this order:
 *
 *  1. below our own group, if it was given to us: what bounds us then bounds boxes, too. v2
 *     allows controllers only on groups without processes of their own, so that those in it
 *     first move to a leaf, which is where the next launch finds itself;
 *  2. beside our own group: in such a leaf, or where its parent is ours to write;
 *  3. as root: /assay at the top, as container engines do.
 *
 * Memory that runs out kills the whole group (memory.oom.group), swap is off.
 */
#include "group.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

/* Where processes go whose group is divided. */
static const char leaf_name[] = "assay-launchers";

/* Reads FILE of directory PATH into TEXT; false if it isn't there or empty. */
static bool read_words(const char *path, const char *file, char *text, size_t size)
{
	AUTO_CLOSE int dir = kernel_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	AUTO_CLOSE int fd = dir >= 0 ? openat(dir, file, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t n = fd >= 0 ? read(fd, text, size - 1) : -1;

	text[n > 0 ? n : 0] = '\0';
	return n > 0;
}

static bool has_both(const char *words)
{
	return strstr(words, "memory") && strstr(words, "pids");
}

/* Lets PATH hand memory and pids down. EBUSY: processes are in it. ENOENT: it has none. */
static int hand_down(const char *path, int *why, struct fault *f)
{
	AUTO_CLOSE int dir = kernel_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	char words[256];

	if (read_words(path, "cgroup.subtree_control", words, sizeof(words)) && has_both(words))
		return 0;
	if (dir < 0 || group_write(dir, "cgroup.subtree_control", "+memory +pids") < 0) {
		*why = errno;
		return fault_sys(f, "%s can't hand memory and pids down", path);
	}
	return 0;
}

/* Moves every process of the group PATH into its leaf. */
static int empty_out(const char *path, struct fault *f)
{
	AUTO_CLOSE int from = kernel_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	AUTO_CLOSE int leaf = -1;
	char pids[4096];

	if (from < 0 || (mkdirat(from, leaf_name, 0755) < 0 && errno != EEXIST))
		return fault_sys(f, "cannot make a leaf in %s", path);
	leaf = openat(from, leaf_name, O_PATH | O_DIRECTORY | O_CLOEXEC);
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

/* True if groups can be made in PATH, and processes be born into them. */
static bool is_ours(const char *path)
{
	char procs[CGROUP_PATH_MAX + 32];

	snprintf(procs, sizeof(procs), "%s/cgroup.procs", path);
	return access(path, W_OK) == 0 && access(procs, W_OK) == 0;
}

/*
 * True if the group PATH was given to its processes, to be divided as they like. Root may
 * write anywhere, which proves nothing: a service manager says so by an attribute, and a
 * container's root group is the container's own (the host's has no cgroup.type).
 */
static bool was_given(const struct cgroup_places *places)
{
	char type[CGROUP_PATH_MAX + 32];

	if (!is_ours(places->v2))
		return false;
	if (geteuid() != 0 || getxattr(places->v2, "trusted.delegate", NULL, 0) > 0 ||
		getxattr(places->v2, "user.delegate", NULL, 0) > 0)
		return true;
	snprintf(type, sizeof(type), "%s/cgroup.type", places->v2);
	return strcmp(places->v2, places->v2_top) == 0 && access(type, F_OK) == 0;
}

/*
 * Place 1. Another launcher may be dividing the same group, or a process be born in it between
 * our two steps: EBUSY, and once more.
 */
static int divide_own(
	char *parent, size_t size, const struct cgroup_places *places, struct fault *f)
{
	char words[256];
	int why;

	snprintf(parent, size, "%s", places->v2);
	if (!was_given(places))
		return fault_set(f, "%s isn't ours", parent);
	if (!read_words(parent, "cgroup.controllers", words, sizeof(words)) || !has_both(words))
		return fault_set(f, "%s was given no memory or pids controller", parent);
	for (int rounds = 0; rounds < 16; rounds++) {
		if (hand_down(parent, &why, f) == 0)
			return 0;
		if (why != EBUSY || empty_out(parent, f) < 0)
			return -1;
	}
	return -1;
}

/* Place 2. */
static int go_beside(char *parent, size_t size, const struct cgroup_places *places, struct fault *f)
{
	int why;

	if (strcmp(places->v2, places->v2_top) == 0)
		return fault_set(f, "%s has nothing beside it", places->v2);
	snprintf(parent, size, "%s", places->v2);
	*strrchr(parent, '/') = '\0';
	if (!is_ours(parent))
		return fault_set(f, "%s isn't ours", parent);
	return hand_down(parent, &why, f);
}

/* Place 3. */
static int go_to_top(char *parent, size_t size, const struct cgroup_places *places, struct fault *f)
{
	int why;

	if (geteuid() != 0)
		return fault_set(f, "%s isn't ours", places->v2_top);
	if (hand_down(places->v2_top, &why, f) < 0)
		return -1;
	snprintf(parent, size, "%s/assay", places->v2_top);
	if (mkdir(parent, 0755) < 0 && errno != EEXIST)
		return fault_sys(f, "cannot make %s", parent);
	return hand_down(parent, &why, f);
}

static bool is_in_leaf(const struct cgroup_places *places)
{
	const char *name = strrchr(places->v2, '/');

	return name && strcmp(name + 1, leaf_name) == 0;
}

/* What stands in the way, in words that say what to do. */
static int explain(const struct cgroup_places *places, const struct fault *last, struct fault *f)
{
	struct statvfs fs;

	if (statvfs(places->v2_top, &fs) == 0 && (fs.f_flag & ST_RDONLY))
		return fault_set(f, "%s is mounted read-only; mount it writable", places->v2_top);
	if (geteuid() == 0)
		return fault_set(f, "%s", last->text);
	return fault_set(f,
		"%s is not delegated to this user; try: systemd-run --user --scope -p Delegate=yes "
		"...",
		places->v2);
}

/* Finds a group below which boxes can live, and says why not otherwise. */
static int find_parent(
	char *parent, size_t size, const struct cgroup_places *places, struct fault *f)
{
	char words[256] = "";
	struct fault last;

	if (!places->v2[0])
		return fault_set(f, "not mounted");
	if (places->v1[CGROUP_MEMORY][0])
		return fault_set(f, "v1 has the memory controller");
	if (!read_words(places->v2_top, "cgroup.controllers", words, sizeof(words)) ||
		!has_both(words))
		return fault_set(f,
			"%s has no %s controller (v1 may have it, or the kernel was"
			" started with cgroup_disable)",
			places->v2_top, strstr(words, "memory") ? "pids" : "memory");
	if (is_in_leaf(places) && go_beside(parent, size, places, &last) == 0)
		return 0;
	if (divide_own(parent, size, places, &last) == 0 ||
		go_beside(parent, size, places, &last) == 0 ||
		go_to_top(parent, size, places, &last) == 0)
		return 0;
	return explain(places, &last, f);
}

int cgroup2_open(struct group *group, const struct plan *plan, struct fault *f)
{
	char parent[CGROUP_PATH_MAX + 16];
	int dir;

	if (find_parent(parent, sizeof(parent), group->places, f) < 0 ||
		group_make_dir(group, parent, f) < 0)
		return -1;
	dir = group->dirs[0].fd;
	if (group_set(dir, "memory.max", (int64_t)plan->limits.memory_mib << 20, f) < 0 ||
		group_set(dir, "memory.oom.group", 1, f) < 0 ||
		group_set(dir, "pids.max", plan->limits.processes + 1, f) < 0)
		return -1;
	if (group_set_if_there(dir, "memory.swap.max", "0", f) < 0)
		return -1;
	group->counters[GROUP_TASKS_PEAK] = openat(dir, "pids.peak", O_RDONLY | O_CLOEXEC);
	group->keeps_no_peak = group->counters[GROUP_TASKS_PEAK] < 0;
	return 0;
}

void cgroup2_measure_cpu(struct group *group, struct group_usage *usage)
{
	char text[GROUP_TEXT];

	group_count_text(group, GROUP_CPU, group->dirs[0].fd, "cpu.stat", text);
	usage->cpu_user_us = group_field(text, "user_usec");
	usage->cpu_system_us = group_field(text, "system_usec");
}

void cgroup2_measure(struct group *group, struct group_usage *usage)
{
	int dir = group->dirs[0].fd;
	int64_t peak = group_count(group, GROUP_MEMORY_PEAK, dir, "memory.peak");
	int64_t tasks = group_count(group, GROUP_TASKS_PEAK, dir,
		group->keeps_no_peak ? "pids.current" : "pids.peak");
	char text[GROUP_TEXT];

	cgroup2_measure_cpu(group, usage);
	usage->memory_peak_kib = peak < 0 ? -1 : peak / 1024;
	/*
	 * Only `oom` says whose limit it was: it counts where the limit is. oom_kill and
	 * oom_group_kill count where somebody was killed, be it for a limit further up.
	 */
	group_count_text(group, GROUP_MEMORY_EVENTS, dir, "memory.events", text);
	usage->memory_hit = group_field(text, "oom") > 0;
	usage->host_oom = !usage->memory_hit && group_field(text, "oom_kill") > 0;
	if (tasks - 1 > group->seen_processes)
		group->seen_processes = tasks - 1;
	group_count_text(group, GROUP_TASKS_EVENTS, dir, "pids.events", text);
	usage->processes_hit = group_field(text, "max") > 0;
	usage->processes_peak = group->seen_processes > 0 ? group->seen_processes : -1;
}
