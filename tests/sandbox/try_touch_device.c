// SPDX-License-Identifier: MIT
/* Sets the times of the devices that everybody may write, which the box shares with the host: a place for notes. */
#include "try.h"

int main(void)
{
	static const char *const devices[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/random",
		"/dev/urandom" };
	int through = 0;

	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (utimensat(AT_FDCWD, devices[i], NULL, 0) == 0) {
			fprintf(stderr, "%s was touched\n", devices[i]);
			through = 1;
		}
	return verdict(through);
}
