// SPDX-License-Identifier: MIT
/*
 * clone3 makes five of the namespaces at once and forgets our handlers of signals (a signal from
 * within is lost on pid 1 only while it has none, and a sanitizer, for one, brings some). The child
 * makes the sixth, its network, by itself: that takes longer than all the others, and the parent
 * has things to do meanwhile. The cgroup namespace follows when the child sits in its group,
 * because its root is the group one is in at that moment.
 *
 * The parent writes the maps. It names the child by number, which is safe here and only here:
 * nobody but the parent can reap the child, so the number can't have been given away.
 */
#include "namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/sched.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"

/* glibc's <sched.h> and the kernel's header disagree about who defines this. */
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif
#ifndef CLONE_CLEAR_SIGHAND
#define CLONE_CLEAR_SIGHAND 0x100000000ULL
#endif

static bool file_says(const char *path, char what)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	char first = '\0';

	return fd >= 0 && read(fd, &first, 1) == 1 && first == what;
}

/*
 * The kernel makes no user namespaces for a process whose root isn't that of its mounts: then
 * nothing is mounted on what it sees as "/".
 */
static bool is_in_chroot(void)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	char line[4096], at[1024];
	bool has_root = false;

	while (mounts && fgets(line, sizeof(line), mounts))
		has_root |= sscanf(line, "%*s %*s %*s %*s %1023s", at) == 1 && strcmp(at, "/") == 0;
	if (mounts)
		fclose(mounts);
	return mounts && !has_root;
}

/* The AppArmor profile that confines us, or "". */
static void read_profile(char *name, size_t size)
{
	AUTO_CLOSE int fd = open("/proc/self/attr/apparmor/current", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, name, size - 1) : -1;

	name[n > 0 ? n : 0] = '\0';
	name[strcspn(name, " \n")] = '\0'; /* behind it stands its mode */
	if (strcmp(name, "unconfined") == 0)
		name[0] = '\0';
}

/* Why namespaces can't be had, in words that say what to mend. */
static int explain(const char *step, struct fault *f)
{
	int number = errno;
	char profile[64] = "", cause[256] = "";

	if (number == EPERM || number == EACCES)
		read_profile(profile, sizeof(profile));
	if (number == ENOSPC || file_says("/proc/sys/user/max_user_namespaces", '0'))
		snprintf(cause, sizeof(cause),
			" (user namespaces are used up or switched off;"
			" as root: sysctl -w user.max_user_namespaces=10000)");
	else if (geteuid() != 0 && file_says("/proc/sys/kernel/unprivileged_userns_clone", '0'))
		snprintf(cause, sizeof(cause),
			" (user namespaces are switched off;"
			" as root: sysctl -w kernel.unprivileged_userns_clone=1)");
	else if (file_says("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", '1'))
		snprintf(cause, sizeof(cause),
			" (AppArmor forbids user namespaces, sysctl"
			" kernel.apparmor_restrict_unprivileged_userns; this program needs a "
			"profile"
			" with the rule `userns,`)");
	else if (profile[0])
		snprintf(cause, sizeof(cause), " (confined by the AppArmor profile %s)", profile);
	else if (number == EPERM && is_in_chroot())
		snprintf(cause, sizeof(cause),
			" (there are none in a chroot; enter it by"
			" pivot_root, as containers do)");
	errno = number;
	return fault_sys(f, "%s%s", step, cause);
}

pid_t namespaces_fork(int *pidfd, int group_fd, struct fault *f)
{
	struct clone_args args = {
		.flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS |
			CLONE_PIDFD | CLONE_CLEAR_SIGHAND,
		.exit_signal = SIGCHLD,
	};
	int fd = -1;
	pid_t child;

	args.pidfd = (uint64_t)(uintptr_t)&fd;
	if (group_fd >= 0) {
		args.flags |= CLONE_INTO_CGROUP;
		args.cgroup = (uint64_t)group_fd;
	}
	child = (pid_t)syscall(SYS_clone3, &args, sizeof(args));
	if (child < 0)
		return explain("cannot make namespaces", f);
	if (child > 0)
		*pidfd = fd;
	return child;
}

static int write_file(int dir, const char *name, const char *text)
{
	AUTO_CLOSE int fd = openat(dir, name, O_WRONLY | O_CLOEXEC);
	ssize_t length = (ssize_t)strlen(text);

	return fd >= 0 && write(fd, text, (size_t)length) == length ? 0 : -1;
}

int namespaces_map(pid_t child, const struct identity *id, struct fault *f)
{
	AUTO_CLOSE int dir = -1;
	char path[32], map[64];

	snprintf(path, sizeof(path), "/proc/%d", (int)child);
	dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return fault_sys(f, "cannot open %s", path);
	snprintf(map, sizeof(map), "%d %u 1\n", IDENTITY_INSIDE, id->uid);
	if (write_file(dir, "uid_map", map) < 0)
		return explain("cannot map the box's user", f);
	if (id->is_shared && write_file(dir, "setgroups", "deny") < 0)
		return explain("cannot forbid setgroups", f);
	snprintf(map, sizeof(map), "%d %u 1\n", IDENTITY_INSIDE, id->gid);
	if (write_file(dir, "gid_map", map) < 0)
		return explain("cannot map the box's group", f);
	return 0;
}

static int raise_loopback(struct fault *f)
{
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request = { .ifr_name = "lo" };

	request.ifr_flags = IFF_UP;
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request) < 0)
		return fault_sys(f, "cannot bring the loopback up");
	return 0;
}

int namespaces_make_net(bool loopback, struct fault *f)
{
	if (unshare(CLONE_NEWNET) < 0)
		return explain("cannot make a network namespace", f);
	return loopback ? raise_loopback(f) : 0;
}

int namespaces_settle(bool drop_groups, struct fault *f)
{
	if (drop_groups && setgroups(0, NULL) < 0)
		return fault_sys(f, "cannot drop supplementary groups");
	if (setresgid(IDENTITY_INSIDE, IDENTITY_INSIDE, IDENTITY_INSIDE) < 0 ||
		setresuid(IDENTITY_INSIDE, IDENTITY_INSIDE, IDENTITY_INSIDE) < 0)
		return fault_sys(f, "cannot become the box's user");
	if (sethostname("box", 3) < 0 || setdomainname("", 0) < 0)
		return explain("cannot name the box", f);
	return 0;
}

int namespaces_make_cgroup(struct fault *f)
{
	return unshare(CLONE_NEWCGROUP) < 0 ? explain("cannot make a cgroup namespace", f) : 0;
}
