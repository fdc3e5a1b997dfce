// SPDX-License-Identifier: MIT
/*
 * /proc/self/cgroup says which group we are in ("4:memory:/a/b", v2: "0::/a/b"), mountinfo
 * says where hierarchies are mounted and which part of them: a container may have mounted
 * /docker/X of a hierarchy, so that its group /docker/X/y is found as MOUNT/y.
 */
#include "cgroup_find.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char *const controller_names[CGROUP_CONTROLLERS] = {
	[CGROUP_MEMORY] = "memory",
	[CGROUP_PIDS] = "pids",
	[CGROUP_CPUACCT] = "cpuacct",
};

const char *cgroup_controller_name(enum cgroup_controller controller)
{
	return controller_names[controller];
}

/* True if WORD is one of the comma-separated words of the LENGTH bytes at LIST. */
static bool has_word(const char *list, size_t length, const char *word)
{
	const char *end = list + length;

	while (list < end) {
		size_t one = strcspn(list, ",");

		if (one > (size_t)(end - list))
			one = (size_t)(end - list);
		if (one == strlen(word) && strncmp(list, word, one) == 0)
			return true;
		list += one + 1;
	}
	return false;
}

bool cgroup_own(char path[CGROUP_PATH_MAX], const char *self, const char *word)
{
	for (const char *line = self; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		const char *list = strchr(line, ':');
		const char *group = list ? strchr(list + 1, ':') : NULL;
		size_t length;

		if (!group || group > line + strcspn(line, "\n"))
			continue;
		list++;
		length = (size_t)(group - list);
		if (*word ? !has_word(list, length, word) : length != 0)
			continue;
		group++;
		length = strcspn(group, "\n");
		if (length >= CGROUP_PATH_MAX)
			return false;
		memcpy(path, group, length);
		path[length] = '\0';
		return true;
	}
	return false;
}

/* One line of mountinfo, cut into the words that matter here. */
struct mount_words {
	char root[CGROUP_PATH_MAX], at[CGROUP_PATH_MAX], type[32], options[CGROUP_PATH_MAX];
};

static bool cut_mount(struct mount_words *m, const char *line)
{
	char text[4 * CGROUP_PATH_MAX];
	size_t length = strcspn(line, "\n");
	const char *dash;

	/* Most mounts are others, and cutting is dear. */
	if (length >= sizeof(text) || !memmem(line, length, " - cgroup", 9))
		return false;
	memcpy(text, line, length);
	text[length] = '\0';
	if (sscanf(text, "%*s %*s %*s %1023s %1023s", m->root, m->at) != 2)
		return false;
	dash = strstr(text, " - ");
	return dash && sscanf(dash + 3, "%31s %*s %1023s", m->type, m->options) == 2;
}

/* Joins where the hierarchy is mounted with what is left of GROUP below the mounted root. */
static void join(char *out, const struct mount_words *m, const char *group)
{
	size_t root = strcmp(m->root, "/") == 0 ? 0 : strlen(m->root);
	const char *rest = group;

	if (strncmp(group, m->root, root) == 0 && (group[root] == '/' || !group[root]))
		rest = group + root;
	else if (root)
		rest = "";
	if (strcmp(rest, "/") == 0)
		rest = "";
	if (snprintf(out, CGROUP_PATH_MAX, "%s%s", m->at, rest) >= CGROUP_PATH_MAX)
		out[0] = '\0';
}

void cgroup_find(struct cgroup_places *places, const char *self, const char *mounts)
{
	char group[CGROUP_PATH_MAX];
	struct mount_words m;

	memset(places, 0, sizeof(*places));
	for (const char *line = mounts; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		if (!cut_mount(&m, line))
			continue;
		/* The first mount of a hierarchy counts: later ones are somebody's copies of it. */
		if (strcmp(m.type, "cgroup2") == 0 && !places->v2[0] &&
			cgroup_own(group, self, "")) {
			join(places->v2, &m, group);
			snprintf(places->v2_top, sizeof(places->v2_top), "%s", m.at);
			continue;
		}
		if (strcmp(m.type, "cgroup") != 0)
			continue;
		for (int c = 0; c < CGROUP_CONTROLLERS; c++)
			if (!places->v1[c][0] &&
				has_word(m.options, strlen(m.options), controller_names[c]) &&
				cgroup_own(group, self, controller_names[c]))
				join(places->v1[c], &m, group);
	}
}
