// SPDX-License-Identifier: MIT
/*
 * The list has a line of 40 to 115 bytes for each lock, so a lock is taken for five bytes of the kernel's for each of
 * its line's: at least 200, and it has 192. Then nobody needs to count: a short read, far behind, tells whether the list
 * is longer than that. Who waits for a lock has a line, too, indented by how many wait before it; no thread waits twice,
 * so that the most that all those lines can be is known, and comes on top.
 *
 * A read at a place behind the end may show lines all the same. The kernel walks there, finds the end before, and goes on
 * behind the last lock that it has met: whoever takes one in between, or, if the last read was at the same place, since
 * then, has the end of the list shown there, as if it had been so long. So no place is read twice in a row, and two are
 * read: a line has its number, and only in a long list numbers grow from place to place, though not where lines of who
 * waits lie in between, which have that of the lock. No thread waits twice, so that their length is known.
 *
 * The box's /proc lists its processes' locks, and all "open file" locks of the machine, whoever has them (as the process
 * -1); others' are numbered, too, but not shown. Only if the list is too long, samples of it tell how much of it is the
 * box's.
 */
#include "locks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "clock.h"

enum { LOOK_EVERY_MS = 100, KERNEL_BYTES = 5, SAMPLES = 4, SCALE_MAX = 8 };

/*
 * The longest line of who has a lock: numbers of 19 and 20 digits for where it begins and ends and for its file's inode.
 * One of who waits is longer by how many wait before; with more than MOST_WAITING they could hide what is behind them.
 */
enum { LINE_MAX_BYTES = 128, MOST_WAITING = 4096, PIECE_BYTES = 4 * MOST_WAITING };

/* "7: POSIX  ADVISORY  WRITE 12 00:2f:5 0 0", behind the number "-> " if somebody waits for it. */
static bool is_own(const struct folders *folders, const char *line)
{
	unsigned high, low;
	struct stat st;
	int pid;

	line += strcspn(line, ":");
	line += strspn(line, ": ->");
	if (sscanf(line, "%*s %*s %*s %d %x:%x:", &pid, &high, &low) != 3)
		return false;
	if (pid != -1)
		return true;
	for (size_t i = 0; i < folders->count; i++)
		if (fstat(folders->fds[i], &st) == 0 && st.st_dev == makedev(high, low))
			return true;
	return false;
}

/* Counts the lines of a piece of the list, which may begin amid one. */
static void count_own(const struct folders *folders, off_t at, int64_t *own, int64_t *all)
{
	char text[4096], *line = text, *end;
	ssize_t n = pread(folders->locks, text, sizeof(text) - 1, at);

	if (n <= 0)
		return;
	text[n] = '\0';
	if (at > 0 && (line = strchr(text, '\n')))
		line++;
	for (; line && (end = strchr(line, '\n')); line = end + 1) {
		*own += is_own(folders, line);
		++*all;
	}
}

/* The number of the first whole line behind AT; 0 if there is none. */
static int64_t number_behind(const struct folders *folders, off_t at)
{
	char text[PIECE_BYTES];
	const char *line;
	ssize_t n = pread(folders->locks, text, sizeof(text) - 1, at);

	if (n <= 0)
		return 0;
	text[n] = '\0';
	line = strchr(text, '\n');
	return line ? strtoll(line + 1, NULL, 10) : 0;
}

/* The most bytes that lines of who waits can be, each for the one before. */
static off_t bytes_of_waiting(int64_t processes)
{
	if (processes > MOST_WAITING)
		processes = MOST_WAITING;
	return processes * (LINE_MAX_BYTES + processes / 2);
}

/* Whether the list is longer than BYTES, or than what lets that be told. LOOKS tells one look's places from another's. */
static bool is_longer(const struct folders *folders, off_t bytes, off_t waiting, unsigned looks)
{
	off_t place = bytes > 4 * waiting ? bytes : bytes / 2 + 2 * waiting;
	int64_t number = number_behind(folders, place / 2 + looks % 2);

	return number && number_behind(folders, place + looks % 2) > number + (place / 2 - waiting) / LINE_MAX_BYTES;
}

/* Others' lines make the list longer, which must then be so much longer. */
static bool own_are_more(const struct folders *folders, off_t bytes, off_t waiting, unsigned looks)
{
	for (int scale = 1; scale <= SCALE_MAX && is_longer(folders, bytes * scale, waiting, looks); scale *= 2) {
		int64_t own = 0, all = 0;

		for (int i = 0; i < SAMPLES; i++)
			count_own(folders, bytes * scale / SAMPLES * i, &own, &all);
		if (own && own * scale * 8 >= all * 7)
			return true;
	}
	return false;
}

bool locks_are_too_many(struct locks *locks, const struct folders *folders, const struct plan_limits *limits,
	int64_t used_kib, int64_t now_ms)
{
	int64_t limit_kib = (int64_t)limits->memory_mib << 10;
	int64_t room_kib = limit_kib - used_kib < limit_kib / 8 ? limit_kib / 8 : limit_kib - used_kib;
	int64_t took_ms;
	bool too_many;

	if (now_ms < locks->next_ms)
		return false;
	too_many = own_are_more(folders, room_kib * 1024 / KERNEL_BYTES, bytes_of_waiting(limits->processes), locks->looks++);
	/* A long list takes its time: never more than half of ours. */
	took_ms = clock_now_ms() - now_ms;
	locks->next_ms = now_ms + (took_ms * 2 > LOOK_EVERY_MS ? took_ms * 2 : LOOK_EVERY_MS);
	return too_many;
}
