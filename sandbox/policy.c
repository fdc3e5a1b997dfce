// SPDX-License-Identifier: MIT
/*
 * An allow-list. What isn't in the table answers ENOSYS, the answer of an older kernel, which
 * libraries are written to survive (clone3: glibc falls back to clone, whose flags can be
 * seen). Some calls that only an attack makes are also told to the supervisor. A call of a
 * foreign architecture (int 0x80, x32) has other numbers than the table thinks of: it kills.
 *
 * Conditions compare the low 32 bits only, because the kernel looks at no more of an int
 * argument (CVE-2019-10063 was a compare of 64). Several rows of one call are or'ed. Names
 * that libseccomp didn't know at build time are left out, which only makes the box stricter.
 */
#include "policy.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define ALL UINT64_MAX /* a pointer */
enum { LOW = 0xffffffff };
enum { CORE = 4 }; /* RLIMIT_CORE */
enum { NAMESPACE_FLAGS = 0x7e020000 }; /* CLONE_NEW* but NEWTIME, which clone can't take */
enum { THREAD = 0x10000, FILES = 0x400 }; /* CLONE_THREAD, CLONE_FILES */
enum { SET_ID = 06000 };
enum { WHITEOUT = 4 }; /* RENAME_WHITEOUT */
enum { TYPE = 0xf }; /* of a socket, without SOCK_CLOEXEC and SOCK_NONBLOCK */

/* Tables are read row by row, so they are laid out by hand. */
/* clang-format off */

/* Plain rows: allowed whatever the arguments. One line, one reason. */
static const struct {
	const char *why;
	const char *calls; /* separated by spaces */
} plain[] = {
	{ "reading and writing what is open",
		"read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek _llseek "
		"close dup dup2 dup3 sendfile sendfile64 splice tee copy_file_range "
		"fadvise64 fadvise64_64 readahead" },
	{ "looking at files",
		"stat lstat fstat newfstatat fstatat64 stat64 lstat64 fstat64 statx access faccessat "
		"faccessat2 readlink readlinkat getdents getdents64 statfs fstatfs getcwd getxattr "
		"lgetxattr fgetxattr listxattr llistxattr flistxattr" },
	{ "changing files, which only the writable folders allow",
		"rename renameat link linkat symlink symlinkat unlink unlinkat rmdir truncate "
		"ftruncate fallocate chown fchown lchown fchownat utime utimes utimensat futimesat umask "
		"chdir fchdir flock fsync fdatasync sync_file_range" },
	{ "memory",
		"brk munmap mremap mprotect mincore msync mlock mlock2 munlock mlockall munlockall "
		"pkey_alloc pkey_free pkey_mprotect membarrier get_mempolicy mseal" },
	{ "starting and ending processes (clone has rows of its own)",
		"fork vfork execve execveat exit exit_group wait4 waitid waitpid pidfd_open "
		"pidfd_send_signal restart_syscall" },
	{ "signals within the pid namespace",
		"kill tkill tgkill rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend "
		"rt_sigtimedwait rt_sigqueueinfo rt_tgsigqueueinfo sigaltstack sigreturn signalfd "
		"signalfd4 pause alarm" },
	{ "threads",
		"futex futex_waitv futex_wake futex_wait futex_requeue set_robust_list get_robust_list "
		"set_tid_address gettid rseq set_thread_area get_thread_area" },
	{ "who am I",
		"getpid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgid "
		"getpgrp getsid setsid setpgid capget capset setuid setgid setreuid setregid setresuid "
		"setresgid setfsuid setfsgid setgroups" },
	{ "clocks and timers",
		"clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getitimer "
		"setitimer timer_create timer_settime timer_gettime timer_getoverrun timer_delete "
		"timerfd_create timerfd_settime timerfd_gettime" },
	{ "waiting for events",
		"poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait "
		"epoll_pwait2 eventfd eventfd2 pipe pipe2 inotify_init inotify_init1 inotify_add_watch "
		"inotify_rm_watch" },
	{ "sockets of the box's own network (socket and setsockopt have rows of their own)",
		"bind listen accept accept4 connect getsockname getpeername getsockopt sendto recvfrom "
		"sendmsg recvmsg sendmmsg recvmmsg shutdown" },
	{ "limits and scheduling of oneself (never upwards without privilege)",
		"getrlimit ugetrlimit getrusage getpriority setpriority sched_yield "
		"sched_getaffinity sched_setaffinity sched_getparam sched_setparam sched_getscheduler "
		"sched_setscheduler sched_get_priority_max sched_get_priority_min sched_rr_get_interval "
		"sched_getattr getcpu" },
	{ "System V's part of the box's own ipc namespace (shmget has a row of its own; POSIX queues are"
	  " files in a place that Landlock can't allow)",
		"shmat shmdt shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl" },
	{ "facts about the machine", "uname sysinfo getrandom" },
};

