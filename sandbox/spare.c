// SPDX-License-Identifier: MIT
/*
 * What is left is asked without swap, since a host that has only that left is slow for everybody; what was lost is asked
 * with it, since shared memory that nobody touches goes there first.
 */
#include "spare.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "auto.h"
#include "clock.h"
#include "kernel.h"
#include "meminfo.h"

enum { KEEP_SHARE = 16, KEEP_MOST_KIB = 512 << 10, SEARCH_MS = 100 };

int spare_open(struct spare *spare, const struct plan *plan, struct fault *f)
{
	struct meminfo host;

	if (!meminfo_read(&host))
		return fault_set(f, "limits can't be sampled: /proc/meminfo doesn't say how much memory the host has to spare");
	spare->keep_kib = host.total_kib / KEEP_SHARE < KEEP_MOST_KIB ? host.total_kib / KEEP_SHARE : KEEP_MOST_KIB;
	if (plan->spare_mib >= 0)
		spare->keep_kib = (int64_t)plan->spare_mib << 10;
	spare->first_kib = spare->now_kib = host.available_kib + host.swap_free_kib;
	return 0;
}

bool spare_is_low(struct spare *spare)
{
	struct meminfo host;

	if (!meminfo_read(&host))
		return true;
	spare->now_kib = host.available_kib + host.swap_free_kib;
	return host.available_kib < spare->keep_kib;
}

static int open_of(int procfs, const char *who, const char *what, int flags)
{
	char path[64];

	snprintf(path, sizeof(path), "%.20s/%.20s", who, what);
	return openat(procfs, path, O_RDONLY | O_CLOEXEC | flags);
}

static bool has_socket(int files)
{
	static const char socket[] = "socket:";
	struct kernel_listing listing = { .used = 0 };
	const struct kernel_entry *entry;
	char link[sizeof(socket) - 1];

	while ((entry = kernel_list(&listing, files)))
		if (readlinkat(files, entry->name, link, sizeof(link)) == sizeof(link) &&
			memcmp(link, socket, sizeof(link)) == 0)
			return true;
	return false;
}

/* A line is "7f12a000-7f12b000 rw-s 00000000 00:01 4711   /dev/zero (deleted)". */
static bool is_shared(const char *line, dev_t memfds)
{
	unsigned major, minor;
	char rights[5];

	return sscanf(line, "%*x-%*x %4s %*x %x:%x", rights, &major, &minor) == 3 && rights[3] == 's' &&
		makedev(major, minor) == memfds;
}

static bool has_shared_memory(int maps, dev_t memfds, int64_t until_ms)
{
	char text[8192], *line, *end;
	size_t kept = 0;
	ssize_t n;

	while ((n = read(maps, text + kept, sizeof(text) - 1 - kept)) > 0) {
		text[kept + (size_t)n] = '\0';
		for (line = text; (end = strchr(line, '\n')); line = end + 1)
			if (is_shared(line, memfds))
				return true;
		kept = strlen(line);
		if (kept == sizeof(text) - 1 || clock_now_ms() > until_ms)
			return true; /* names are shorter */
		memmove(text, line, kept);
	}
	return false;
}

/* Of each thread, since of a process whose first one has ended only the others tell. */
static bool may_hide(int tasks, const char *thread, dev_t memfds, int64_t until_ms)
{
	AUTO_CLOSE int files = open_of(tasks, thread, "fd", O_DIRECTORY), maps = -1;

	if (files < 0)
		return errno == EACCES || errno == EPERM;
	maps = open_of(tasks, thread, "maps", 0);
	return has_socket(files) || (maps >= 0 && has_shared_memory(maps, memfds, until_ms));
}

bool spare_may_be_in(const struct spare *spare, const struct held *held, int procfs, int64_t limit_kib)
{
	AUTO_CLOSE int dir = openat(procfs, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct kernel_listing processes = { .used = 0 };
	const struct kernel_entry *process, *thread;
	int64_t until_ms = clock_now_ms() + SEARCH_MS;

	if (dir < 0 || spare->first_kib - spare->now_kib <= limit_kib)
		return false;
	while ((process = kernel_list(&processes, dir))) {
		AUTO_CLOSE int tasks = -1;
		struct kernel_listing threads = { .used = 0 };

		if (!isdigit((unsigned char)process->name[0]) || strcmp(process->name, "1") == 0)
			continue;
		tasks = open_of(dir, process->name, "task", O_DIRECTORY);
		while (tasks >= 0 && (thread = kernel_list(&threads, tasks)))
			if (isdigit((unsigned char)thread->name[0]) &&
				(may_hide(tasks, thread->name, held->memfds, until_ms) || clock_now_ms() > until_ms))
				return true;
	}
	return false;
}
