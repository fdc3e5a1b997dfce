// SPDX-License-Identifier: MIT
/*
 * The limits of the tree: one throw-away group per run that bounds memory, tasks and
 * measures cpu for everything the box starts, however often it forks.
 *
 * Three modes. cgroup2: a group in a delegated hierarchy, the box is born into it.
 * cgroup1: a group in each of three hierarchies; pid 1 of the box puts *itself* in, without the
 * thread that makes its network (moving another task costs an RCU grace period, 5-9 ms; moving
 * oneself through `tasks` costs nothing). sampled: nothing enforces, the supervisor looks every few
 * milliseconds; only with leave (--allow-sampled).
 *
 * The first directory of a group carries an flock as long as its supervisor lives; it is made
 * first and removed last, and all have one name. Whoever finds one without a lock removes them
 * all: a supervisor that was killed leaves no group for long.
 */
#ifndef SANDBOX_GROUP_H
#define SANDBOX_GROUP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "cgroup_find.h"
#include "fault.h"
#include "held.h"
#include "host.h"
#include "plan.h"
#include "spare.h"
#include "sysv.h"

struct history;

enum group_mode { GROUP_NONE, GROUP_CGROUP2, GROUP_CGROUP1, GROUP_SAMPLED };

/* One directory of the group: one for v2, up to three for v1. */
struct group_dir {
	char path[CGROUP_PATH_MAX + 64];
	int fd;    /* holds the flock */
	int tasks; /* v1: its `tasks`, open for writing */
};

/* Counters that are looked at again and again: opened once, then read by one call. */
enum group_counter {
	GROUP_CPU,
	GROUP_CPU_SYSTEM,
	GROUP_MEMORY_PEAK,
	GROUP_MEMORY_EVENTS,
	GROUP_TASKS_PEAK,
	GROUP_TASKS_EVENTS,
	GROUP_COUNTERS
};

struct group {
	enum group_mode mode;
	const struct cgroup_places *places; /* where this host has its hierarchies; borrowed */
	struct fault no_cgroup2;     /* why it isn't in v2 */
	char name[64]; /* of all its directories */
	int counters[GROUP_COUNTERS];
	bool keeps_no_peak; /* the most tasks at a time are known by looking only */
	struct group_dir dirs[CGROUP_CONTROLLERS];
	size_t n_dirs;
	int of[CGROUP_CONTROLLERS]; /* which directory serves the controller */
	int oom_fd;                 /* v1: eventfd that fires when memory runs out; else -1 */
	int procfs, init; /* sampled: the box's /proc and pid 1's folder in ours; else -1 */
	int sysv[SYSV_LISTS];    /* sampled: the box's lists of System V's objects; else -1 */
	struct history *history; /* sampled: owned */
	struct held held;        /* sampled */
	struct spare spare;      /* sampled, while the program runs; else its fd is -1 */
	int64_t cpu_user_before_us, cpu_system_before_us; /* spent on building, see group_start */
	int64_t seen_memory_kib, seen_processes;          /* highest seen by looking */
	unsigned looks;
	/* What was counted more than once when it was last looked at exactly, and when that is due again. */
	int64_t counted_twice_kib, exact_due_ms;
	bool program_ended; /* sampled: it was a task until a moment ago, and counts in the last look */
};

/* What the group has used so far. -1: this mode can't know. */
struct group_usage {
	int64_t cpu_user_us, cpu_system_us;
	int64_t memory_peak_kib, processes_peak;
	bool memory_hit, processes_hit;
	bool host_oom; /* the kernel killed here because memory ran out elsewhere */
};

/* No group yet; group_close accepts it. */
void group_init(struct group *group);

/*
 * The group with the plan's limits in the best mode that this host and user have, in two steps.
 * group_open makes it where the box must be born into it (v2), and else nothing; its mode is
 * then still GROUP_NONE. HOST must live as long as the group. group_settle makes it where the box
 * enters by itself (v1), which it can do while that is being built, or settles for being
 * `sampled`; it refuses, with the reason, if the plan doesn't allow that. After it the mode is
 * known.
 */
int group_open(struct group *group, const struct plan *plan, struct host *host, struct fault *f);
int group_settle(struct group *group, const struct plan *plan, struct fault *f);

/* The fds by which pid 1 of the box enters a v1 group: their number, at most CGROUP_CONTROLLERS. */
size_t group_doors(const struct group *group, int doors[CGROUP_CONTROLLERS]);

/* In the box's pid 1: enters by COUNT such fds, and closes them. */
int group_enter(const int *doors, size_t count, struct fault *f);

/* The fd for CLONE_INTO_CGROUP (v2), or -1. */
int group_clone_fd(const struct group *group);

/* The program is about to start: what was used so far was ours and isn't counted as its cpu. */
void group_start(struct group *group);

/* Looks once, so that all is open that will be read at the end, when somebody waits. Left out, it is opened then. */
void group_open_counters(struct group *group);

/* True if something is seen only while the box lives, so that a last look before its end is worth it. */
bool group_must_be_watched(const struct group *group);

/*
 * Reads what was used. DISK_KIB is what the box's files occupy: sampling must add it, the
 * kernel's groups have it counted. Works after the last process is gone, too.
 */
void group_measure(
	struct group *group, const struct plan *plan, int64_t disk_kib, struct group_usage *usage);

/* Kills every process of the group, where the mode can (v2). */
void group_kill(const struct group *group);

/* Removes the group; all its processes are gone. Accepts a group that was half made. */
int group_close(struct group *group, struct fault *f);

/* Removes groups that killed supervisors left behind beside ours. Cheap; errors are ignored. */
void group_sweep(const struct group *group);

/* "cgroup2", "cgroup1", "sampled", or NULL. */
const char *group_mode_name(enum group_mode mode);

/* How the modes fill in the above; group.c dispatches. */
int cgroup1_open(struct group *group, const struct plan *plan, struct fault *f);
void cgroup1_measure_cpu(struct group *group, struct group_usage *usage);
void cgroup1_measure(struct group *group, struct group_usage *usage);
int cgroup2_open(struct group *group, const struct plan *plan, struct fault *f);
void cgroup2_measure_cpu(struct group *group, struct group_usage *usage);
void cgroup2_measure(struct group *group, struct group_usage *usage);
void sampled_measure_cpu(struct group *group, struct group_usage *usage);
void sampled_measure(
	struct group *group, const struct plan *plan, int64_t disk_kib, struct group_usage *usage);

/* For the modes: a directory PARENT/assay-box-* of its own; the first one is locked. */
int group_make_dir(struct group *group, const char *parent, struct fault *f);

/* For the modes: writes a small file of a group directory. */
int group_write(int dir, const char *file, const char *text);

/* For the modes: the same of a file that not every kernel has. */
int group_set_if_there(int dir, const char *file, const char *text, struct fault *f);

/* For the modes: writes NUMBER and reads it back; a file that keeps another value is a failure. */
int group_set(int dir, const char *file, int64_t number, struct fault *f);

/* For the modes: reads a small file; "" if it can't be read. */
enum { GROUP_TEXT = 4096 };
void group_read(int dir, const char *file, char *text, size_t size);
int64_t group_read_number(int dir, const char *file);

/* For the modes: the same of a counter, which stays open. TEXT has room for GROUP_TEXT. */
void group_count_text(
	struct group *group, enum group_counter counter, int dir, const char *file, char *text);
int64_t group_count(struct group *group, enum group_counter counter, int dir, const char *file);

/* The number behind FIELD in lines "field number", or -1. */
int64_t group_field(const char *text, const char *field);

#endif