/* Rows with conditions: the call is allowed if all of a row's conditions hold. */
static const struct {
	const char *call;
	struct policy_condition if1, if2, if3;
	const char *why;
} guarded[] = {
	/* A thread with files of its own is in no list of what its process has open, which is all that a sampler can read. */
	{ "clone", { 1, NAMESPACE_FLAGS | THREAD, 0 }, { 0 }, { 0 }, "forks, no namespaces" },
	{ "clone", { 1, NAMESPACE_FLAGS | THREAD | FILES, THREAD | FILES }, { 0 }, { 0 },
		"threads, which share their process's files" },
	{ "close_range", { 3, 2, 0 }, { 0 }, { 0 }, "no files of a thread's own" },
	{ "open", { 3, SET_ID, 0 }, { 0 }, { 0 }, "no file is born set-id" },
	{ "openat", { 4, SET_ID, 0 }, { 0 }, { 0 }, "the same" },
	{ "creat", { 2, SET_ID, 0 }, { 0 }, { 0 }, "the same" },
	{ "mkdir", { 2, SET_ID, 0 }, { 0 }, { 0 }, "the same" },
	{ "mkdirat", { 3, SET_ID, 0 }, { 0 }, { 0 }, "the same" },
	{ "chmod", { 2, SET_ID, 0 }, { 0 }, { 0 }, "nor made so" },
	{ "fchmod", { 2, SET_ID, 0 }, { 0 }, { 0 }, "the same" },
	{ "fchmodat", { 3, SET_ID, 0 }, { 0 }, { 0 }, "the same" },
	{ "fchmodat2", { 3, SET_ID, 0 }, { 0 }, { 0 }, "the same" },
	{ "mknod", { 2, 0170000 | SET_ID, 0010000 }, { 0 }, { 0 }, "named pipes, no devices" },
	{ "mknodat", { 3, 0170000 | SET_ID, 0010000 }, { 0 }, { 0 }, "the same" },
	{ "mknod", { 2, 0170000 | SET_ID, 0100000 }, { 0 }, { 0 }, "plain files" },
	{ "mknodat", { 3, 0170000 | SET_ID, 0100000 }, { 0 }, { 0 }, "the same" },
	{ "renameat2", { 5, WHITEOUT, 0 }, { 0 }, { 0 }, "renaming that leaves no device behind" },
	{ "mmap", { 4, 0x40000, 0 }, { 0 }, { 0 }, "no huge pages: memory limits don't count them" },
	{ "mmap2", { 4, 0x40000, 0 }, { 0 }, { 0 }, "the same" },
	{ "shmget", { 3, 04000, 0 }, { 0 }, { 0 }, "the same" },
	{ "memfd_create", { 2, 4, 0 }, { 0 }, { 0 }, "the same" },
	{ "prlimit64", { 1, LOW, 0 }, { 3, ALL, 0 }, { 0 }, "asking for one's own limits, not pid 1's" },
	{ "prlimit64", { 1, LOW, 0 }, { 2, 0, CORE }, { 0 }, "setting those before that of core dumps (see below)" },
	{ "prlimit64", { 1, LOW, 0 }, { 2, LOW, CORE + 1 }, { 0 }, "and behind it: 5" },
	{ "prlimit64", { 1, LOW, 0 }, { 2, 0xfffffffe, CORE + 2 }, { 0 }, "6 and 7" },
	{ "prlimit64", { 1, LOW, 0 }, { 2, 0xfffffff8, CORE + 4 }, { 0 }, "8 to 15, which are all" },
	{ "setrlimit", { 1, 0, CORE }, { 0 }, { 0 }, "the same four steps" },
	{ "setrlimit", { 1, LOW, CORE + 1 }, { 0 }, { 0 }, "and behind it: 5" },
	{ "setrlimit", { 1, 0xfffffffe, CORE + 2 }, { 0 }, { 0 }, "6 and 7" },
	{ "setrlimit", { 1, 0xfffffff8, CORE + 4 }, { 0 }, { 0 }, "8 to 15, which are all" },
	{ "arch_prctl", { 1, 0xfffffff8, 0x1000 }, { 0 }, { 0 }, "thread-local storage" },
	{ "personality", { 1, LOW, 0 }, { 0 }, { 0 }, "plain" },
	{ "personality", { 1, LOW, 0xffffffff }, { 0 }, { 0 }, "asking" },
	{ "personality", { 1, LOW, 0x0040000 }, { 0 }, { 0 }, "no address randomisation: sanitizers, debuggers" },

	{ "socket", { 1, LOW, AF_UNIX }, { 0 }, { 0 }, "sockets within the box" },
	{ "socket", { 1, LOW, AF_INET }, { 2, TYPE, SOCK_STREAM }, { 3, LOW, 0 }, "TCP over loopback" },
	{ "socket", { 1, LOW, AF_INET }, { 2, TYPE, SOCK_STREAM }, { 3, LOW, IPPROTO_TCP }, "the same" },
	{ "socket", { 1, LOW, AF_INET }, { 2, TYPE, SOCK_DGRAM }, { 3, LOW, 0 }, "UDP over loopback" },
	{ "socket", { 1, LOW, AF_INET }, { 2, TYPE, SOCK_DGRAM }, { 3, LOW, IPPROTO_UDP }, "the same" },
	{ "socket", { 1, LOW, AF_INET6 }, { 2, TYPE, SOCK_STREAM }, { 3, LOW, 0 }, "TCP over ::1" },
	{ "socket", { 1, LOW, AF_INET6 }, { 2, TYPE, SOCK_STREAM }, { 3, LOW, IPPROTO_TCP }, "the same" },
	{ "socket", { 1, LOW, AF_INET6 }, { 2, TYPE, SOCK_DGRAM }, { 3, LOW, 0 }, "UDP over ::1" },
	{ "socket", { 1, LOW, AF_INET6 }, { 2, TYPE, SOCK_DGRAM }, { 3, LOW, IPPROTO_UDP }, "the same" },
	{ "socketpair", { 1, LOW, AF_UNIX }, { 0 }, { 0 }, "pipes in both directions" },
	{ "setsockopt", { 2, LOW, SOL_SOCKET }, { 3, 0, SO_ATTACH_FILTER }, { 0 }, "the common ones, no BPF" },
	{ "setsockopt", { 2, LOW, SOL_SOCKET }, { 3, LOW, SO_TIMESTAMP }, { 0 }, "time stamps" },
	{ "setsockopt", { 2, LOW, SOL_SOCKET }, { 3, LOW, 66 }, { 0 }, "receive timeout of 64-bit time" },
	{ "setsockopt", { 2, LOW, SOL_SOCKET }, { 3, LOW, 67 }, { 0 }, "send timeout of 64-bit time" },
	{ "setsockopt", { 2, LOW, IPPROTO_IP }, { 3, 0, 16 }, { 0 }, "options of IP, none that hold memory" },
	{ "setsockopt", { 2, LOW, IPPROTO_IP }, { 3, 0xfffffffc, 32 }, { 0 }, "multicast of IP; joining is bounded by the kernel" },
	{ "setsockopt", { 2, LOW, IPPROTO_IP }, { 3, LOW, 36 }, { 0 }, "leaving it" },
	{ "setsockopt", { 2, LOW, IPPROTO_IPV6 }, { 3, 0xfffffffc, 16 }, { 0 }, "hops and multicast of IPv6" },
	{ "setsockopt", { 2, LOW, IPPROTO_IPV6 }, { 3, LOW, 23 }, { 0 }, "IPV6_MTU_DISCOVER" },
	{ "setsockopt", { 2, LOW, IPPROTO_IPV6 }, { 3, LOW, 25 }, { 0 }, "IPV6_RECVERR" },
	{ "setsockopt", { 2, LOW, IPPROTO_IPV6 }, { 3, LOW, 26 }, { 0 }, "IPV6_V6ONLY: every server that listens on both" },
	{ "setsockopt", { 2, LOW, IPPROTO_IPV6 }, { 3, LOW, 49 }, { 0 }, "IPV6_RECVPKTINFO" },
	{ "setsockopt", { 2, LOW, IPPROTO_IPV6 }, { 3, LOW, 51 }, { 0 }, "IPV6_RECVHOPLIMIT" },
	{ "setsockopt", { 2, LOW, IPPROTO_IPV6 }, { 3, 0xfffffffe, 66 }, { 0 }, "traffic classes of IPv6" },
	{ "setsockopt", { 2, LOW, IPPROTO_TCP }, { 3, 0, 14 }, { 0 }, "options of TCP; no keys (14), repair (19) or kernel TLS (31)" },
	{ "setsockopt", { 2, LOW, IPPROTO_TCP }, { 3, LOW, 18 }, { 0 }, "TCP_USER_TIMEOUT" },
	{ "setsockopt", { 2, LOW, IPPROTO_TCP }, { 3, LOW, 23 }, { 0 }, "TCP_FASTOPEN" },
	{ "setsockopt", { 2, LOW, IPPROTO_TCP }, { 3, LOW, 25 }, { 0 }, "TCP_NOTSENT_LOWAT" },
	{ "setsockopt", { 2, LOW, IPPROTO_TCP }, { 3, LOW, 30 }, { 0 }, "TCP_FASTOPEN_CONNECT" },

	{ "madvise", { 3, 0, 20 }, { 0 }, { 0 }, "advice; none to swap out, which would hide memory, or to poison" },
	{ "madvise", { 3, 0xfffffffe, 22 }, { 0 }, { 0 }, "MADV_POPULATE_READ and _WRITE" },

	/* Locks of open files (F_OFD_SETLK) are charged to nobody, and nobody can tell whose they are. */
	{ "fcntl", { 2, 0xfffffff0, 0 }, { 0 }, { 0 }, "flags, duplicates, record locks; no leases, no open-file locks" },
	{ "fcntl", { 2, LOW, 1030 }, { 0 }, { 0 }, "F_DUPFD_CLOEXEC" },
	{ "fcntl", { 2, LOW, 1031 }, { 0 }, { 0 }, "F_SETPIPE_SZ" },
	{ "fcntl", { 2, LOW, 1032 }, { 0 }, { 0 }, "F_GETPIPE_SZ" },
	{ "fcntl", { 2, LOW, 1033 }, { 0 }, { 0 }, "F_ADD_SEALS" },
	{ "fcntl", { 2, LOW, 1034 }, { 0 }, { 0 }, "F_GET_SEALS" },

	{ "ioctl", { 2, LOW, 0x5401 }, { 0 }, { 0 }, "TCGETS: isatty" },
	{ "ioctl", { 2, LOW, 0x802c542a }, { 0 }, { 0 }, "TCGETS2: the same" },
	{ "ioctl", { 2, LOW, 0x5413 }, { 0 }, { 0 }, "TIOCGWINSZ: how wide is the terminal" },
	{ "ioctl", { 2, LOW, 0x540f }, { 0 }, { 0 }, "TIOCGPGRP: job control asks" },
	{ "ioctl", { 2, LOW, 0x541b }, { 0 }, { 0 }, "FIONREAD: how much is there" },
	{ "ioctl", { 2, LOW, 0x5421 }, { 0 }, { 0 }, "FIONBIO: don't block" },
	{ "ioctl", { 2, LOW, 0x5450 }, { 0 }, { 0 }, "FIONCLEX" },
	{ "ioctl", { 2, LOW, 0x5451 }, { 0 }, { 0 }, "FIOCLEX" },
	{ "ioctl", { 2, LOW, 0x5452 }, { 0 }, { 0 }, "FIOASYNC" },
	{ "ioctl", { 2, LOW, 0x8905 }, { 0 }, { 0 }, "SIOCATMARK: urgent data" },
	{ "ioctl", { 2, LOW, 0x8906 }, { 0 }, { 0 }, "SIOCGSTAMP" },
	{ "ioctl", { 2, LOW, 0x8910 }, { 0 }, { 0 }, "SIOCGIFNAME: asking about interfaces; nothing that sets" },
	{ "ioctl", { 2, 0xfffffffe, 0x8912 }, { 0 }, { 0 }, "... their list and flags" },
	{ "ioctl", { 2, LOW, 0x8915 }, { 0 }, { 0 }, "... address" },
	{ "ioctl", { 2, LOW, 0x8919 }, { 0 }, { 0 }, "... broadcast address" },
	{ "ioctl", { 2, LOW, 0x891b }, { 0 }, { 0 }, "... netmask" },
	{ "ioctl", { 2, LOW, 0x8921 }, { 0 }, { 0 }, "... largest packet" },
	{ "ioctl", { 2, LOW, 0x8927 }, { 0 }, { 0 }, "... hardware address" },
	{ "ioctl", { 2, LOW, 0x8933 }, { 0 }, { 0 }, "... index" },

	{ "prctl", { 1, LOW, 1 }, { 0 }, { 0 }, "PR_SET_PDEATHSIG" },
	{ "prctl", { 1, LOW, 2 }, { 0 }, { 0 }, "PR_GET_PDEATHSIG" },
	{ "prctl", { 1, LOW, 3 }, { 0 }, { 0 }, "PR_GET_DUMPABLE" },
	{ "prctl", { 1, LOW, 4 }, { 0 }, { 0 }, "PR_SET_DUMPABLE" },
	{ "prctl", { 1, LOW, 7 }, { 0 }, { 0 }, "PR_GET_KEEPCAPS" },
	{ "prctl", { 1, LOW, 15 }, { 0 }, { 0 }, "PR_SET_NAME: threads' names" },
	{ "prctl", { 1, LOW, 16 }, { 0 }, { 0 }, "PR_GET_NAME" },
	{ "prctl", { 1, LOW, 21 }, { 0 }, { 0 }, "PR_GET_SECCOMP" },
	{ "prctl", { 1, LOW, 23 }, { 0 }, { 0 }, "PR_CAPBSET_READ" },
	{ "prctl", { 1, LOW, 29 }, { 0 }, { 0 }, "PR_SET_TIMERSLACK" },
	{ "prctl", { 1, LOW, 30 }, { 0 }, { 0 }, "PR_GET_TIMERSLACK" },
	{ "prctl", { 1, LOW, 36 }, { 0 }, { 0 }, "PR_SET_CHILD_SUBREAPER" },
	{ "prctl", { 1, LOW, 37 }, { 0 }, { 0 }, "PR_GET_CHILD_SUBREAPER" },
	{ "prctl", { 1, LOW, 38 }, { 0 }, { 0 }, "PR_SET_NO_NEW_PRIVS" },
	{ "prctl", { 1, LOW, 39 }, { 0 }, { 0 }, "PR_GET_NO_NEW_PRIVS" },
	{ "prctl", { 1, LOW, 41 }, { 0 }, { 0 }, "PR_SET_THP_DISABLE" },
	{ "prctl", { 1, LOW, 42 }, { 0 }, { 0 }, "PR_GET_THP_DISABLE" },
	{ "prctl", { 1, LOW, 0x53564d41 }, { 0 }, { 0 }, "PR_SET_VMA: names of mappings" },
};

