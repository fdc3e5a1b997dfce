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
enum { SHM_RESIDENT = 14, SHM_SWAPPED = 15 };
enum { MSG_BYTES = 3, MSG_COUNT = 4 };
enum { SEM_COUNT = 3 };

int sysv_open(int procfs, int lists[SYSV_LISTS], struct fault *f)
{
	static const char *const paths[] = { "sysvipc/shm", "sysvipc/msg", "sysvipc/sem" };

	return fds_open_lists(procfs, paths, SYSV_LISTS, lists, f);
}

static int64_t bytes_of(int list, const long long *columns)
{
	if (list == SYSV_MESSAGES)
		return columns[MSG_BYTES] + columns[MSG_COUNT] * MESSAGE_BYTES + QUEUE_BYTES;
	if (list == SYSV_SEMAPHORES)
		return columns[SEM_COUNT] * SEMAPHORE_BYTES + SET_BYTES;
	return columns[SHM_RESIDENT] + columns[SHM_SWAPPED] + SEGMENT_BYTES;
}

static int64_t parse_line(int list, const char *line)
{
	long long columns[MAX_COLUMNS] = { 0 };
	char *end;
	size_t n = 0;

	for (; n < MAX_COLUMNS; n++, line = end) {
		columns[n] = strtoll(line, &end, 10);
		if (end == line)
			break;
	}
	return n > SEM_COUNT ? bytes_of(list, columns) : 0; /* else it is the names of the columns */
}

/* The kernel hands out whole lines, about a page of them at a time. */
static int64_t add_list(int list, int fd)
{
	char text[8192], *line, *end;
	int64_t bytes = 0;
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, text, sizeof(text) - 1, at)) > 0) {
		text[n] = '\0';
		for (line = text; (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			bytes += parse_line(list, line);
		}
		if (line == text)
			break;
		at += line - text;
	}
	return bytes;
}

int64_t sysv_measure(const int lists[SYSV_LISTS])
{
	int64_t bytes = 0;

	for (int i = 0; i < SYSV_LISTS; i++)
		if (lists[i] >= 0)
			bytes += add_list(i, lists[i]);
	return bytes;
}
