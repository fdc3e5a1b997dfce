// SPDX-License-Identifier: MIT
/* Says by a socket that it is somebody else: pid 1, root, its parent. */
#include "try.h"

static int says_it_is(int through, struct ucred who)
{
	char room[CMSG_SPACE(sizeof(who))] = "", byte = 0;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = room,
		.msg_controllen = sizeof(room) };
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_CREDENTIALS;
	head->cmsg_len = CMSG_LEN(sizeof(who));
	memcpy(CMSG_DATA(head), &who, sizeof(who));
	return sendmsg(through, &message, MSG_DONTWAIT) == 1;
}

int main(void)
{
	int pair[2], through = 0;

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) < 0)
		return UNTRIED;
	through |= says_it_is(pair[0], (struct ucred){ 1, getuid(), getgid() });
	through |= says_it_is(pair[0], (struct ucred){ getppid(), getuid(), getgid() });
	through |= says_it_is(pair[0], (struct ucred){ getpid(), getuid() + 1, getgid() });
	through |= says_it_is(pair[0], (struct ucred){ getpid(), getuid(), getgid() + 1 });
	through |= says_it_is(pair[0], (struct ucred){ getpid(), 65534, 65534 });
	return verdict(through);
}
