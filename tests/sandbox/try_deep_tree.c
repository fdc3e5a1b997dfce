// SPDX-License-Identifier: MIT
/* Makes a tree of 3000 levels with names of 255 bytes and takes every right from it. */
#include "try.h"

int main(void)
{
	char name[256];

	memset(name, 'n', 255);
	name[255] = '\0';
	for (int level = 0; level < 3000; level++) {
		if (mkdir(name, 0700) < 0 || chdir(name) < 0)
			return STOPPED;
		chmod(".", 0700);
	}
	close(open("file", O_WRONLY | O_CREAT, 0000));
	return verdict(chmod(".", 0000) == 0);
}