/*
 * Rows that are refused like everything that isn't here, but told to the supervisor, who names them in
 * the report: no honest program that we know tries them by the way. What libraries do try (io_uring,
 * clone3, set_mempolicy and the like) is refused in silence.
 */
static const struct {
	const char *calls, *why;
} told[] = {
	{ "mount umount2 pivot_root chroot fsopen fsconfig fsmount fspick open_tree move_mount mount_setattr",
		"building another file system" },
	{ "unshare setns", "namespaces" },
	{ "ptrace process_vm_readv process_vm_writev pidfd_getfd process_madvise", "reaching into processes" },
	{ "keyctl add_key request_key", "the kernel's keys" },
	{ "bpf perf_event_open userfaultfd", "parts of the kernel with a history of holes" },
	{ "init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct syslog "
	  "quotactl", "administration of the host" },
	{ "settimeofday clock_settime sethostname setdomainname iopl ioperm vhangup", "the same" },
	{ "open_by_handle_at fanotify_init", "files without their paths" },
};

/* Rows that answer "done" without doing it. */
static const struct {
	const char *call;
	struct policy_condition if1, if2;
	const char *why;
} done[] = {
	{ "sync", { 0 }, { 0 }, "the box's files have no disk below them" },
	{ "syncfs", { 0 }, { 0 }, "the same" },
	{ "setrlimit", { 1, LOW, CORE }, { 0 }, "core dumps stay off: where they go to a program, 0 would start that outside" },
	{ "prlimit64", { 1, LOW, 0 }, { 2, LOW, CORE }, "the same" },
};

