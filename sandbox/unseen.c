// SPDX-License-Identifier: MIT
/*
 * A table; each row is a product of limits. P is the number of processes, O that of files
 * that each may have open, M the largest file. Sizes of the kernel's own are those of 6.18 with 64 bits, rounded up.
 */
#include "unseen.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

enum {
	FILE_BYTES = 2560,       /* a socket: its inode, its file, its name */
	IN_ONE_MESSAGE = 253,    /* SCM_MAX_FD: so many files go beyond the limit of those on their way */
	WAITING = 4096,          /* SOMAXCONN of a new network */
	LEAST_PIPE_PAGES = 2,    /* what a pipe has beyond the user's part */
	WATCH_BYTES = 216,       /* of epoll */
	INOTIFY_BYTES = 192,     /* a watch */
	EVENT_BYTES = 320,       /* of inotify, with a long name */
	NAME_BYTES = 512,        /* the longest */
	INODES_OF_MIB = 256,     /* mounts.c makes one for each 4 KiB */
	TASK_BYTES = 32 << 10,   /* its stack in the kernel and what else the kernel knows of it */
	UNDO_SHARE = 32          /* 2 bytes for each process and semaphore, which counts as 64 */
};

static int64_t read_number(const char *path, int64_t usual)
{
	AUTO_CLOSE int fd = kernel_open(path, O_RDONLY | O_CLOEXEC);
	char text[32], *end;
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text) - 1) : -1;
	long long number;

	text[n > 0 ? n : 0] = '\0';
	number = strtoll(text, &end, 10);
	return end != text && number >= 0 ? number : usual;
}

void unseen_read_host(struct unseen_host *host, const struct spare *spare)
{
	*host = (struct unseen_host){
		.swap_kib = spare->first.swap_kib,
		.keep_kib = spare->keep_kib,
		.socket_bytes = read_number("/proc/sys/net/core/wmem_max", 212992),
		.pipe_pages = read_number("/proc/sys/fs/pipe-user-pages-soft", 16384),
		.pipe_bytes = read_number("/proc/sys/fs/pipe-max-size", 1 << 20),
		.watches = read_number("/proc/sys/fs/epoll/max_user_watches", INT32_MAX),
		.inotify_watches = read_number("/proc/sys/fs/inotify/max_user_watches", 1 << 20),
		.inotify_instances = read_number("/proc/sys/fs/inotify/max_user_instances", 128),
		.inotify_events = read_number("/proc/sys/fs/inotify/max_queued_events", 16384),
	};
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* A product that is larger than any memory needn't be exact, only such that some of them can be added. */
static int64_t times(int64_t a, int64_t b)
{
	enum { ADDENDS = 4 };
	int64_t product;

	return __builtin_mul_overflow(a, b, &product) ? INT64_MAX / ADDENDS : least(product, INT64_MAX / ADDENDS);
}

/* What lies in pipes: of the user's part any pipe may have much, and behind that each has a little. */
static int64_t pipe_bytes(int64_t files, const struct unseen_host *host)
{
	int64_t page = sysconf(_SC_PAGESIZE);

	if (!host->pipe_pages)
		return times(files, host->pipe_bytes);
	return times(host->pipe_pages, page) + times(files, LEAST_PIPE_PAGES * page);
}

static int64_t all_folders_mib(const struct plan *plan)
{
	int64_t mib = plan->limits.disk_mib;

	for (size_t i = 0; i < plan->n_tmp; i++)
		mib += plan->tmp[i].mib;
	return mib;
}

void unseen_bound(struct unseen list[UNSEEN_COUNT], const struct plan *plan, const struct unseen_host *host)
{
	int64_t processes = plan->limits.processes, open_files = plan_open_files(plan, true);
	int64_t files = times(processes, open_files), flying = open_files + IN_ONE_MESSAGE;
	int64_t largest_mib = plan_largest_mib(plan), all_mib = all_folders_mib(plan);
	const struct unseen rows[UNSEEN_COUNT] = {
		{ "shared_memory", "shared memory that no page table shows", UNSEEN_NO_BOUND },
		{ "hidden_memfds", "memfds of processes that forbid to be looked at", times(files, largest_mib << 10) },
		{ "memfds_in_calls", "memfds that only a waiting call holds", times(processes, largest_mib << 10) },
		{ "memfds_in_flight", "memfds on their way", times(flying, largest_mib << 10) },
		{ "unix_sockets", "queues of sockets within the machine",
			times(times(files, WAITING + 1), 2 * host->socket_bytes) >> 10 },
		{ "semaphore_undo", "how semaphores are to be undone",
			times(plan->limits.memory_mib << 10, processes) / UNDO_SHARE },
		{ "inotify", "inotify",
			(times(times(host->inotify_instances, host->inotify_events), EVENT_BYTES) >> 10) +
				(times(host->inotify_watches, INOTIFY_BYTES) >> 10) },
		{ "epoll", "watches of epoll",
			times(least(times(files, open_files) / 4, host->watches), WATCH_BYTES) >> 10 },
		{ "pipes", "pipes", pipe_bytes(files + flying, host) >> 10 },
		{ "open_files", "what open files and tasks cost the kernel",
			(times(files + flying, FILE_BYTES) + times(processes, TASK_BYTES)) >> 10 },
		{ "swapped", "what the host has swapped out", host->swap_kib },
		{ "long_names", "long names", times(all_mib, INODES_OF_MIB * NAME_BYTES) >> 10 },
	};

	memcpy(list, rows, sizeof(rows));
}

void unseen_say(const struct unseen list[UNSEEN_COUNT], const struct unseen_host *host, char text[UNSEEN_TEXT])
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < UNSEEN_COUNT && used < UNSEEN_TEXT; i++) {
		const char *before = i ? ", " : "not counted: ";
		int64_t mib = (list[i].kib + 1023) / 1024;

		if (list[i].kib == UNSEEN_NO_BOUND)
			used += (size_t)snprintf(text + used, UNSEEN_TEXT - used, "%s%s", before, list[i].words);
		else
			used += (size_t)snprintf(text + used, UNSEEN_TEXT - used, "%s%s (at most %" PRId64 " MiB)",
				before, list[i].words, mib);
	}
	if (used < UNSEEN_TEXT)
		snprintf(text + used, UNSEEN_TEXT - used, "; a box is ended when the host has less than %" PRId64
			" MiB to spare", host->keep_kib >> 10);
}
