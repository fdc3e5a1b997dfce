// SPDX-License-Identifier: MIT
/* Opens sockets that no honest solution needs: raw, packet, vsock, other netlinks, MPTCP. */
#include "try.h"

int main(void)
{
	static const int kinds[][3] = { { AF_INET, SOCK_RAW, 1 }, { AF_PACKET, SOCK_RAW, 0 },
		{ 40 /* AF_VSOCK */, SOCK_STREAM, 0 }, { AF_NETLINK, SOCK_RAW, 15 /* uevents */ },
		{ AF_NETLINK, SOCK_RAW, 12 /* netfilter */ }, { AF_NETLINK, SOCK_RAW, 16 /* generic */ },
		{ AF_INET, SOCK_STREAM, 262 /* MPTCP */ }, { AF_INET, SOCK_STREAM, 132 /* SCTP */ },
		{ 38 /* AF_ALG */, SOCK_SEQPACKET, 0 }, { AF_INET, SOCK_DGRAM, 1 /* ping */ } };
	int through = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (socket(kinds[i][0], kinds[i][1], kinds[i][2]) >= 0) {
			fprintf(stderr, "socket(%d, %d, %d)\n", kinds[i][0], kinds[i][1], kinds[i][2]);
			through = 1;
		}
	return verdict(through);
}
