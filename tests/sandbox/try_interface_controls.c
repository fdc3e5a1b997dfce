// SPDX-License-Identifier: MIT
/* Reaches the ioctls that change interfaces, routes and neighbours; nobody asks for these but administrators. */
#include "try.h"

#include <net/if.h>
#include <sys/ioctl.h>

int main(void)
{
	static const struct {
		const char *name;
		unsigned long request;
	} changes[] = { { "SIOCADDRT", 0x890b }, { "SIOCDELRT", 0x890c }, { "SIOCSIFLINK", 0x8911 },
		{ "SIOCSIFFLAGS", 0x8914 }, { "SIOCSIFADDR", 0x8916 }, { "SIOCSIFNETMASK", 0x891c },
		{ "SIOCSIFMTU", 0x8922 }, { "SIOCSIFNAME", 0x8923 }, { "SIOCSIFHWADDR", 0x8924 },
		{ "SIOCADDMULTI", 0x8931 }, { "SIOCETHTOOL", 0x8946 }, { "SIOCSMIIREG", 0x8949 },
		{ "SIOCSARP", 0x8955 } };
	struct ifreq nosuch = { .ifr_name = "nosuch" };
	int inet = socket(AF_INET, SOCK_DGRAM, 0), through = 0;

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		through |= reached(changes[i].name, ioctl(inet, changes[i].request, &nosuch));
	return verdict(through);
}
