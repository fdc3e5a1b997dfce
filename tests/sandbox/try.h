// SPDX-License-Identifier: MIT
/*
 * What the attempts share. Each is one way out of a box, alive when it is run bare. It exits
 *   0  it got through, as far as it can see
 *   1  it was stopped
 *   2  it couldn't be tried here (no such thing on this machine)
 * but the last word has the script that runs it, which looks from outside.
 */
#ifndef TRY_H
#define TRY_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THROUGH = 0, STOPPED = 1, UNTRIED = 2 };

static inline int verdict(int through)
{
	return through ? THROUGH : STOPPED;
}

/* What the script told us about the outside: canary file, port, socket name, victim's pid. */
static inline const char *outside(const char *name)
{
	const char *value = getenv(name);

	if (!value) {
		fprintf(stderr, "%s isn't set\n", name);
		exit(UNTRIED);
	}
	return value;
}

/* True if the file can be read and holds the canary's word. */
static inline int reads_canary(int dir, const char *path)
{
	char text[32] = "";
	int fd = openat(dir, path, O_RDONLY);

	if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0)
		return 0;
	close(fd);
	return strncmp(text, "canary", 6) == 0;
}

/*
 * True if the kernel looked at the call at all: what is refused answers ENOSYS. For calls whose arguments can't do
 * anything, so that trying them bare changes nothing.
 */
static inline int reached(const char *name, long answer)
{
	if (answer == -1 && errno == ENOSYS)
		return 0;
	fprintf(stderr, "%s was reached\n", name);
	return 1;
}

/* Sends FD through a socket, COUNT times in one message. True if the kernel has taken it on its way. */
static inline int send_file(int through, int fd, size_t count)
{
	enum { MOST = 253 }; /* that one message may have */
	char room[CMSG_SPACE(MOST * sizeof(int))] = "", byte = 0;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = room,
		.msg_controllen = CMSG_SPACE(count * sizeof(int)) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(count * sizeof(int));
	for (size_t i = 0; i < count; i++)
		memcpy(CMSG_DATA(head) + i * sizeof(int), &fd, sizeof(int));
	return sendmsg(through, &message, MSG_DONTWAIT) == 1;
}

/* The N-th argument as a number, or what is usual. */
static inline long number_of(int argc, char **argv, int n, long usual)
{
	return argc > n ? strtol(argv[n], NULL, 10) : usual;
}

#endif
