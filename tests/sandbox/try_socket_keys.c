// SPDX-License-Identifier: MIT
/* Gives sockets as many keys (of TCP's signatures) as they take, some 190 bytes each, until these are MIB. */
#include "try.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

int main(int argc, char **argv)
{
	long limit = (number_of(argc, argv, 1, 64) << 20) / 192, got = 0, before = -1;

	while (got < limit && got > before) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);

		before = got;
		for (uint32_t peer = 1; fd >= 0 && peer < 5000; peer++) {
			struct tcp_md5sig key = { .tcpm_keylen = 8 };
			struct sockaddr_in *address = (struct sockaddr_in *)&key.tcpm_addr;

			address->sin_family = AF_INET;
			address->sin_addr.s_addr = htonl(0x0a000000 + peer);
			if (setsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, &key, sizeof(key)) < 0)
				break;
			got++;
		}
	}
	printf("%ld\n", got * 192 >> 20);
	fflush(stdout);
	usleep(200000);
	return verdict(got >= limit);
}
