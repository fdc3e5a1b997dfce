// SPDX-License-Identifier: MIT
/* Opens the sockets of rarer protocols, each with a history of its own. */
#include "try.h"

#include <netinet/in.h>

int main(void)
{
	enum { CAN = 29, TIPC = 30, BLUETOOTH = 31, KEY = 15, RDS = 21, NFC = 39, KCM = 41, QIPCRTR = 42, SMC = 43, XDP = 44 };
	static const int kinds[][3] = { { AF_INET, SOCK_DGRAM, 136 /* UDP-Lite */ },
		{ AF_INET6, SOCK_DGRAM, 58 /* ping */ }, { AF_INET, SOCK_SEQPACKET, 132 /* SCTP */ },
		{ AF_INET, 6 /* SOCK_DCCP */, 33 }, { AF_INET, SOCK_RAW, 255 }, { AF_INET6, SOCK_RAW, 58 },
		{ AF_INET6, SOCK_STREAM, 262 /* MPTCP */ }, { 17 /* AF_PACKET */, SOCK_DGRAM, 3 }, { KEY, SOCK_RAW, 2 },
		{ RDS, SOCK_SEQPACKET, 0 }, { CAN, SOCK_RAW, 1 }, { TIPC, SOCK_SEQPACKET, 0 }, { BLUETOOTH, SOCK_RAW, 1 },
		{ NFC, SOCK_SEQPACKET, 0 }, { KCM, SOCK_DGRAM, 0 }, { QIPCRTR, SOCK_DGRAM, 0 }, { SMC, SOCK_STREAM, 0 },
		{ XDP, SOCK_RAW, 0 }, { 16 /* AF_NETLINK */, SOCK_RAW, 0 }, { 16, SOCK_RAW, 9 /* audit */ } };
	int through = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (socket(kinds[i][0], kinds[i][1], kinds[i][2]) >= 0) {
			fprintf(stderr, "socket(%d, %d, %d)\n", kinds[i][0], kinds[i][1], kinds[i][2]);
			through = 1;
		}
	return verdict(through);
}
