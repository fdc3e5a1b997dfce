// SPDX-License-Identifier: MIT
/*
 * Fills memfds that nobody maps, up to MIB, and keeps them open (`held`) or only on their way through sockets that nobody
 * reads (`flying`). Says how many MiB it got; being told no, by limits of files or of sizes, is being stopped.
 */
#include "try.h"

static char block[1 << 20];

static int sent(int through, int fd)
{
	char room[CMSG_SPACE(sizeof(int))] = "", byte = 0;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = room,
		.msg_controllen = sizeof(room) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &fd, sizeof(int));
	return sendmsg(through, &message, MSG_DONTWAIT) == 1;
}

int main(int argc, char **argv)
{
	int is_flying = argc > 1 && strcmp(argv[1], "flying") == 0, pair[2] = { -1, -1 };
	long limit = number_of(argc, argv, 2, 1024), got = 0;

	signal(SIGXFSZ, SIG_IGN);
	while (got < limit) {
		int fd = memfd_create("hoard", 0);

		for (int i = 0;
			fd >= 0 && i < 4 && write(fd, block, sizeof(block)) == sizeof(block); i++)
			got++;
		if (fd < 0)
			break;
		if (!is_flying)
			continue;
		if (!sent(pair[0], fd) &&
			(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 || !sent(pair[0], fd)))
			break;
		close(fd);
	}
	printf("%ld\n", got);
	return verdict(got >= limit);
}