/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static int each_plain(policy_rule_fn *fn, void *to, const char *calls, enum policy_action action,
	struct fault *f)
{
	while (*calls) {
		size_t length = strcspn(calls, " ");
		struct policy_rule rule = { .action = action };

		snprintf(rule.call, sizeof(rule.call), "%.*s", (int)length, calls);
		if (fn(to, &rule, f) < 0)
			return -1;
		calls += length + (calls[length] == ' ');
	}
	return 0;
}

int policy_each(policy_rule_fn *fn, void *to, struct fault *f)
{
	for (size_t i = 0; i < COUNT(plain); i++)
		if (each_plain(fn, to, plain[i].calls, POLICY_ALLOW, f) < 0)
			return -1;
	for (size_t i = 0; i < COUNT(told); i++)
		if (each_plain(fn, to, told[i].calls, POLICY_TELL, f) < 0)
			return -1;
	for (size_t i = 0; i < COUNT(guarded); i++) {
		struct policy_rule rule = { .action = POLICY_ALLOW,
			.conditions = { guarded[i].if1, guarded[i].if2, guarded[i].if3 } };

		snprintf(rule.call, sizeof(rule.call), "%s", guarded[i].call);
		if (fn(to, &rule, f) < 0)
			return -1;
	}
	for (size_t i = 0; i < COUNT(done); i++) {
		struct policy_rule rule = { .action = POLICY_DONE,
			.conditions = { done[i].if1, done[i].if2 } };

		snprintf(rule.call, sizeof(rule.call), "%s", done[i].call);
		if (fn(to, &rule, f) < 0)
			return -1;
	}
	return 0;
}

