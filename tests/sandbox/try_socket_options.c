// SPDX-License-Identifier: MIT
/* Sets what only administrators of a network may, and what loads further parts of the kernel. */
#include "try.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>

int main(void)
{
	int tcp = socket(AF_INET, SOCK_STREAM, 0), value = 1 << 20, one = 1, through = 0;

	through |= setsockopt(tcp, SOL_SOCKET, SO_MARK, &one, sizeof(one)) == 0;
	through |= setsockopt(tcp, SOL_SOCKET, SO_RCVBUFFORCE, &value, sizeof(value)) == 0;
	through |= setsockopt(tcp, SOL_SOCKET, SO_SNDBUFFORCE, &value, sizeof(value)) == 0;
	through |= setsockopt(tcp, SOL_SOCKET, SO_DEBUG, &one, sizeof(one)) == 0;
	through |= setsockopt(tcp, SOL_SOCKET, 46 /* SO_BUSY_POLL */, &value, sizeof(value)) == 0;
	through |= setsockopt(tcp, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof(one)) == 0;
	through |= setsockopt(tcp, IPPROTO_IP, IP_TRANSPARENT, &one, sizeof(one)) == 0;
	through |= setsockopt(tcp, IPPROTO_TCP, TCP_REPAIR, &one, sizeof(one)) == 0;
	through |= reached("TCP_ULP", setsockopt(tcp, IPPROTO_TCP, TCP_ULP, "tls", 3));
	through |= reached("SOL_UDP", setsockopt(tcp, 17, 100, &one, sizeof(one)));
	through |= reached("SOL_TLS", setsockopt(tcp, 282, 1, &one, sizeof(one)));
	return verdict(through);
}
