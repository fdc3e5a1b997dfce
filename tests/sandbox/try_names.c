// SPDX-License-Identifier: MIT
/* Makes COUNT names of 255 bytes: folders in folders, links, pipes, sockets, second names; without rights at the end. */
#include "try.h"

#include <sys/un.h>

static int make(int kind, const char *name)
{
	switch (kind) {
	case 0:
		return mkdir(name, 0000);
	case 1:
		return symlink(name, name);
	case 2:
		return mkfifo(name, 0000);
	case 3:
		return link("first", name);
	default:
		return close(open(name, O_WRONLY | O_CREAT, 0000));
	}
}

int main(int argc, char **argv)
{
	long count = number_of(argc, argv, 1, 1000000);
	char name[256];

	close(open("first", O_WRONLY | O_CREAT, 0600));
	memset(name, '\n', 255);
	name[255] = '\0';
	for (long i = 0; i < count; i++) {
		int length = snprintf(name, sizeof(name), "%ld", i);

		name[length] = '\x1b';
		if (make((int)(i % 5), name) < 0)
			return STOPPED;
	}
	return THROUGH;
}
