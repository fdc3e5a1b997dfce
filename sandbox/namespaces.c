// SPDX-License-Identifier: MIT
/*
 * clone3 makes five of the namespaces at once and forgets our handlers of signals (a signal from
 * within is lost on pid 1 only while it has none, and a sanitizer, for one, brings some). The child
 * makes the sixth, its network, by itself (network.c), because that takes longer than all the others. The
 * cgroup namespace follows when the child sits in its group, because its root is the group one is in at that
 * moment.
 *
 * The parent writes the maps. It names the child by number, which is safe here and only here:
 * nobody but the parent can reap the child, so the number can't have been given away.
 */
#include "namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "auto.h"
#include "kernel.h"

/* glibc's <sched.h> and the kernel's header disagree about who defines this. */
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif
#ifndef CLONE_CLEAR_SIGHAND
#define CLONE_CLEAR_SIGHAND 0x100000000ULL
#endif

static bool file_says(const char *path, char what)
{
	AUTO_CLOSE int fd = kernel_open(path, O_RDONLY | O_CLOEXEC);
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
	AUTO_CLOSE int fd = kernel_open("/proc/self/attr/apparmor/current", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, name, size - 1) : -1;

	name[n > 0 ? n : 0] = '\0';
	name[strcspn(name, " \n")] = '\0'; /* behind it stands its mode */
	if (strcmp(name, "unconfined") == 0)
		name[0] = '\0';
}

/* With the profile that is needed, as one command. */
static void explain_apparmor(char *cause, size_t size)
{
	char program[100];
	const char *path = program;
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program));

	if (length > 0 && length < (ssize_t)sizeof(program) && !memchr(program, ' ', (size_t)length))
		program[length] = '\0';
	else
		path = "PATH/OF/assay-box";
	snprintf(cause, size,
		" (AppArmor forbids user namespaces, sysctl kernel.apparmor_restrict_unprivileged_userns; as root:"
		" cd /etc/apparmor.d && printf 'abi <abi/4.0>,\\nprofile assay-box %s flags=(unconfined) { userns, }\\n'"
		" >assay-box && apparmor_parser -r assay-box)", path);
}

int namespaces_explain(const char *step, struct fault *f)
{
	int number = errno;
	char profile[64] = "", cause[400] = "";

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
		explain_apparmor(cause, sizeof(cause));
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
		return namespaces_explain("cannot make namespaces", f);
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

/* Maps one user and one group, INSIDE, of the process whose folder of /proc is PROC. */
static int map(const char *proc, uid_t uid_inside, gid_t gid_inside, const struct identity *id,
	struct fault *f)
{
	AUTO_CLOSE int dir = kernel_open(proc, O_PATH | O_DIRECTORY | O_CLOEXEC);
	char line[64];

	if (dir < 0)
		return fault_sys(f, "cannot open %s", proc);
	snprintf(line, sizeof(line), "%u %u 1\n", uid_inside, id->uid);
	if (write_file(dir, "uid_map", line) < 0)
		return namespaces_explain("cannot map the box's user", f);
	if (id->is_shared && write_file(dir, "setgroups", "deny") < 0)
		return namespaces_explain("cannot forbid setgroups", f);
	snprintf(line, sizeof(line), "%u %u 1\n", gid_inside, id->gid);
	if (write_file(dir, "gid_map", line) < 0)
		return namespaces_explain("cannot map the box's group", f);
	return 0;
}

int namespaces_map(pid_t child, const struct identity *id, struct fault *f)
{
	char proc[32];

	snprintf(proc, sizeof(proc), "/proc/%d", (int)child);
	return map(proc, IDENTITY_INSIDE, IDENTITY_INSIDE, id, f);
}

int namespaces_become_owner(struct fault *f)
{
	struct identity self = { .uid = getuid(), .gid = getgid(), .is_shared = true, .lock = -1 };

	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
		return 1;
	return map("/proc/self", self.uid, self.gid, &self, f);
}

int namespaces_settle(bool drop_groups, struct fault *f)
{
	if (drop_groups && kernel_drop_groups() < 0)
		return fault_sys(f, "cannot drop supplementary groups");
	if (kernel_become(IDENTITY_INSIDE, IDENTITY_INSIDE) < 0)
		return fault_sys(f, "cannot become the box's user");
	if (sethostname("box", 3) < 0 || setdomainname("", 0) < 0)
		return namespaces_explain("cannot name the box", f);
	return 0;
}

int namespaces_make_cgroup(struct fault *f)
{
	return unshare(CLONE_NEWCGROUP) < 0
		? namespaces_explain("cannot make a cgroup namespace", f)
		: 0;
}
