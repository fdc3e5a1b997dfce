// SPDX-License-Identifier: MIT
/*
 * Where our own cgroups lie, controller by controller: a host may have v1, v2 or both, and
 * on a hybrid one memory may be in either. Pure: works on the text of two files.
 */
#ifndef SANDBOX_CGROUP_FIND_H
#define SANDBOX_CGROUP_FIND_H

#include <stdbool.h>

enum cgroup_controller { CGROUP_MEMORY, CGROUP_PIDS, CGROUP_CPUACCT, CGROUP_CONTROLLERS };
enum { CGROUP_PATH_MAX = 1024 };

struct cgroup_places {
	char v1[CGROUP_CONTROLLERS][CGROUP_PATH_MAX]; /* directory of our own group, or "" */
	char v2[CGROUP_PATH_MAX];                     /* the same in the unified hierarchy, or "" */
	char v2_top[CGROUP_PATH_MAX];                 /* where that hierarchy is mounted, or "" */
};

/*
 * SELF is the text of /proc/self/cgroup, MOUNTS that of /proc/self/mountinfo. What can't be
 * found is "". A container's mount that shows only a part of the hierarchy is understood.
 */
void cgroup_find(struct cgroup_places *places, const char *self, const char *mounts);

/* "memory", "pids", "cpuacct". */
const char *cgroup_controller_name(enum cgroup_controller controller);

/*
 * Our own group's path in the hierarchy of the controller WORD ("": the unified one), as /proc/self/cgroup, which is
 * SELF, has it. False if it isn't there.
 */
bool cgroup_own(char path[CGROUP_PATH_MAX], const char *self, const char *word);

#endif
