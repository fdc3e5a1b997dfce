// SPDX-License-Identifier: MIT
/*
 * A memfd counts with the blocks that it occupies, once for its inode, whoever has it and however often. What
 * processes have mapped of it is shared memory of theirs, too. So where that matters, the list of their mappings is read, and
 * of shared memory only that counts which is nothing that has been counted (held_shared): memfds that nobody maps count
 * fully, and those that somebody maps no more than once. Where a memfd is mapped and no longer open, the mapping alone
 * counts, as far as it is in page tables.
 *
 * A link is read before its file is looked at, for what is shown with --ro may lie on a file system whose server doesn't
 * answer. Names can't deceive: nothing in the box's "/" can be made, and the file system must be right, too.
 *
 * Threads of a process have one table of files: the filter allows no others. So one of them is looked at; the first, or if
 * that has ended and has no files any more, the next that has some.
 */
#include "held.h"

#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "auto.h"
#include "clock.h"
#include "kernel.h"

enum { PART_MS = 100, SHARE_OF_TIME = 6, ROOM_FIRST = 256 };

static const char memfd[] = "/memfd:", segment[] = "/SYSV";

int held_open(struct held *held, struct fault *f)
{
	AUTO_CLOSE int fd = memfd_create("look", MFD_CLOEXEC);
	struct stat st;

	*held = (struct held){ .room = 0 };
	if (fd < 0 || fstat(fd, &st) < 0)
		return fault_sys(f, "cannot make a memfd");
	held->memfds = st.st_dev;
	return 0;
}

void held_close(struct held *held)
{
	free(held->inodes);
	*held = (struct held){ .room = 0 };
}

/* Where it is or would be. There is always an empty place. */
static uint64_t *find(const struct held *held, uint64_t inode)
{
	size_t at = (size_t)(inode * 0x9e3779b97f4a7c15u >> 20);

	while (held->inodes[at % held->room] && held->inodes[at % held->room] != inode)
		at++;
	return &held->inodes[at % held->room];
}

/* Half empty at most. Who has anything in it has a page at least, so that the limit of memory bounds this table, too. */
static bool grow(struct held *held)
{
	struct held larger = *held;

	if (2 * (held->count + 1) <= held->room)
		return true;
	larger.room = held->room ? 2 * held->room : ROOM_FIRST;
	larger.inodes = calloc(larger.room, sizeof(*larger.inodes));
	if (!larger.inodes)
		return false;
	for (size_t i = 0; i < held->room; i++)
		if (held->inodes[i])
			*find(&larger, held->inodes[i]) = held->inodes[i];
	free(held->inodes);
	*held = larger;
	return true;
}

static void add_memfd(struct held *held, const struct stat *st)
{
	uint64_t *place;

	if (st->st_dev != held->memfds || !st->st_blocks || !st->st_ino || !grow(held))
		return;
	place = find(held, st->st_ino);
	if (*place)
		return;
	*place = st->st_ino;
	held->count++;
	held->bytes += (int64_t)st->st_blocks * 512;
}

