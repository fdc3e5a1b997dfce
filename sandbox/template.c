// SPDX-License-Identifier: MIT
/*
 * The namespace is made by a child, which lays the root like any box's pid 1 would, keeps the
 * host's /proc in it (a box may mount its own only where it sees one that nothing covers, and does so
 * right on top), hands the namespace over as an fd and ends.
 */
#include "template.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"
#include "clock.h"
#include "control.h"
#include "fds.h"
#include "kernel.h"
#include "mounts.h"
#include "namespaces.h"

enum { MAKE_MS = 5000 };

int template_prepare(struct template_home *home, struct fault *f)
{
	int owner = getuid() == 0 ? 0 : namespaces_become_owner(f);

	if (owner)
		return owner;
	home->folder = kernel_open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	home->mounts = kernel_open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
	return home->folder < 0 || home->mounts < 0;
}

static int lay(const struct plan *plan, struct fault *f)
{
	struct trees trees;
	int mounts;

	if (unshare(CLONE_NEWNS) < 0)
		return fault_sys(f, "cannot make a mount namespace");
	if (trees_grab(&trees, plan, f) < 0 || mounts_lay(&trees, plan, f) < 0)
		return -1;
	if (mount("/proc", "proc", NULL, MS_BIND | MS_REC, NULL) < 0)
		return fault_sys(f, "cannot keep /proc");
	if (mounts_enter(f) < 0)
		return -1;
	mounts = kernel_open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
	return mounts < 0 ? fault_sys(f, "cannot open the template") : mounts;
}

/* Others' links and the client must not live on in it: their ends would not be seen for as long as it takes. */
static void __attribute__((noreturn)) make(const struct plan *plan, int to, pid_t parent)
{
	struct control_message message = { .kind = CONTROL_READY };
	int kept = to, mounts;
	struct fault f;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 || getppid() != parent)
		_exit(1);
	mounts = fds_keep(&kept, 1, &f) < 0 ? -1 : lay(plan, &f);
	if (mounts < 0) {
		message.kind = CONTROL_FAULT;
		memcpy(message.text, f.text, sizeof(message.text));
	}
	_exit(control_send(to, &message, &mounts, mounts >= 0) < 0);
}

int template_begin(struct template_maker *maker, const struct plan *plan, struct fault *f)
{
	AUTO_CLOSE int mine = -1;
	pid_t parent = getpid(), child;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return fault_sys(f, "cannot make a socket");
	mine = pair[0];
	child = fork();
	if (child == 0)
		make(plan, pair[1], parent);
	close(pair[1]);
	if (child < 0)
		return fault_sys(f, "cannot fork the template's maker");
	/* Nobody has reaped it, so the number is still its own. */
	maker->pidfd = (int)syscall(SYS_pidfd_open, child, 0);
	if (maker->pidfd < 0) {
		kill(child, SIGKILL);
		return fault_sys(f, "cannot hold the template's maker");
	}
	maker->from = take_fd(&mine);
	maker->until_ms = clock_now_ms() + MAKE_MS;
	return 0;
}

static bool is_done(int from)
{
	struct pollfd one = { from, POLLIN, 0 };

	return poll(&one, 1, 0) > 0;
}

bool template_is_over(const struct template_maker *maker)
{
	return is_done(maker->from) || clock_now_ms() >= maker->until_ms;
}

static int receive(int from, struct fault *f)
{
	struct control_message message;
	int fds[CONTROL_MAX_FDS];
	size_t n;

	if (!is_done(from))
		return fault_set(f, "the template wasn't made in time");
	if (control_receive(from, &message, fds, &n) < 0)
		return fault_sys(f, "the template's maker is gone");
	if (message.kind != CONTROL_READY || n != 1)
		return fault_set(f, "%s", message.text);
	return fds[0];
}

int template_end(struct template_maker *maker, struct fault *f)
{
	int made = receive(maker->from, f);

	syscall(SYS_pidfd_send_signal, maker->pidfd, SIGKILL, NULL, 0);
	close(maker->pidfd);
	close(maker->from);
	maker->from = maker->pidfd = -1;
	return made;
}

int template_enter(const struct template *template, struct fault *f)
{
	return setns(template->mounts, CLONE_NEWNS) < 0 ? fault_sys(f, "cannot enter the template") : 0;
}

int template_leave(const struct template *template, struct fault *f)
{
	if (setns(template->home.mounts, CLONE_NEWNS) < 0 || fchdir(template->home.folder) < 0)
		return fault_sys(f, "cannot leave the template");
	return 0;
}
