// SPDX-License-Identifier: MIT
/*
 * vfork and exec with exactly the descriptors that were named. posix_spawn can't close "everything else", nor set a
 * parent-death signal, so this is the longer way; between vfork and exec only system calls happen.
 */
#include "base/spawn.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail_child(int report)
{
	int number = errno;
	ssize_t n = write(report, &number, sizeof(number));

	(void)n;
	_exit(127);
}

/* In the child. Descriptors are first duplicated above everything that is kept, then laid at 0, 1, 2. */
static void become(const struct spawn *what, pid_t parent, int report)
{
	static const char *const empty[] = { NULL };
	int from[3] = { what->in, what->out, what->err };
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);
	for (int i = 0; i < 3; i++) {
		int fd = from[i] >= 0 ? from[i] : open("/dev/null", O_RDWR | O_CLOEXEC);

		from[i] = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 200);
		if (from[i] < 0)
			fail_child(report);
	}
	for (int i = 0; i < 3; i++)
		if (dup2(from[i], i) < 0)
			fail_child(report);
	for (int i = 0; i < what->keep_count; i++)
		if (fcntl(what->keep[i], F_SETFD, 0) < 0)
			fail_child(report);
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execve(what->argv[0], (char *const *)(what->argv), (char *const *)(what->env ? what->env : empty));
	fail_child(report);
}

int spawn_start(const struct spawn *what, pid_t *pid, struct err *e)
{
	int report[2], number = 0;
	pid_t parent = getpid(), child;
	ssize_t n;

	if (pipe2(report, O_CLOEXEC) < 0)
		return err_errno(e, "cannot start %s", what->argv[0]);
	child = fork();
	if (child == 0) {
		/* Everything of ours is close-on-exec from birth; what a library left open is closed here as well. */
		syscall(SYS_close_range, 3, ~0U, 1U << 2 /* CLOSE_RANGE_CLOEXEC */);
		become(what, parent, report[1]);
	}
	close(report[1]);
	if (child < 0) {
		err_errno(e, "cannot start %s", what->argv[0]);
		close(report[0]);
		return -1;
	}
	do
		n = read(report[0], &number, sizeof(number));
	while (n < 0 && errno == EINTR);
	close(report[0]);
	if (n == sizeof(number)) {
		waitpid(child, NULL, 0);
		errno = number;
		return err_errno(e, "cannot start %s", what->argv[0]);
	}
	*pid = child;
	return 0;
}

int spawn_wait(pid_t pid, int64_t timeout_ms, int *status, struct err *e)
{
	if (timeout_ms >= 0) {
		struct pollfd wait = { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };
		int64_t end_ms = clock_monotonic_ms() + timeout_ms, left;
		int ready = 0;

		if (wait.fd < 0)
			return err_errno(e, "cannot wait for a program");
		fcntl(wait.fd, F_SETFD, FD_CLOEXEC);
		do {
			left = end_ms - clock_monotonic_ms();
			ready = poll(&wait, 1, left > 0 ? (int)left : 0);
		} while (ready < 0 && errno == EINTR);
		close(wait.fd);
		if (ready == 0)
			return 1;
	}
	while (waitpid(pid, status, 0) < 0)
		if (errno != EINTR)
			return err_errno(e, "cannot wait for a program");
	return 0;
}

void spawn_end(pid_t pid)
{
	int status;

	kill(pid, SIGTERM);
	if (spawn_wait(pid, 1000, &status, NULL) == 1) {
		kill(pid, SIGKILL);
		spawn_wait(pid, -1, &status, NULL);
	}
}
