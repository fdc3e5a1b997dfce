// SPDX-License-Identifier: MIT
/*
 * Keeps as many files on their way through sockets as the kernel lets its user have (COUNT at most), for SECONDS. The
 * kernel counts per user, so whoever else of that user hands a file over is refused.
 */
#include "try.h"

static int sent(int through, int fd)
{
	enum { MANY = 100 };
	char room[CMSG_SPACE(MANY * sizeof(int))] = "", byte = 0;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = room,
		.msg_controllen = sizeof(room) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(MANY * sizeof(int));
	for (int i = 0; i < MANY; i++)
		memcpy(CMSG_DATA(head) + i * sizeof(int), &fd, sizeof(int));
	return sendmsg(through, &message, MSG_DONTWAIT) == 1 ? MANY : 0;
}

int main(int argc, char **argv)
{
	long count = number_of(argc, argv, 1, 100000), got = 0, before = -1;

	while (got < count && got > before) {
		int pair[2];

		before = got;
		if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0)
			got += sent(pair[0], 0);
	}
	printf("%ld\n", got);
	fflush(stdout);
	sleep((unsigned)number_of(argc, argv, 2, 0));
	return verdict(got >= count);
}
