// SPDX-License-Identifier: MIT
/*
 * witness DIGEST: looks at everything of a box that can be seen or tried from inside, one line "NAME VALUE" each.
 *
 * Equal boxes give equal lines: no number that differs from run to run is among them. The exit status says whether
 * the digest of the lines is DIGEST, for those who can't read them, because what carries them has failed:
 * 42 yes, 43 no, 44 nothing could be said.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SAME = 42, DIFFERENT = 43, DUMB = 44 };

static char seen[1 << 18];
static size_t used;

static void see(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	used += (size_t)vsnprintf(seen + used, sizeof(seen) - used, format, arguments);
	va_end(arguments);
	if (used >= sizeof(seen) - 1)
		_exit(DUMB);
	seen[used++] = '\n';
}

static const char *answer(long result)
{
	return result >= 0 ? "done" : strerrorname_np(errno);
}

/* Names in DIR that PICK likes, in order, so that equal directories look equal. */
static int list(const char *path, struct dirent ***names, int (*pick)(const struct dirent *))
{
	int n = scandir(path, names, pick, alphasort);

	if (n < 0)
		see("list %s %s", path, answer(n));
	return n;
}

static int any(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int is_number(const struct dirent *entry)
{
	return entry->d_name[0] >= '0' && entry->d_name[0] <= '9';
}

static int is_no_number(const struct dirent *entry)
{
	return any(entry) && !is_number(entry);
}

static void see_status(void)
{
	static const char *const names[] = { "Uid:", "Gid:", "Groups:", "SigBlk:", "SigIgn:", "SigCgt:", "CapInh:", "Cpus_allowed_list:",
		"CapPrm:", "CapEff:", "CapBnd:", "CapAmb:", "NoNewPrivs:", "Seccomp:", "Seccomp_filters:" };
	FILE *file = fopen("/proc/self/status", "re");
	char line[512];

	if (!file)
		see("status %s", answer(-1));
	while (file && fgets(line, sizeof(line), file))
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (strncmp(line, names[i], strlen(names[i])) == 0)
				see("status %.*s", (int)strcspn(line, "\n"), line);
	if (file)
		fclose(file);
}

/* Takes the digits behind each NAME out of LINE: the box's id of the host is another one each time. */
static void forget_numbers(char *line, const char *name)
{
	for (char *at = line; (at = strstr(at, name));) {
		at += strlen(name);
		memmove(at, at + strspn(at, "0123456789"), strlen(at + strspn(at, "0123456789")) + 1);
	}
}

/* Every mount, without the numbers that the kernel gives out anew each time. */
static void see_mounts(void)
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	static char line[8192];
	int rest;

	if (!file)
		see("mount %s", answer(-1));
	while (file && fgets(line, sizeof(line), file)) {
		rest = 0;
		sscanf(line, "%*d %*d %*s %n", &rest);
		forget_numbers(line, "uid=");
		forget_numbers(line, "gid=");
		see("mount %.*s", (int)strcspn(line + rest, "\n"), line + rest);
	}
	if (file)
		fclose(file);
}

static void see_identity(void)
{
	char host[65] = "", domain[65] = "", cwd[256] = "";

	gethostname(host, sizeof(host));
	getdomainname(domain, sizeof(domain));
	see("pid %s", getpid() == 1 ? "1" : "not 1");
	see("parent %s", getppid() == 1 ? "pid 1" : "another");
	see("session %s", getsid(0) == getpid() ? "own" : "another's");
	see("group %s", getpgrp() == getpid() ? "own" : "another's");
	see("names %s (%s)", host, domain);
	see("folder %s", getcwd(cwd, sizeof(cwd)) ? cwd : answer(-1));
	see("umask %03o", (unsigned)umask(022));
	see("dumpable %s", answer(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0)));
}

static void see_limits(void)
{
	for (int i = 0; i < (int)RLIM_NLIMITS; i++) {
		struct rlimit limit;

		if (getrlimit(i, &limit) < 0)
			see("limit %d %s", i, answer(-1));
		else
			see("limit %d %lld %lld", i, (long long)limit.rlim_cur, (long long)limit.rlim_max);
	}
}

static void see_files(void)
{
	struct dirent **names;
	int n = list("/proc/self/fd", &names, is_number);
	struct stat st;

	/* The listing's own is closed by now. */
	for (int i = 0; i < n; i++)
		if (fstat(atoi(names[i]->d_name), &st) == 0)
			see("fd %s %o", names[i]->d_name, (unsigned)(st.st_mode & S_IFMT));
}

