// SPDX-License-Identifier: MIT
/*
 * A list has a line for each object, in columns. Lists are read whole, because whoever wants to hide a
 * large segment makes many small ones before it; the kernel lets nobody make more than 4096
 * segments and 32000 queues and sets, so that this takes some ten milliseconds at worst, and one
 * short read of each list where there are none.
 */
#include "sysv.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fds.h"

/*
 * Bytes of the kernel's for one of each, rounded up (6.18, 64 bits): a segment is a file with an inode
 * (192 + 752) and its head (256); a queue is a head (256), a message 48 before its text, at least 64;
 * a semaphore has a cache line (64) to itself, and the set a head (320).
 */
enum { SEGMENT_BYTES = 1280, QUEUE_BYTES = 256, MESSAGE_BYTES = 64, SEMAPHORE_BYTES = 64, SET_BYTES = 320 };

/* The columns, from ipc/shm.c, ipc/msg.c and ipc/sem.c: they are the same since Linux 2.6.34. */
enum { MAX_COLUMNS = 16 };
enum { SHM_ATTACHED = 6, SHM_RESIDENT = 14, SHM_SWAPPED = 15 };
enum { MSG_BYTES = 3, MSG_COUNT = 4 };
enum { SEM_COUNT = 3 };

int sysv_open(int procfs, int lists[SYSV_LISTS], struct fault *f)
{
	static const char *const paths[] = { "sysvipc/shm", "sysvipc/msg", "sysvipc/sem" };

	return fds_open_lists(procfs, paths, SYSV_LISTS, lists, f);
}

static void add_line(int list, const long long *columns, struct sysv_usage *usage)
{
	if (list == SYSV_MESSAGES)
		usage->other_bytes += columns[MSG_BYTES] + columns[MSG_COUNT] * MESSAGE_BYTES + QUEUE_BYTES;
	else if (list == SYSV_SEMAPHORES)
		usage->other_bytes += columns[SEM_COUNT] * SEMAPHORE_BYTES + SET_BYTES;
	else if (columns[SHM_ATTACHED])
		usage->attached_bytes += columns[SHM_RESIDENT] + columns[SHM_SWAPPED] + SEGMENT_BYTES;
	else
		usage->other_bytes += columns[SHM_RESIDENT] + columns[SHM_SWAPPED] + SEGMENT_BYTES;
}

static void parse_line(int list, const char *line, struct sysv_usage *usage)
{
	long long columns[MAX_COLUMNS] = { 0 };
	char *end;
	size_t n = 0;

	for (; n < MAX_COLUMNS; n++, line = end) {
		columns[n] = strtoll(line, &end, 10);
		if (end == line)
			break;
	}
	if (n > SEM_COUNT) /* else it is the names of the columns */
		add_line(list, columns, usage);
}

/* The kernel hands out whole lines, about a page of them at a time. */
static void add_list(int list, int fd, struct sysv_usage *usage)
{
	char text[8192], *line, *end;
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, text, sizeof(text) - 1, at)) > 0) {
		text[n] = '\0';
		for (line = text; (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			parse_line(list, line, usage);
		}
		if (line == text)
			return;
		at += line - text;
	}
}

void sysv_measure(const int lists[SYSV_LISTS], struct sysv_usage *usage)
{
	*usage = (struct sysv_usage){ 0, 0 };
	for (int i = 0; i < SYSV_LISTS; i++)
		if (lists[i] >= 0)
			add_list(i, lists[i], usage);
}
