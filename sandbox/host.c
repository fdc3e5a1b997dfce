// SPDX-License-Identifier: MIT
/* Files are read as they are: the name services behind getpwuid would load plug-ins into a program that starts hostile ones. */
#include "host.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

enum { MOUNTS_MAX = 256 << 10 };

/*
 * Reads all of a file into TEXT; "" if it isn't there. Less than was asked for is the end, of a regular
 * file always, and of what the kernel makes up as it is read if that is one record; a list of records
 * COMES_IN_PIECES. False if there is no room.
 */
static bool read_all(const char *path, bool comes_in_pieces, char *text, size_t size, size_t *length)
{
	AUTO_CLOSE int fd = kernel_open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0;
	ssize_t n = 0;

	while (fd >= 0 && used + 1 < size && (n = read(fd, text + used, size - 1 - used)) > 0) {
		used += (size_t)n;
		if (!comes_in_pieces)
			break;
	}
	text[used] = '\0';
	*length = used;
	return used + 1 < size;
}

void host_find_places(struct host *host)
{
	char self[8192], mounts[MOUNTS_MAX];
	size_t length;

	if (host->knows_places)
		return;
	/* What doesn't fit is not found. */
	read_all("/proc/self/cgroup", false, self, sizeof(self), &length);
	read_all("/proc/self/mountinfo", true, mounts, sizeof(mounts), &length);
	cgroup_find(&host->places, self, mounts);
	host->knows_places = true;
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
		if (!read_all(files[i].path, false, host->text + used, HOST_NAMES_MAX - used, &length))
			return fault_set(f, "%s is too long: all files of names may have %d MiB together",
				files[i].path, HOST_NAMES_MAX >> 20);
		*files[i].text = host->text + used;
		used += length + 1;
	}
	host->knows_names = true;
	return 0;
}