/* What /proc shows: a file, one that is covered by a device, a folder, an empty one; and no process but this. */
static void see_proc(void)
{
	struct dirent **names;
	int n = list("/proc", &names, is_number);
	char path[300];
	struct stat st;

	for (int i = 0; i < n; i++)
		see("process %s", atoi(names[i]->d_name) == getpid() ? "this one" : names[i]->d_name);
	n = list("/proc", &names, is_no_number);
	for (int i = 0; i < n; i++) {
		struct dirent **inside;

		snprintf(path, sizeof(path), "/proc/%s", names[i]->d_name);
		if (stat(path, &st) < 0)
			see("proc %s %s", names[i]->d_name, answer(-1));
		else if (!S_ISDIR(st.st_mode))
			see("proc %s %s", names[i]->d_name, S_ISCHR(st.st_mode) ? "covered" : "a file");
		else if (strcmp(names[i]->d_name, "self") != 0 && strcmp(names[i]->d_name, "thread-self") != 0)
			see("proc %s %s", names[i]->d_name, list(path, &inside, any) == 0 ? "empty" : "a folder");
	}
	for (int i = 0; i < 4; i++) {
		static const char *const parts[] = { "/proc/1/environ", "/proc/1/root/etc", "/proc/1/maps",
			"/proc/1/fd" };

		see("open %s %s", parts[i], answer(open(parts[i], O_RDONLY | O_CLOEXEC)));
	}
}

/* Everything in the writable folders: what was filled in must be there whole. */
static void see_tree(const char *path, int depth)
{
	struct dirent **names;
	int n = depth ? list(path, &names, any) : 0;
	char below[1024], text[4096];
	struct stat st;

	if (stat(path, &st) == 0)
		see("tree %s %o", path, (unsigned)st.st_mode);
	for (int i = 0; i < n; i++) {
		int fd;
		ssize_t size = 0, got;
		uint32_t sum = 0;

		snprintf(below, sizeof(below), "%s/%s", path, names[i]->d_name);
		if (lstat(below, &st) < 0 || S_ISDIR(st.st_mode)) {
			see_tree(below, depth - 1);
			continue;
		}
		fd = open(below, O_RDONLY | O_CLOEXEC);
		while (fd >= 0 && (got = read(fd, text, sizeof(text))) > 0)
			for (ssize_t k = 0; k < got; k++, size++)
				sum = sum * 31 + (unsigned char)text[k];
		if (fd >= 0)
			close(fd);
		see("file %s %o %zd %08x", below, (unsigned)st.st_mode, size, sum);
	}
}

/* Whatever the reason is that something can't be written, it isn't: that's all that counts. */
static void try_to_write(void)
{
	static const char *const files[] = { "/new", "/usr/new", "/usr/local/new", "/usr/share/assay/new", "/etc/new",
		"/dev/new", "/proc/new", "/etc/passwd", "/etc/hosts", "/proc/sys/kernel/hostname",
		"/proc/sys/kernel/core_pattern", "/proc/sys/net/ipv4/ip_forward", "/proc/acpi/new", "/proc/bus/new",
		"/proc/sysrq-trigger", "/proc/self/oom_score_adj", "/proc/self/setgroups", "/proc/self/uid_map",
		"/work/new", "/tmp/new", "/dev/shm/new" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		int fd = open(files[i], O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

		see("write %s %s", files[i], fd >= 0 ? "opened" : "refused");
		if (fd >= 0)
			close(fd);
	}
	see("rename /usr %s", rename("/usr", "/rsu") == 0 ? "done" : "refused");
	see("rename /etc/hosts %s", rename("/etc/hosts", "/etc/guests") == 0 ? "done" : "refused");
}

static void try_to_read(const char *canary)
{
	static const char *const paths[] = { "/home", "/root", "/var", "/run", "/boot", "/sys", "/mnt", "/stage",
		"/etc/shadow", "/etc/machine-id", "/etc/ssh", "/usr/local/bin", "/usr/share/assay/tasks",
		"/proc/kcore", "/dev/tty", "/dev/kmsg", "/dev/mem", "/dev/sda", "/dev/vda", "/dev/pts", "/dev/fuse" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		see("read %s %s", paths[i], answer(open(paths[i], O_RDONLY | O_NOCTTY | O_CLOEXEC)));
	see("read the canary %s", answer(open(canary, O_RDONLY | O_CLOEXEC)));
}

static void try_calls(void)
{
	struct sched_param least = { .sched_priority = 1 };

	see("call unshare %s", answer(syscall(SYS_unshare, CLONE_NEWUSER)));
	see("call clone %s", answer(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0)));
	see("call clone3 %s", answer(syscall(SYS_clone3, NULL, 0)));
	see("call setns %s", answer(syscall(SYS_setns, 0, 0)));
	see("call mount %s", answer(syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, NULL)));
	see("call umount2 %s", answer(syscall(SYS_umount2, "/proc/sys", MNT_DETACH)));
	see("call pivot_root %s", answer(syscall(SYS_pivot_root, ".", ".")));
	see("call chroot %s", answer(syscall(SYS_chroot, "/tmp")));
	see("call open_tree %s", answer(syscall(SYS_open_tree, AT_FDCWD, "/", 0)));
	see("call ptrace %s", answer(syscall(SYS_ptrace, 16, 1, 0, 0)));
	see("call process_vm_readv %s", answer(syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0)));
	see("call keyctl %s", answer(syscall(SYS_keyctl, 0, -3, 0)));
	see("call add_key %s", answer(syscall(SYS_add_key, "user", "a", "a", 1, -3)));
	see("call request_key %s", answer(syscall(SYS_request_key, "user", "a", NULL, -3)));
	see("call bpf %s", answer(syscall(SYS_bpf, 0, NULL, 0)));
	see("call io_uring_setup %s", answer(syscall(SYS_io_uring_setup, 1, NULL)));
	see("call userfaultfd %s", answer(syscall(SYS_userfaultfd, 0)));
	see("call perf_event_open %s", answer(syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0)));
	see("call name_to_handle_at %s", answer(syscall(SYS_name_to_handle_at, AT_FDCWD, "/", NULL, NULL, 0)));
	see("call open_by_handle_at %s", answer(syscall(SYS_open_by_handle_at, AT_FDCWD, NULL, 0)));
	see("call swapon %s", answer(syscall(SYS_swapon, "/tmp/x", 0)));
	see("call sethostname %s", answer(sethostname("free", 4)));
	see("call setuid 0 %s", answer(syscall(SYS_setuid, 0)));
	see("call setgroups %s", answer(syscall(SYS_setgroups, 0, NULL)));
	see("call nice %s", answer(setpriority(PRIO_PROCESS, 0, -1)));
	see("call real time %s", answer(sched_setscheduler(0, SCHED_FIFO, &least)));
	see("call packet socket %s", answer(socket(AF_PACKET, SOCK_RAW, 0)));
	see("call raw socket %s", answer(socket(AF_INET, SOCK_RAW, 1)));
	see("call vsock %s", answer(socket(AF_VSOCK, SOCK_STREAM, 0)));
	see("call chmod set-uid %s", answer(chmod("/tmp/new", 04755)));
	see("call mknod %s", answer(mknod("/tmp/device", S_IFCHR | 0666, 0x103)));
}

