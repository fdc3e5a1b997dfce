// SPDX-License-Identifier: MIT
/*
 * Files are read as they are: the name services behind getpwuid would load plug-ins into a program
 * that starts hostile ones.
 */
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

enum { MOUNTS_MAX = 1 << 20 };

/*
 * Reads all of a file into TEXT; "" if it isn't there. Less than was asked for is the end, of a regular
 * file always, and of what the kernel makes up as it is read if that is one record; a list of records
 * COMES_IN_PIECES.
 */
static int read_all(const char *path, bool comes_in_pieces, char *text, size_t size, size_t *length, struct fault *f)
{
	AUTO_CLOSE int fd = kernel_open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0;
	ssize_t n = 0;

	if (fd < 0 && errno != ENOENT)
		return fault_sys(f, "cannot open %s", path);
	while (fd >= 0 && used + 1 < size && (n = read(fd, text + used, size - 1 - used)) > 0) {
		used += (size_t)n;
		if (!comes_in_pieces)
			break;
	}
	if (n < 0)
		return fault_sys(f, "cannot read %s", path);
	if (used + 1 >= size)
		return fault_set(f, "%s is too long: there is room for %zu bytes", path, size);
	text[used] = '\0';
	*length = used;
	return 0;
}

/*
 * v1 hierarchies are nearly always mounted at these places, each under its controller's name. Whether they are, and
 * our groups in them, is soon asked; reading all mounts takes ten times as long. A link there means that some are
 * mounted together, which is for the long way; so is a group that we mayn't use, since v2 may have a better one.
 */
static bool find_usual_places(struct cgroup_places *places, const char *self)
{
	char group[CGROUP_PATH_MAX], at[64];

	for (int c = 0; c < CGROUP_CONTROLLERS; c++) {
		const char *name = cgroup_controller_name(c);
		struct statfs fs;
		struct stat st;

		snprintf(at, sizeof(at), "/sys/fs/cgroup/%s", name);
		if (!cgroup_own(group, self, name) || lstat(at, &st) < 0 || !S_ISDIR(st.st_mode) ||
			snprintf(places->v1[c], CGROUP_PATH_MAX, "%s%s", at, strcmp(group, "/") ? group : "") >=
				CGROUP_PATH_MAX ||
			statfs(places->v1[c], &fs) < 0 || fs.f_type != CGROUP_SUPER_MAGIC ||
			access(places->v1[c], W_OK) < 0)
			return false;
	}
	return true;
}

int host_find_places(struct host *host, struct fault *f)
{
	char self[8192], mounts[MOUNTS_MAX];
	size_t length;

	if (host->knows_places)
		return 0;
	if (read_all("/proc/self/cgroup", false, self, sizeof(self), &length, f) < 0)
		return -1;
	if (!find_usual_places(&host->places, self)) {
		if (read_all("/proc/self/mountinfo", true, mounts, sizeof(mounts), &length, f) < 0)
			return -1;
		cgroup_find(&host->places, self, mounts);
	}
	host->knows_places = true;
	return 0;
}

int host_find_names(struct host *host, struct fault *f)
{
	const struct {
		const char *path, **text;
	} files[] = {
		{ "/proc/self/uid_map", &host->uid_map },
		{ "/proc/self/gid_map", &host->gid_map },
		{ "/etc/passwd", &host->passwd },
		{ "/etc/group", &host->group },
		{ "/etc/subuid", &host->subuid },
		{ "/etc/subgid", &host->subgid },
	};
	size_t used = 0, length;

	if (host->knows_names)
		return 0;
	if (!host->text) {
		void *room = mmap(NULL, HOST_NAMES_MAX, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

		if (room == MAP_FAILED)
			return fault_sys(f, "cannot keep names");
		host->text = room;
	}
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (read_all(files[i].path, false, host->text + used, HOST_NAMES_MAX - used, &length, f) < 0)
			return -1;
		*files[i].text = host->text + used;
		used += length + 1;
	}
	host->knows_names = true;
	return 0;
}

int host_find_signals(struct host *host, struct fault *f)
{
	char text[4096];
	const char *field;
	size_t length;

	if (host->knows_signals)
		return 0;
	if (read_all("/proc/self/status", false, text, sizeof(text), &length, f) < 0)
		return -1;
	field = strstr(text, "\nSigIgn:");
	if (!field)
		return fault_set(f, "/proc/self/status doesn't say which signals are ignored");
	host->ignored = strtoull(field + strlen("\nSigIgn:"), NULL, 16);
	host->knows_signals = true;
	return 0;
}
