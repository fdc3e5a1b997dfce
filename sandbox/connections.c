// SPDX-License-Identifier: MIT
/*
 * What is counted is an estimate from below for what nobody can measure from outside: a socket of its own for
 * each connection, and its bytes twice, because the kernel keeps them in pieces of pages. Of UDP the list says what the kernel
 * has in the queue, pieces and all. The lists are long to walk (some 10 ms for the machine's table alone), so first the
 * counts, which cost next to nothing, must say that it is worth it.
 */
#include "connections.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "fds.h"

/* States of net/tcp_states.h, and bytes of the kernel's for one of each (6.18, 64 bits: 2.4 KiB and its inode; 0.3 KiB). */
enum { ESTABLISHED = 1, SYN_RECEIVED = 3, FIN_WAIT2 = 5, TIME_WAIT = 6, CLOSE_WAIT = 8 };
enum { CONNECTION_BYTES = 4096, REMNANT_BYTES = 256 };

/* What a socket of UDP may have that isn't sent yet (UDP_CORK), which no count of the kernel's has. */
enum { UNSENT_BYTES = 128 << 10 };
enum { LOOK_EVERY_MS = 5 };

int connections_open(int procfs, int lists[CONNECTIONS_LISTS], struct fault *f)
{
	static const char *const paths[] = { "net/sockstat", "net/tcp", "net/tcp6", "net/udp", "net/udp6" };

	return fds_open_lists(procfs, paths, CONNECTIONS_LISTS, lists, f);
}

/*
 * The most that they can be: all sockets of the box, and all bytes that TCP keeps on this machine (and UDP, where that
 * counts), which may be others'.
 */
static int64_t at_most_kib(int counts, bool count_all)
{
	long used = 0, remnants = 0, pages = 0, datagrams = 0, page_kib = sysconf(_SC_PAGESIZE) / 1024;
	const char *tcp, *udp;
	char text[512];
	ssize_t n = pread(counts, text, sizeof(text) - 1, 0);

	text[n > 0 ? n : 0] = '\0';
	tcp = strstr(text, "TCP:");
	if (sscanf(text, "sockets: used %ld", &used) != 1 || !tcp ||
		sscanf(tcp, "TCP: inuse %*d orphan %*d tw %ld alloc %*d mem %ld", &remnants, &pages) != 2)
		return 0;
	udp = count_all ? strstr(tcp, "\nUDP:") : NULL;
	if (udp)
		sscanf(udp, "\nUDP: inuse %*d mem %ld", &datagrams);
	/* Who has two sockets, a listener and what connects to it, may have one that waits. */
	return used < 2 && !remnants && !datagrams
		? 0
		: ((int64_t)used * (count_all ? UNSENT_BYTES : CONNECTION_BYTES) + (int64_t)remnants * REMNANT_BYTES) / 1024 +
			(2 * (int64_t)pages + datagrams) * page_kib;
}

/* "1: 0100007F:855F 0100007F:941C 01 00000000:0001BA00 00:00000000 00000000 1000 0 0 ...": the last 0 is its inode. */
static int64_t bytes_of(int list, const char *line, bool count_all)
{
	unsigned long inode;
	unsigned state, unsent, received;

	if (sscanf(line, "%*d: %*s %*s %x %x:%x %*s %*s %*s %*s %lu", &state, &unsent, &received, &inode) != 4 ||
		(inode && !count_all))
		return 0;
	/* The difference of two numbers that are read without a lock: what is acknowledged in between leaves it below 0. */
	if (unsent > INT32_MAX)
		unsent = 0;
	if (list == CONNECTIONS_UDP || list == CONNECTIONS_UDP6)
		return (received > INT32_MAX ? 0 : (int64_t)received) + unsent;
	if (state == ESTABLISHED || state == CLOSE_WAIT)
		return CONNECTION_BYTES + unsent + 2 * (int64_t)received;
	return (state == SYN_RECEIVED || state == FIN_WAIT2 || state == TIME_WAIT ? REMNANT_BYTES : CONNECTION_BYTES) +
		(int64_t)unsent;
}

/* Adds up one list, until it is more than ROOM. */
static int64_t add_list(int list, int fd, int64_t room, bool count_all)
{
	char text[16384], *line, *end;
	size_t kept = 0;
	int64_t bytes = 0;
	off_t at = 0;
	ssize_t n;

	while (bytes <= room && (n = pread(fd, text + kept, sizeof(text) - 1 - kept, at)) > 0) {
		at += n;
		text[kept + (size_t)n] = '\0';
		for (line = text; (end = strchr(line, '\n')); line = end + 1)
			bytes += bytes_of(list, line, count_all);
		kept = strlen(line);
		if (kept == sizeof(text) - 1)
			return bytes;
		memmove(text, line, kept);
	}
	return bytes;
}

bool connections_are_too_many(
	struct connections *connections, const int lists[CONNECTIONS_LISTS], int64_t room_kib, int64_t now_ms)
{
	int64_t room = room_kib * 1024, bytes = 0, begun_ms, took_ms;
	int end = connections->count_all ? CONNECTIONS_LISTS : CONNECTIONS_UDP;

	if (now_ms < connections->next_ms)
		return false;
	connections->next_ms = now_ms + LOOK_EVERY_MS;
	if (at_most_kib(lists[CONNECTIONS_COUNTS], connections->count_all) <= room_kib)
		return false;
	begun_ms = clock_now_ms();
	for (int list = CONNECTIONS_TCP; list < end && bytes <= room; list++)
		bytes += add_list(list, lists[list], room - bytes, connections->count_all);
	/* Never more than a fifth of our time. */
	took_ms = clock_now_ms() - begun_ms;
	connections->next_ms += took_ms * 5;
	return bytes > room;
}
