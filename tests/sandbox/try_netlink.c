// SPDX-License-Identifier: MIT
/* Changes the network: gives the loopback another address (and takes it away again), switches it off. */
#include "try.h"

#include <arpa/inet.h>
#include <linux/rtnetlink.h>

static int ask(int fd, int type, uint32_t address)
{
	struct {
		struct nlmsghdr head;
		struct ifaddrmsg body;
		struct rtattr attribute;
		uint32_t address;
	} request = {
		{ sizeof(request), (uint16_t)type, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE, 1, 0 },
		{ AF_INET, 32, 0, RT_SCOPE_HOST, 1 }, { RTA_LENGTH(4), IFA_LOCAL }, htonl(address)
	};
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
		char rest[512];
	} answer = { 0 };

	if (send(fd, &request, sizeof(request), 0) < 0 || recv(fd, &answer, sizeof(answer), 0) <= 0)
		return -1;
	return answer.head.nlmsg_type == NLMSG_ERROR ? answer.error.error : -1;
}

static int lowers_link(int fd)
{
	struct {
		struct nlmsghdr head;
		struct ifinfomsg body;
	} request = { { sizeof(request), RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, 2, 0 },
		{ .ifi_index = 1, .ifi_change = 1 } };
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
		char rest[512];
	} answer = { 0 };

	send(fd, &request, sizeof(request), 0);
	return recv(fd, &answer, sizeof(answer), 0) > 0 && answer.error.error == 0;
}

int main(int argc, char **argv)
{
	uint32_t address = 0x7f000000 | ((uint32_t)getpid() & 0xffff) << 8 | 77;
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), through;

	through = ask(fd, RTM_NEWADDR, address) == 0;
	if (through)
		ask(fd, RTM_DELADDR, address);
	if (argc > 1)
		through |= lowers_link(fd);
	return verdict(through);
}
