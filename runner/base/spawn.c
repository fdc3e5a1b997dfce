// SPDX-License-Identifier: MIT
/*
 * fork and exec with exactly the descriptors that were named. posix_spawn can't close "everything else", nor set a
 * parent-death signal, so this is the longer way; between fork and exec only what is async-signal-safe happens, since
 * another thread may have held any lock.
 *
 * The child reports through a pipe that an exec closes: a 0 right before the exec, the errno of what failed else. No
 * report at all means that it died on the way, and not that it runs.
 */
#include "base/spawn.h"

#include "base/clock.h"
#include "base/mem.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GRACE_MS = 1000 };

static void tell(int report, int number)
{
	ssize_t n = write(report, &number, sizeof(number));

	(void)n;
}

static void fail_child(int report)
{
	tell(report, errno);
	_exit(127);
}

/* In the child. Descriptors are first duplicated above 2, to numbers that are free, then laid at 0, 1, 2. */
static void become(const struct spawn *what, pid_t parent, int report)
{
	static const char *const empty[] = { NULL };
	int from[3] = { what->in, what->out, what->err };
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);
	report = fcntl(report, F_DUPFD_CLOEXEC, 3);
	if (report < 0)
		_exit(127);
	for (int i = 0; i < 3; i++) {
		int fd = from[i] >= 0 ? from[i] : open("/dev/null", O_RDWR | O_CLOEXEC);

		from[i] = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 3);
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
	tell(report, 0);
	execve(what->argv[0], (char *const *)(what->argv), (char *const *)(what->env ? what->env : empty));
	fail_child(report);
}

/* What the child reported last: 0 when it runs, else errno. */
static int hear(int report)
{
	int number = 0, last = ECHILD;
	ssize_t n;

	do {
		n = read(report, &number, sizeof(number));
		if (n == sizeof(number))
			last = number;
	} while (n > 0 || (n < 0 && errno == EINTR));
	return last;
}

int spawn_start(const struct spawn *what, pid_t *pid, struct err *e)
{
	int report[2], number;
	pid_t parent = getpid(), child;

	if (pipe2(report, O_CLOEXEC) < 0)
		return err_errno(e, "cannot start %s", what->argv[0]);
	child = fork();
	if (child == 0) {
		/* Everything of ours is close-on-exec from birth; what a library left open is closed here as well. */
		syscall(SYS_close_range, 3, ~0U, 1U << 2 /* CLOSE_RANGE_CLOEXEC */);
		become(what, parent, report[1]);
	}
	if (child < 0)
		err_errno(e, "cannot start %s", what->argv[0]);
	close(report[1]);
	number = child < 0 ? 0 : hear(report[0]);
	close(report[0]);
	if (child < 0)
		return -1;
	if (number) {
		while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
			;
		if (number == ECHILD)
			return err_set(e, ERR_SYSTEM, "cannot start %s: it died on the way", what->argv[0]);
		errno = number;
		return err_errno(e, "cannot start %s", what->argv[0]);
	}
	*pid = child;
	return 0;
}

/* Whether it ended within the time: 0, or 1 at the timeout. It is not collected. -1 with errno. */
static int wait_end(pid_t pid, int64_t timeout_ms)
{
	AUTO_CLOSE int fd = (int)syscall(SYS_pidfd_open, pid, 0); /* close-on-exec, says pidfd_open(2) */
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	int64_t end_ms = clock_monotonic_ms() + timeout_ms, left;
	int ready;

	if (fd < 0)
		return -1;
	do {
		left = end_ms - clock_monotonic_ms();
		ready = poll(&wait, 1, left > INT_MAX ? INT_MAX : left > 0 ? (int)left : 0);
	} while (ready < 0 && errno == EINTR);
	return ready < 0 ? -1 : ready == 0;
}

int spawn_wait(pid_t pid, int64_t timeout_ms, int *status, struct err *e)
{
	int late = timeout_ms < 0 ? 0 : wait_end(pid, timeout_ms);

	if (late < 0)
		return err_errno(e, "cannot wait for a program");
	if (late)
		return 1;
	while (waitpid(pid, status, 0) < 0)
		if (errno != EINTR)
			return err_errno(e, "cannot wait for a program");
	return 0;
}

static void signal_group(pid_t pid, int number)
{
	assert(pid > 1); /* -1 would be everybody, 0 ourselves */
	/* A leader that made another group for itself has left an empty one behind. */
	if (kill(-pid, number) < 0)
		kill(pid, number);
}

void spawn_end(pid_t pid)
{
	signal_group(pid, SIGTERM);
	wait_end(pid, GRACE_MS);
	/* Before it is collected, while its number is nobody else's: whoever is left of the group. If it couldn't be
	 * waited for, then there is no grace. */
	signal_group(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* --- on its own ------------------------------------------------------------------------------------------------- */

/*
 * Two forks: the first leads the new session, the second can never get a terminal again and is nobody's child once the
 * first has ended.
 */
static void become_detached(const char *const *argv, int report)
{
	int nothing;
	sigset_t none;

	report = fcntl(report, F_DUPFD_CLOEXEC, 3);
	nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int fd = 0; fd < 3; fd++)
		if (report < 0 || nothing < 0 || dup2(nothing, fd) < 0)
			fail_child(report);
	syscall(SYS_close_range, 3, ~0U, 1U << 2 /* CLOSE_RANGE_CLOEXEC */);
	signal(SIGHUP, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* A descriptor below 3 that was closed in us is one of the three now, and stays open. */
	for (int fd = 0; fd < 3; fd++)
		fcntl(fd, F_SETFD, 0);
	execv("/proc/self/exe", (char *const *)argv);
	fail_child(report);
}

int spawn_detached(const char *const *argv, struct err *e)
{
	int report[2], number = 0;
	ssize_t n;
	pid_t child;

	if (pipe2(report, O_CLOEXEC) < 0)
		return err_errno(e, "cannot start %s in the background", argv[0]);
	child = fork();
	if (child == 0) {
		pid_t second = setsid() < 0 ? -1 : fork();

		if (second < 0)
			fail_child(report[1]);
		if (second > 0)
			_exit(0);
		become_detached(argv, report[1]);
	}
	if (child < 0)
		number = errno;
	close(report[1]);
	while (child > 0 && (n = read(report[0], &number, sizeof(number))) < 0 && errno == EINTR)
		;
	close(report[0]);
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
	if (number) {
		errno = number;
		return err_errno(e, "cannot start %s in the background", argv[0]);
	}
	return 0;
}
