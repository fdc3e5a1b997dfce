// SPDX-License-Identifier: MIT
/* Uses up what the kernel counts per user, watches of files and instances of them, and leaves them to its end. */
#include "try.h"

#include <sys/inotify.h>

int main(int argc, char **argv)
{
	long instances = 0, watches = 0, limit = number_of(argc, argv, 1, 100000);
	char name[64];
	int fd, one = inotify_init();

	for (int i = 0; i < 200 && watches < limit; i++) {
		snprintf(name, sizeof(name), "watched-%d", i);
		close(open(name, O_WRONLY | O_CREAT, 0600));
		watches += inotify_add_watch(one, name, IN_ALL_EVENTS) >= 0;
	}
	while (instances < limit && (fd = inotify_init()) >= 0)
		instances++;
	printf("%ld %ld\n", watches, instances);
	return verdict(instances >= limit);
}
