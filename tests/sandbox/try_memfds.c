// SPDX-License-Identifier: MIT
/*
 * Fills memfds that nobody maps, up to MIB, and keeps them open (`held`), in a process that forbids to be looked at (`hidden`),
 * in a thread with files of its own (`apart`), in one whose process looks dead (`leaderless`), only in a mapping of one page
 * (`mapped`), or only on their way through sockets that nobody reads (`flying`). Says how many MiB it got; being told no, by limits of files or of sizes, is being stopped.
 */
#include "try.h"

#include <pthread.h>
#include <sys/prctl.h>

enum { UNSHARE = 2, MIB_EACH = 4 };

static char block[1 << 20];
static int is_flying, is_mapped, is_apart;
static long limit;

static int fill(void)
{
	long got = 0;
	int pair[2] = { -1, -1 };

	while (got < limit) {
		int fd = memfd_create("hoard", 0);

		for (int i = 0; fd >= 0 && i < MIB_EACH && write(fd, block, sizeof(block)) == sizeof(block); i++)
			got++;
		if (fd < 0)
			break;
		if (is_mapped && mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED)
			break;
		if (is_mapped)
			close(fd);
		if (!is_flying)
			continue;
		if (!send_file(pair[0], fd, 1) &&
			(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 || !send_file(pair[0], fd, 1)))
			break;
		close(fd);
	}
	printf("%ld\n", got);
	fflush(stdout);
	usleep(200000); /* long enough to be seen by who only samples */
	return verdict(got >= limit);
}

static void *fill_in_thread(void *unused)
{
	if (is_apart && syscall(SYS_close_range, 1000000, 1000000, UNSHARE) < 0)
		exit(STOPPED);
	exit(fill());
	return unused;
}

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "held";
	pthread_t thread;

	limit = number_of(argc, argv, 2, 1024);
	is_flying = strcmp(kind, "flying") == 0;
	is_mapped = strcmp(kind, "mapped") == 0;
	is_apart = strcmp(kind, "apart") == 0;
	signal(SIGXFSZ, SIG_IGN);
	if (strcmp(kind, "hidden") == 0)
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (!is_apart && strcmp(kind, "leaderless") != 0)
		return fill();
	if (pthread_create(&thread, NULL, fill_in_thread, NULL) != 0)
		return STOPPED;
	if (is_apart)
		pthread_join(thread, NULL);
	pthread_exit(NULL);
}
