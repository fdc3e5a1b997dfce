// SPDX-License-Identifier: MIT
/*
 * Signals a process of the host in the less usual ways: by group, thread, queue, pidfd, and as the owner of a socket.
 * With "all" also whatever it may, by which only the script can tell.
 */
#include "try.h"

static int by_ownership(pid_t victim)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		return 0;
	fcntl(pair[0], F_SETSIG, SIGUSR1);
	if (fcntl(pair[0], F_SETOWN, victim) < 0 || fcntl(pair[0], F_GETOWN) != victim)
		return 0;
	fcntl(pair[0], F_SETFL, O_ASYNC);
	return write(pair[1], "x", 1) == 1;
}

int main(int argc, char **argv)
{
	pid_t victim = (pid_t)strtol(outside("VICTIM"), NULL, 10);
	union sigval nothing = { 0 };
	int through = 0, fd;

	signal(SIGUSR1, SIG_IGN);
	through |= kill(-victim, SIGUSR1) == 0;
	through |= syscall(SYS_tkill, victim, SIGUSR1) == 0;
	through |= syscall(SYS_tgkill, victim, victim, SIGUSR1) == 0;
	through |= sigqueue(victim, SIGUSR1, nothing) == 0;
	fd = (int)syscall(SYS_pidfd_open, victim, 0);
	through |= syscall(SYS_pidfd_send_signal, fd, SIGUSR1, NULL, 0) == 0;
	through |= by_ownership(victim);
	if (argc > 1) {
		kill(0, SIGUSR1);
		kill(-1, SIGUSR1);
		kill(-getsid(0), SIGUSR1);
	}
	return verdict(through);
}