/* False if there are no files, or none that we may see. */
static bool add_files(struct held *held, int procfs, const char *who, int64_t limit)
{
	struct kernel_listing listing = { .used = 0 };
	const struct kernel_entry *entry;
	char path[64], link[sizeof(memfd) - 1];
	AUTO_CLOSE int dir = -1;
	bool has_any = false;
	struct stat st;

	snprintf(path, sizeof(path), "%.48s/fd", who);
	dir = openat(procfs, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (dir >= 0 && held->bytes <= limit && (entry = kernel_list(&listing, dir))) {
		if (!isdigit((unsigned char)entry->name[0]))
			continue;
		has_any = true;
		if (readlinkat(dir, entry->name, link, sizeof(link)) == sizeof(link) &&
			memcmp(link, memfd, sizeof(link)) == 0 && fstatat(dir, entry->name, &st, 0) == 0)
			add_memfd(held, &st);
	}
	return has_any;
}

static void add_process(struct held *held, int procfs, const char *pid, int64_t limit)
{
	struct kernel_listing listing = { .used = 0 };
	const struct kernel_entry *entry;
	AUTO_CLOSE int tasks = -1;
	char path[48];

	if (add_files(held, procfs, pid, limit))
		return;
	snprintf(path, sizeof(path), "%.12s/task", pid);
	tasks = openat(procfs, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (tasks >= 0 && (entry = kernel_list(&listing, tasks)))
		if (isdigit((unsigned char)entry->name[0]) && strcmp(entry->name, pid) != 0 &&
			add_files(held, tasks, entry->name, limit))
			return;
}

/* From where the last part of a look has ended. False if that took too long for this part to get to the end. */
static bool add_processes(struct held *held, int procfs, struct spare *spare, int64_t limit, int64_t until_ms)
{
	AUTO_CLOSE int dir = openat(procfs, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct kernel_listing listing = { .used = 0 };
	const struct kernel_entry *entry;
	long after = held->after;

	while (dir >= 0 && held->bytes <= limit && (entry = kernel_list(&listing, dir))) {
		long pid = isdigit((unsigned char)entry->name[0]) ? strtol(entry->name, NULL, 10) : 0;

		if (pid <= 1 || pid <= after)
			continue;
		add_process(held, procfs, entry->name, limit);
		held->after = pid;
		if (clock_now_ms() > until_ms || spare_is_low(spare))
			return false;
	}
	held->after = 0;
	return true;
}

static void forget(struct held *held)
{
	if (held->count)
		memset(held->inodes, 0, held->room * sizeof(*held->inodes));
	held->count = 0;
	held->bytes = held->after = 0;
}

/*
 * In parts, memfds are met that weren't there at the same time. So what they seem to be together only tells whether it is
 * worth it, that is more than ROOM, to look once more, at all at once.
 */
static void look(struct held *held, int procfs, struct spare *spare, int64_t limit, int64_t room, int64_t until_ms)
{
	bool is_first = !held->after;

	if (is_first)
		forget(held);
	held->is_known = add_processes(held, procfs, spare, limit, until_ms) && (is_first || held->bytes > room);
	if (!held->is_known || is_first)
		return;
	forget(held);
	held->is_known = add_processes(held, procfs, spare, limit, INT64_MAX);
}

/* All that is shared memory on this host, or has been and was swapped out. */
static int64_t shared_at_most_kib(const struct meminfo *host)
{
	return host->shared_kib + host->swap_kib - host->swap_free_kib;
}

int64_t held_look(struct held *held, int procfs, struct spare *spare, int64_t limit_kib, int64_t other_kib, int64_t now_ms)
{
	if (now_ms < held->next_ms || (held->took_ms && shared_at_most_kib(&spare->now) + other_kib <= limit_kib)) {
		held->is_known = false;
		return 0;
	}
	look(held, procfs, spare, limit_kib * 1024, (limit_kib - other_kib) * 1024, now_ms + PART_MS);
	held->took_ms = clock_now_ms() - now_ms;
	held->next_ms = now_ms + held->took_ms * SHARE_OF_TIME;
	return held->is_known ? held->bytes / 1024 : 0;
}

static bool counts(const struct held *held, dev_t dev, uint64_t inode, const char *path)
{
	return dev == held->memfds && inode && strncmp(path, segment, sizeof(segment) - 1) != 0 &&
		!(held->is_known && held->count && *find(held, inode) == inode);
}

/*
 * A mapping is a line "7f12a000-7f12b000 rw-s 00000000 00:01 4711   /memfd:x (deleted)" and lines "Pss:   4 kB". Of what is
 * mapped privately, pages that were written to are no file's any more.
 */
struct mapping {
	bool counts;
	long pss_kib;
};

static int64_t read_line(const struct held *held, const char *line, struct mapping *mapping)
{
	unsigned major, minor;
	unsigned long inode;
	int path = 0;
	long anonymous_kib;

	if (sscanf(line, "%*x-%*x %*4s %*x %x:%x %lu %n", &major, &minor, &inode, &path) == 3 && path)
		*mapping = (struct mapping){
			counts(held, makedev(major, minor), inode, line + path), 0 };
	else if (!mapping->counts || sscanf(line, "Pss: %9ld kB", &mapping->pss_kib) == 1)
		return 0;
	else if (sscanf(line, "Anonymous: %9ld kB", &anonymous_kib) == 1 && anonymous_kib < mapping->pss_kib)
		return mapping->pss_kib - anonymous_kib;
	return 0;
}

/* Of a line that is longer than there is room for, such as one with a long name, the beginning. */
static int64_t read_lines(const struct held *held, char *text, size_t size, bool *is_cut, struct mapping *mapping, size_t *kept)
{
	char *line = text, *end;
	int64_t kib = 0;

	for (; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		kib += *is_cut ? 0 : read_line(held, line, mapping);
		*is_cut = false;
	}
	*kept = strlen(line);
	memmove(text, line, *kept + 1);
	if (*kept < size - 1)
		return kib;
	kib += *is_cut ? 0 : read_line(held, text, mapping);
	*is_cut = true;
	*kept = 0;
	return kib;
}

int64_t held_shared(const struct held *held, int smaps)
{
	struct mapping mapping = { false, 0 };
	bool is_cut = false; /* this line began before, and was read as far as there was room */
	char text[8192];
	size_t kept = 0;
	int64_t kib = 0;
	ssize_t n;

	while ((n = read(smaps, text + kept, sizeof(text) - 1 - kept)) > 0) {
		text[kept + (size_t)n] = '\0';
		kib += read_lines(held, text, sizeof(text), &is_cut, &mapping, &kept);
	}
	return kib;
}
