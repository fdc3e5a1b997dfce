// SPDX-License-Identifier: MIT
/* Watches what others open in FOLDER, which is the host's, for SECONDS: what they run, and when. */
#include "try.h"

#include <poll.h>
#include <sys/inotify.h>

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : "/usr/bin";
	int fd = inotify_init1(IN_NONBLOCK);
	struct pollfd events = { fd, POLLIN, 0 };
	char text[4096];

	if (inotify_add_watch(fd, folder, IN_OPEN | IN_ACCESS) < 0)
		return STOPPED;
	puts("watching");
	fflush(stdout);
	if (poll(&events, 1, (int)number_of(argc, argv, 2, 3) * 1000) != 1 ||
		read(fd, text, sizeof(text)) <= 0)
		return STOPPED;
	puts(((struct inotify_event *)text)->name);
	return THROUGH;
}
