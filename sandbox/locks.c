// SPDX-License-Identifier: MIT
/*
 * The list has a line of 40 to 100 bytes for each lock, so a lock is taken for five bytes of the kernel's for
 * each of its line's: at least 200, and it has 192. Then nobody needs to count: one short read, far behind,
 * tells whether the list is longer than that.
 *
 * The kernel walks to that place, finds the end before it, and looks once more for what comes next: a lock
 * that anybody takes in between is then read there, as if the list had been so long. Its number tells.
 *
 * The box's /proc lists its processes' locks, and all "open file" locks of the machine, whoever has them
 * (as the process -1). Only if the list is too long, samples of it tell how much of it is the box's.
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

/* The longest line: numbers of 19 and 20 digits for where the lock begins and ends and for its file's inode. */
enum { LINE_MAX_BYTES = 128 };

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

/* Counts the lines of a piece of the list, which may begin amid one. False if there are none. */
static bool count_own(const struct folders *folders, off_t at, int64_t *own, int64_t *all)
{
	int64_t before = *all;
	char text[4096], *line = text, *end;
	ssize_t n = pread(folders->locks, text, sizeof(text) - 1, at);

	if (n <= 0)
		return false;
	text[n] = '\0';
	if (at > 0 && (line = strchr(text, '\n')))
		line++;
	for (; line && (end = strchr(line, '\n')); line = end + 1) {
		*own += is_own(folders, line);
		++*all;
	}
	return *all > before;
}

/* Whether the list goes on behind BYTES, with a line whose number says that as many as fill them come before. */
static bool is_longer(const struct folders *folders, off_t bytes)
{
	char text[2 * LINE_MAX_BYTES + 1];
	const char *line;
	ssize_t n = pread(folders->locks, text, sizeof(text) - 1, bytes);

	if (n <= 0)
		return false;
	text[n] = '\0';
	line = strchr(text, '\n');
	return line && strtoll(line + 1, NULL, 10) > bytes / LINE_MAX_BYTES;
}

/* Others' lines make the list longer, which must then be so much longer. */
static bool own_are_more(const struct folders *folders, off_t bytes)
{
	for (int scale = 1; scale <= SCALE_MAX && is_longer(folders, bytes * scale); scale *= 2) {
		int64_t own = 0, all = 0;
		int pieces = 0;

		for (int i = 0; i < SAMPLES; i++)
			pieces += count_own(folders, bytes * scale / SAMPLES * i, &own, &all);
		if (pieces == SAMPLES && own * scale * 8 >= all * 7)
			return true;
	}
	return false;
}

bool locks_are_too_many(struct locks *locks, const struct folders *folders, int64_t limit_kib, int64_t used_kib,
	int64_t now_ms)
{
	int64_t room_kib = limit_kib - used_kib < limit_kib / 8 ? limit_kib / 8 : limit_kib - used_kib;
	int64_t took_ms;
	bool too_many;

	if (now_ms < locks->next_ms)
		return false;
	too_many = own_are_more(folders, room_kib * 1024 / KERNEL_BYTES);
	/* A long list takes its time: never more than half of ours. */
	took_ms = clock_now_ms() - now_ms;
	locks->next_ms = now_ms + (took_ms * 2 > LOOK_EVERY_MS ? took_ms * 2 : LOOK_EVERY_MS);
	return too_many;
}
