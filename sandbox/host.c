// SPDX-License-Identifier: MIT
/* Files are read as they are: the name services behind getpwuid would load plug-ins into a program that starts hostile ones. */
#include "host.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

enum { MOUNTS_MAX = 256 << 10 };

/*
 * Reads all of a file into TEXT; "" if it isn't there. Less than was asked for isn't the end yet: what
 * the kernel makes up as it is read comes in pieces. False if there is no room.
 */
static bool read_all(const char *path, char *text, size_t size, size_t *length)
{
	AUTO_CLOSE int fd = kernel_open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0;
	ssize_t n = 0;

	while (fd >= 0 && used + 1 < size && (n = read(fd, text + used, size - 1 - used)) > 0)
		used += (size_t)n;
	text[used] = '\0';
	*length = used;
	return used + 1 < size;
}

int host_find_places(struct host *host, struct fault *f)
{
	AUTO_FREE char *mounts = host->knows_places ? NULL : malloc(MOUNTS_MAX);
	char self[8192];
	size_t length;

	if (host->knows_places)
		return 0;
	if (!mounts)
		return fault_set(f, "out of memory");
	/* What doesn't fit is not found. */
	read_all("/proc/self/cgroup", self, sizeof(self), &length);
	read_all("/proc/self/mountinfo", mounts, MOUNTS_MAX, &length);
	cgroup_find(&host->places, self, mounts);
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
	if (!host->text && !(host->text = malloc(HOST_NAMES_MAX)))
		return fault_set(f, "out of memory");
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (!read_all(files[i].path, host->text + used, HOST_NAMES_MAX - used, &length))
			return fault_set(f, "%s is too long: all files of names may have %d MiB together",
				files[i].path, HOST_NAMES_MAX >> 20);
		*files[i].text = host->text + used;
		used += length + 1;
	}
	host->knows_names = true;
	return 0;
}
