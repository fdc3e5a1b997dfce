// SPDX-License-Identifier: MIT
/* Reads a file of the host by its path, by "..", and around a chroot of one's own. */
#include "try.h"

int main(void)
{
	const char *canary = outside("CANARY");
	char up[4096];

	snprintf(up, sizeof(up), "../../../../../../../../../..%s", canary);
	if (reads_canary(AT_FDCWD, canary) || reads_canary(AT_FDCWD, up))
		return THROUGH;
	if (mkdir("jail", 0700) == 0 && chroot("jail") == 0)
		return verdict(reads_canary(AT_FDCWD, up));
	return STOPPED;
}