static void see_network(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request;
	FILE *file = fopen("/proc/net/dev", "re");
	char line[512], name[32];

	for (int i = 0; file && fgets(line, sizeof(line), file); i++)
		if (i >= 2 && sscanf(line, " %31[^:]", name) == 1) {
			memset(&request, 0, sizeof(request));
			snprintf(request.ifr_name, sizeof(request.ifr_name), "%.15s", name);
			see("interface %s %s", name,
				ioctl(fd, SIOCGIFFLAGS, &request) < 0    ? answer(-1)
					: request.ifr_flags & IFF_UP ? "up"
								     : "down");
		}
	if (file)
		fclose(file);
	close(fd);
}

/*
 * A device that covers a file of /proc may be read, and asked nothing: only Landlock says so (ABI 5, Linux 6.10);
 * without it the device answers that it is no terminal.
 */
static void see_landlock(void)
{
	char termios[256];
	int fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);

	see("landlock %s", fd < 0 ? "no device" : answer(ioctl(fd, TCGETS, termios)));
	if (fd >= 0)
		close(fd);
}

/* What shall be taken out afterwards. */
static void leave_something(void)
{
	int fd = mkdir("/work/out", 0755) < 0 ? -1 : open("/work/out/file", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	if (fd < 0 || write(fd, "kept\n", 5) != 5)
		_exit(DUMB);
	close(fd);
}

static uint64_t digest(void)
{
	uint64_t sum = 0xcbf29ce484222325;

	for (size_t i = 0; i < used; i++)
		sum = (sum ^ (unsigned char)seen[i]) * 0x100000001b3;
	return sum;
}

int main(int argc, char **argv)
{
	char expected[32];

	see_files();
	see_status();
	see_identity();
	see_limits();
	for (char **variable = environ; *variable; variable++)
		see("variable %s", *variable);
	see_mounts();
	see_tree("/work", 4);
	see_tree("/tmp", 4);
	see_proc();
	see_network();
	see_landlock();
	try_to_read(argc > 2 ? argv[2] : "/");
	try_to_write();
	try_calls();
	unlink("/work/new");
	leave_something();
	snprintf(expected, sizeof(expected), "%016llx", (unsigned long long)digest());
	for (size_t at = 0; at < used;) {
		ssize_t n = write(1, seen + at, used - at);

		if (n <= 0)
			break;
		at += (size_t)n;
	}
	return argc > 1 && strcmp(argv[1], expected) == 0 ? SAME : DIFFERENT;
}