static void print_condition(const struct policy_condition *c, FILE *out)
{
	if (!c->arg)
		return;
	if (c->mask)
		fprintf(out, " arg%d&%#llx=%#llx", c->arg, (unsigned long long)c->mask,
			(unsigned long long)c->value);
	else
		fprintf(out, " arg%d<%llu", c->arg, (unsigned long long)c->value);
}

void policy_print(FILE *out)
{
	for (size_t i = 0; i < COUNT(plain); i++)
		fprintf(out, "allow  %s  # %s\n", plain[i].calls, plain[i].why);
	for (size_t i = 0; i < COUNT(guarded); i++) {
		fprintf(out, "allow  %s if", guarded[i].call);
		print_condition(&guarded[i].if1, out);
		print_condition(&guarded[i].if2, out);
		print_condition(&guarded[i].if3, out);
		fprintf(out, "  # %s\n", guarded[i].why);
	}
	for (size_t i = 0; i < COUNT(done); i++) {
		fprintf(out, "done   %s", done[i].call);
		if (done[i].if1.arg)
			fputs(" if", out);
		print_condition(&done[i].if1, out);
		print_condition(&done[i].if2, out);
		fprintf(out, "  # %s\n", done[i].why);
	}
	for (size_t i = 0; i < COUNT(told); i++)
		fprintf(out, "tell   %s  # %s\n", told[i].calls, told[i].why);
	fputs("ENOSYS everything else, and what is told\nkill   foreign architectures\n", out);
}
